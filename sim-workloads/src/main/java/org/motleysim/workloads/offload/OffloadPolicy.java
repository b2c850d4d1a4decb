package org.motleysim.workloads.offload;

/**
 * Says where a task runs, when it comes up. The policies that come with Motley are in {@link OffloadPolicies}; your own is a lambda:
 *
 * <pre>{@code
 * OffloadPolicy mine = task -> task.batteryShare() < 0.2 ? task.home() : OffloadView.LOCAL;
 * }</pre>
 *
 * <p>One object serves all tasks of a run, in the order in which they come up. A policy that learns keeps its state to itself and is made
 * anew for each run.
 */
@FunctionalInterface
public interface OffloadPolicy {
    /**
     * Returns where the task runs.
     *
     * @param task what there is to know; valid during the call
     * @return {@link OffloadView#LOCAL}, 1 to the number of sites, or {@link OffloadView#cloud}; one that is {@link OffloadView#possible}
     */
    int choose(OffloadView task);
}
