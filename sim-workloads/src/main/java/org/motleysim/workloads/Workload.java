package org.motleysim.workloads;

import java.util.List;
import java.util.Set;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.Disturbance;

/**
 * Something that runs on a cluster, described and not yet running: LLM serving, a training job, a task graph.
 *
 * <p>A description is immutable, has value equality and may be shared by any number of scenarios and threads. {@link #bind} makes the
 * mutable state of one run.
 */
public interface Workload {
    /** What it is, as named in scenario files, for example {@code "llm-serving"}. */
    String kind();

    /** Its name within the scenario; the prefix of its metrics when there are several workloads. */
    String name();

    /** Names of the cluster's device groups it occupies; no other workload may occupy them too. */
    Set<String> groups(Cluster cluster);

    /**
     * What may happen to its devices in the middle of a run. A scenario in which anything else can happen to them is refused, rather than
     * run as if it could not; nothing by default.
     */
    default Set<Disturbance> endures() {
        return Set.of();
    }

    /**
     * Everything that keeps it from running on the cluster, with paths relative to the workload ({@code $} is the workload); empty when
     * it can run.
     *
     * @param cluster the cluster
     * @param endless whether the run has no horizon, so that the workload must come to an end by itself
     */
    List<Problem> problems(Cluster cluster, boolean endless);

    /** Makes the state of one run. Called once per run, only when there are no {@link #problems}, before any event. */
    BoundWorkload bind(RunContext context);
}
