package org.motleysim.workloads.graph;

import java.time.Duration;
import org.motleysim.hardware.device.Kernel;

/**
 * One step of a task graph: it runs on one device from start to end.
 *
 * @see TaskGraph.Builder
 */
public sealed interface Task {
    /** Returns its name, for reports; unique in its graph. */
    String name();

    /**
     * A task whose time follows from what it computes and the device it is on.
     *
     * @param name unique in the graph
     * @param kernel what it asks of a device
     */
    record Compute(String name, Kernel kernel) implements Task {
        /** @throws IllegalArgumentException if the name is blank */
        public Compute {
            checkName(name);
        }
    }

    /**
     * A task that takes a recorded time, the same on every device, such as one of a workflow trace. It draws no dynamic energy.
     *
     * @param name unique in the graph
     * @param time how long it takes, zero or more
     */
    record Recorded(String name, Duration time) implements Task {
        /** @throws IllegalArgumentException if the name is blank or the time negative */
        public Recorded {
            checkName(name);
            if (time.isNegative()) {
                throw new IllegalArgumentException("time (" + time + ") of task " + name + " must be zero or more");
            }
        }
    }

    /**
     * A task whose time was measured on each kind of device: one of a type, looked up in {@link MeasuredTimes}.
     *
     * @param name unique in the graph
     * @param type of task, as the table calls it
     */
    record Measured(String name, String type) implements Task {
        /** @throws IllegalArgumentException if the name or the type is blank */
        public Measured {
            checkName(name);
            if (type.isBlank()) {
                throw new IllegalArgumentException("type (\"" + type + "\") of task " + name + " must not be blank");
            }
        }
    }

    private static void checkName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a task (\"" + name + "\") must not be blank");
        }
    }
}
