package org.motleysim.workloads.graph;

import java.util.List;
import java.util.OptionalInt;
import org.motleysim.workloads.arrival.Arrivals;

/**
 * Jobs that arrive by a law, each of which takes its own course through a flow. The course is drawn from a stream of its own when the job
 * arrives. A {@link Dispatcher} learns of it as its tasks become ready; a {@link Planner}, and the ranks of a dispatcher, know it at once.
 *
 * @param name of the flow
 * @param flow what a job does
 * @param arrivals when jobs come
 * @param limit how many jobs; empty for all that come before the horizon of the run
 */
public record JobFlow(String name, Flow flow, Arrivals arrivals, OptionalInt limit) implements JobSource {
    /** @throws IllegalArgumentException if the limit is less than one */
    public JobFlow {
        if (limit.isPresent() && limit.getAsInt() < 1) {
            throw new IllegalArgumentException("number of jobs (" + limit.getAsInt() + ") must be one or more");
        }
    }

    /** Returns jobs that come by a law, so many. */
    public static JobFlow of(String name, Flow flow, Arrivals arrivals, int jobs) {
        return new JobFlow(name, flow, arrivals, OptionalInt.of(jobs));
    }

    /** Returns a graph of all tasks that a job may have. */
    @Override
    public List<TaskGraph> graphs() {
        return List.of(FlowCourse.everything(name, flow));
    }
}
