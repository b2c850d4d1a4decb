package org.motleysim.workloads.graph;

import java.util.List;
import org.motleysim.core.engine.SimTime;

/**
 * Jobs that are known one by one, as a recorded schedule has them.
 *
 * @param graphs what jobs are copies of, at least one
 * @param jobs in the order of their arrival, at least one
 */
public record JobTimes(List<TaskGraph> graphs, List<Job> jobs) implements JobSource {
    /**
     * One job.
     *
     * @param graph which of the graphs it is a copy of, counted from 0
     * @param arrivalSeconds when its first tasks may start, zero or more
     */
    public record Job(int graph, double arrivalSeconds) {}

    /** @throws IllegalArgumentException if a job has no graph, or arrives before the one ahead of it */
    public JobTimes {
        graphs = List.copyOf(graphs);
        jobs = List.copyOf(jobs);
        if (graphs.isEmpty() || jobs.isEmpty()) {
            throw new IllegalArgumentException(
                    "graphs (" + graphs.size() + ") and jobs (" + jobs.size() + ") must be one or more");
        }
        double last = 0;
        for (Job job : jobs) {
            if (job.graph < 0 || job.graph >= graphs.size()) {
                throw new IllegalArgumentException(
                        "graph (" + job.graph + ") of a job must be from 0 to " + (graphs.size() - 1));
            }
            if (!(job.arrivalSeconds >= last && job.arrivalSeconds < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("arrival (" + job.arrivalSeconds
                        + " s) of a job must be finite and not before the one ahead of it (" + last + " s)");
            }
            last = job.arrivalSeconds;
        }
    }

    /** Returns when a job arrives, in nanoseconds. */
    long arrivalNanos(int job) {
        return SimTime.nanos(jobs.get(job).arrivalSeconds);
    }
}
