package org.motleysim.workloads.graph;

import java.util.Optional;

/**
 * How devices take what they were given. Clusters of computers and small chips do this differently.
 *
 * @param queue which of the tasks that a device was given it runs next
 * @param transfers when what a task produced starts to move
 * @param clock when the manager that starts tasks looks; empty when at once
 * @param streams how many tasks a device runs at once
 */
public record ExecutionRules(Queue queue, Transfers transfers, Optional<ManagerClock> clock, DeviceStreams streams) {
    private static final ExecutionRules CLUSTER =
            new ExecutionRules(Queue.AS_GIVEN, Transfers.WHEN_PLACED, Optional.empty());

    /** @throws IllegalArgumentException if a device with several streams has a clock, or tasks that interrupt others */
    public ExecutionRules {
        if (streams.count() > 1 && (clock.isPresent() || queue == Queue.FIRST_READY_PREEMPTIVE)) {
            throw new IllegalArgumentException("streams (" + streams.count()
                    + ") must be 1 with a clock or with preemption\nMaybe the queue \"first-ready\" without a clock.");
        }
    }

    /** Rules of devices that run one task at a time. */
    public ExecutionRules(Queue queue, Transfers transfers, Optional<ManagerClock> clock) {
        this(queue, transfers, clock, DeviceStreams.ONE);
    }

    /** Which task a device runs next. */
    public enum Queue {
        /** In the order in which it was given them; it waits for the inputs of the next one, and for its memory. */
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
        return new ExecutionRules(Queue.AS_GIVEN, transfers, clock, streams);
    }

    /** Returns the same with devices that run several tasks at once. */
    public ExecutionRules streams(DeviceStreams several) {
        return new ExecutionRules(queue, transfers, clock, several);
    }
}
