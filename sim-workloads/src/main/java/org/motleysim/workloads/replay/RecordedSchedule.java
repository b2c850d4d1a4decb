package org.motleysim.workloads.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.motleysim.workloads.graph.JobTimes;
import org.motleysim.workloads.graph.TaskGraph;

/**
 * What someone else says became of every task: where it ran, when it started and when it ended.
 *
 * @param rows one a task, in any order, at least one
 */
public record RecordedSchedule(List<Row> rows) {
    /**
     * One task.
     *
     * @param job number of its job; 0 when there is one only
     * @param graph name of the graph that its job is a copy of; empty when there is one only
     * @param task its name
     * @param device its device: the name, or that of its group, an underline and its number in the cluster
     * @param arrivalSeconds when its job arrived, if the row says it
     * @param startSeconds when it started
     * @param finishSeconds when it ended
     * @param joules what it took, if the row says it
     */
    public record Row(
            long job,
            String graph,
            String task,
            String device,
            OptionalDouble arrivalSeconds,
            double startSeconds,
            double finishSeconds,
            OptionalDouble joules) {}

    /** @throws IllegalArgumentException if there is no row */
    public RecordedSchedule {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("rows of a schedule (0) must be one or more");
        }
    }

    /**
     * Returns the jobs of the schedule: in the order of their numbers, each at the arrival that its rows tell, or else at the earliest start
     * of its tasks.
     *
     * @param graphs what jobs are copies of, found by name; any name will do when there is one graph
     * @throws IllegalArgumentException if a job names none of the graphs, or comes before one of a lower number
     */
    public JobTimes jobs(List<TaskGraph> graphs) {
        Map<String, Integer> byName = new HashMap<>();
        for (int i = 0; i < graphs.size(); i++) {
            byName.put(graphs.get(i).name(), i);
        }
        Map<Long, Integer> graphOf = new TreeMap<>();
        Map<Long, Double> told = new HashMap<>();
        Map<Long, Double> earliest = new HashMap<>();
        for (Row row : rows) {
            int graph = byName.getOrDefault(row.graph, graphs.size() == 1 ? 0 : -1);
            if (graph < 0) {
                throw new IllegalArgumentException("graph (\"" + row.graph + "\") of job " + row.job
                        + " must be one of "
                        + String.join(", ", byName.keySet().stream().sorted().toList()));
            }
            graphOf.put(row.job, graph);
            row.arrivalSeconds.ifPresent(seconds -> told.put(row.job, seconds));
            earliest.merge(row.job, row.startSeconds, Math::min);
        }
        List<JobTimes.Job> jobs = new ArrayList<>();
        graphOf.forEach((job, graph) ->
                jobs.add(new JobTimes.Job(graph, told.getOrDefault(job, earliest.getOrDefault(job, 0.0)))));
        return new JobTimes(graphs, jobs);
    }

    /** Returns the rows by the rank of their job and the name of their task. */
    List<Map<String, Row>> byJob() {
        Map<Long, Map<String, Row>> jobs = new TreeMap<>();
        for (Row row : rows) {
            jobs.computeIfAbsent(row.job, job -> new HashMap<>()).putIfAbsent(row.task, row);
        }
        return List.copyOf(jobs.values());
    }
}
