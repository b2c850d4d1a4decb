package org.motleysim.workloads.graph;

import java.util.Optional;

/**
 * How devices take what they were given. Clusters of computers and small chips do this differently.
 *
 * @param queue which of the tasks that a device was given it runs next
 * @param transfers when what a task produced starts to move
 * @param clock when the manager that starts tasks looks; empty when at once
 */
public record ExecutionRules(Queue queue, Transfers transfers, Optional<ManagerClock> clock) {
    private static final ExecutionRules CLUSTER =
            new ExecutionRules(Queue.AS_GIVEN, Transfers.WHEN_PLACED, Optional.empty());

    /** Which task a device runs next. */
    public enum Queue {
        /** In the order in which it was given them; it waits for the inputs of the next one. */
        AS_GIVEN,
        /** Of those whose inputs are there the one of the job that came first, and of one job the one given first. */
        FIRST_READY,
        /** The same, and a task of an earlier job interrupts one of a later job, which goes on later where it was, at no cost. */
        FIRST_READY_PREEMPTIVE
    }

    /** When outputs move. */
    public enum Transfers {
        /** Over the network of the cluster, as soon as the device that needs them is known. */
        WHEN_PLACED,
        /**
         * As if they had left when the task ended, wherever they turn out to be needed, and without meeting others: what network-on-chip
         * models with a latency table do.
         */
        WHEN_PRODUCED
    }

    /** Returns the rules of a cluster of computers, which hold unless told otherwise: as given, moved when placed, no clock. */
    public static ExecutionRules cluster() {
        return CLUSTER;
    }

    /** Returns the rules of a system on chip: first ready, moved when produced, a manager with that clock. */
    public static ExecutionRules chip(ManagerClock clock) {
        return new ExecutionRules(Queue.FIRST_READY, Transfers.WHEN_PRODUCED, Optional.of(clock));
    }

    /** Returns the same with tasks of a device in the order in which it was given them, as a replay needs it. */
    public ExecutionRules inOrder() {
        return new ExecutionRules(Queue.AS_GIVEN, transfers, clock);
    }
}
