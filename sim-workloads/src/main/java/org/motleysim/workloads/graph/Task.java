package org.motleysim.workloads.graph;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.collective.AlgorithmChoice;
import org.motleysim.hardware.collective.Algorithms;
import org.motleysim.hardware.collective.CollectiveAlgorithm;
import org.motleysim.hardware.device.Kernel;

/**
 * One step of a task graph. It runs on one device from start to end, or on the network between several.
 *
 * @see TaskGraph.Builder
 */
public sealed interface Task {
    /** Returns its name, for reports; unique in its graph. */
    String name();

    /** Returns what it needs in the memory of its device while it runs, besides its inputs and outputs. */
    Bytes memory();

    /**
     * A task whose time follows from what it computes and the device it is on.
     *
     * @param name unique in the graph
     * @param kernel what it asks of a device
     * @param memory that it needs while it runs, besides its inputs and outputs
     */
    record Compute(String name, Kernel kernel, Bytes memory) implements Task {
        /** @throws IllegalArgumentException if the name is blank */
        public Compute {
            checkName(name);
        }

        /** A task that needs its inputs and outputs in memory, and nothing else. */
        public Compute(String name, Kernel kernel) {
            this(name, kernel, Bytes.ZERO);
        }
    }

    /**
     * A task that takes a recorded time, the same on every device, such as one of a workflow trace. It draws no dynamic energy.
     *
     * @param name unique in the graph
     * @param time how long it takes, zero or more
     * @param memory that it needs while it runs, besides its inputs and outputs
     */
    record Recorded(String name, Duration time, Bytes memory) implements Task {
        /** @throws IllegalArgumentException if the name is blank or the time negative */
        public Recorded {
            checkName(name);
            if (time.isNegative()) {
                throw new IllegalArgumentException("time (" + time + ") of task " + name + " must be zero or more");
            }
        }

        /** A task that needs its inputs and outputs in memory, and nothing else. */
        public Recorded(String name, Duration time) {
            this(name, time, Bytes.ZERO);
        }
    }

    /**
     * A task whose time was measured on each kind of device: one of a type, looked up in {@link MeasuredTimes}.
     *
     * @param name unique in the graph
     * @param type of task, as the table calls it
     * @param memory that it needs while it runs, besides its inputs and outputs
     */
    record Measured(String name, String type, Bytes memory) implements Task {
        /** @throws IllegalArgumentException if the name or the type is blank */
        public Measured {
            checkName(name);
            if (type.isBlank()) {
                throw new IllegalArgumentException("type (\"" + type + "\") of task " + name + " must not be blank");
            }
        }

        /** A task that needs its inputs and outputs in memory, and nothing else. */
        public Measured(String name, String type) {
            this(name, type, Bytes.ZERO);
        }
    }

    /**
     * What several devices do together over the network, such as an all-reduce. It takes no time of the devices: tasks run beside it. A device
     * enters when its own tasks before it have ended; tasks behind it wait for its end. A transfer from one device to another is an edge; one
     * by name is the operation {@code PointToPoint}.
     *
     * @param name unique in the graph
     * @param operation what is moved
     * @param algorithm how
     * @param groups device groups whose devices take part; empty for the devices of the tasks that it waits for, in the order of its edges
     */
    record Collective(
            String name,
            org.motleysim.hardware.collective.Collective operation,
            AlgorithmChoice algorithm,
            List<String> groups)
            implements Task {
        /** @throws IllegalArgumentException if the name is blank */
        public Collective {
            checkName(name);
            groups = List.copyOf(groups);
        }

        /** The devices of the tasks before it, by an algorithm that fits any number of them. */
        public Collective(String name, org.motleysim.hardware.collective.Collective operation) {
            this(name, operation, usual(operation), List.of());
        }

        /** Returns a ring where there is one for the operation, and else all at once. */
        public static AlgorithmChoice usual(org.motleysim.hardware.collective.Collective operation) {
            CollectiveAlgorithm ring = Algorithms.named("ring");
            return AlgorithmChoice.always(ring.refusal(operation, 3).isEmpty() ? ring : Algorithms.named("direct"));
        }

        /** Returns why so many devices cannot do it; empty when they can. */
        Optional<String> refusal(int devices) {
            if (devices == 1) {
                return Optional.empty(); // there is nothing to do
            }
            try {
                return algorithm.choose(operation, devices).refusal(operation, devices);
            } catch (IllegalArgumentException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public Bytes memory() {
            return Bytes.ZERO;
        }
    }

    private static void checkName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a task (\"" + name + "\") must not be blank");
        }
    }
}
