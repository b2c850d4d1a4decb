package org.motleysim.workloads.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.graph.Plan;
import org.motleysim.workloads.graph.Planner;
import org.motleysim.workloads.graph.Platform;
import org.motleysim.workloads.graph.TaskGraph;
import org.motleysim.workloads.replay.RecordedSchedule.Row;

/**
 * Runs a recorded schedule: every task on the device and in the order that it tells. When they start and end the run finds out by itself,
 * from its own times of tasks and transfers.
 *
 * @param schedule what is replayed
 * @param file where it was read from; empty if it was made
 */
public record Replay(RecordedSchedule schedule, Optional<Path> file) implements Planner {
    private static final double SLACK_SECONDS = 1e-12;
    private static final int MOST = 20;

    /** Starts the description of a workload that replays a schedule of one run of a graph. */
    public static GraphJob.Builder of(TaskGraph graph, RecordedSchedule schedule) {
        return GraphJob.of(graph, new Replay(schedule, Optional.empty()));
    }

    /** Starts the description of a workload that replays a schedule of jobs, each a copy of one of the graphs. */
    public static GraphJob.Builder of(List<TaskGraph> graphs, RecordedSchedule schedule) {
        return GraphJob.of(schedule.jobs(graphs), new Replay(schedule, Optional.empty()));
    }

    @Override
    public boolean plansAllJobs() {
        return true;
    }

    @Override
    public Plan plan(TaskGraph graph, Platform platform) {
        List<String> problems = problems(graph, platform);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        Row[] rows = rowsOf(schedule, graph, new ArrayList<>());
        Map<String, Integer> devices = devices(platform);
        int[] device = new int[rows.length];
        double[] start = new double[rows.length];
        double[] finish = new double[rows.length];
        for (int task = 0; task < rows.length; task++) {
            device[task] = devices.getOrDefault(rows[task].device(), 0);
            start[task] = rows[task].startSeconds();
            finish[task] = rows[task].finishSeconds();
        }
        return new Plan(graph, platform.devices(), device, start, finish);
    }

    /** Everything that is wrong with the schedule: up to twenty problems, each with its task. */
    @Override
    public List<String> problems(TaskGraph graph, Platform platform) {
        List<String> problems = new ArrayList<>();
        Row[] rows = rowsOf(schedule, graph, problems);
        if (problems.isEmpty()) {
            Map<String, Integer> devices = devices(platform);
            for (int task = 0; task < rows.length; task++) {
                Row row = rows[task];
                int device = devices.getOrDefault(row.device(), -1);
                if (device < 0) {
                    problems.add(named(row) + ": device (\"" + row.device() + "\") must be one of the cluster");
                } else if (platform.seconds(task, device) == Double.POSITIVE_INFINITY) {
                    problems.add(named(row) + ": device " + row.device() + " must be able to run it");
                }
                if (!(row.startSeconds() >= 0 && row.finishSeconds() >= row.startSeconds())) {
                    problems.add(named(row) + ": start (" + row.startSeconds() + " s) must not be negative or behind"
                            + " the finish (" + row.finishSeconds() + " s)");
                }
            }
            checkPrecedence(graph, rows, problems);
            checkOverlaps(rows, problems);
        }
        return List.copyOf(problems.subList(0, Math.min(MOST, problems.size())));
    }

    private static void checkPrecedence(TaskGraph graph, Row[] rows, List<String> problems) {
        for (int edge = 0; edge < graph.edges(); edge++) {
            Row from = rows[graph.source(edge)];
            Row to = rows[graph.target(edge)];
            if (to.startSeconds() < from.finishSeconds() - SLACK_SECONDS) {
                problems.add(named(to) + ": start (" + to.startSeconds() + " s) must not be before the finish ("
                        + from.finishSeconds() + " s) of " + from.task() + ", which it needs");
            }
        }
    }

    private static void checkOverlaps(Row[] rows, List<String> problems) {
        Row[] sorted = rows.clone();
        Arrays.sort(
                sorted,
                Comparator.comparing(Row::device)
                        .thenComparingDouble(Row::startSeconds)
                        .thenComparingDouble(Row::finishSeconds));
        for (int i = 1; i < sorted.length; i++) {
            Row before = sorted[i - 1];
            Row row = sorted[i];
            if (row.device().equals(before.device()) && row.startSeconds() < before.finishSeconds() - SLACK_SECONDS) {
                problems.add(named(row) + ": start (" + row.startSeconds() + " s) must not be before the finish ("
                        + before.finishSeconds() + " s) of " + named(before) + ", which is on " + row.device()
                        + " too");
            }
        }
    }

    /** The rows by the tasks of the graph, whose jobs stand one behind the other, each in the order of its own graph. */
    static Row[] rowsOf(RecordedSchedule schedule, TaskGraph graph, List<String> problems) {
        List<Map<String, Row>> jobs = schedule.byJob();
        Row[] rows = new Row[graph.size()];
        int job = 0;
        int found = 0;
        for (int task = 0; task < graph.size(); task++) {
            String name = graph.task(task).name();
            if (job + 1 < jobs.size() && found == jobs.get(job).size()) {
                job++;
                found = 0;
            }
            Row row = jobs.get(job).get(name);
            if (row == null) {
                problems.add("task (" + name + ") of job " + job + " must be in the schedule");
                return rows;
            }
            rows[task] = row;
            found++;
        }
        if (job < jobs.size() - 1 || found < jobs.get(jobs.size() - 1).size()) {
            problems.add("tasks of the schedule (" + schedule.rows().size() + ") must all be in the graph, which has "
                    + graph.size());
        }
        return rows;
    }

    /** Devices by their names, and by the name of the group with the number in the cluster, as some simulators call them. */
    static Map<String, Integer> devices(Platform platform) {
        Map<String, Integer> devices = new HashMap<>();
        for (int device = 0; device < platform.devices(); device++) {
            String name = platform.device(device);
            int dash = name.lastIndexOf('-');
            if (dash > 0) {
                devices.put(name.substring(0, dash) + "_" + device, device);
            }
        }
        for (int device = 0; device < platform.devices(); device++) {
            devices.put(platform.device(device), device);
        }
        return devices;
    }

    private static String named(Row row) {
        return "task " + row.task() + " of job " + row.job();
    }
}
