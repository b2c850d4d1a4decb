package org.motleysim.workloads.graph;

import java.util.List;
import org.motleysim.core.quantity.Bytes;

/**
 * Work whose course is decided as it goes: steps one after the other or beside each other, branches taken with a probability, loops. An agent
 * that searches until it knows, a network that exits early. A job of it is one course, drawn when the job arrives ({@link JobFlow}).
 *
 * <pre>{@code
 * Flow agent = Flow.sequence(
 *     Flow.step(hear, Bytes.kilobytes(4)),
 *     Flow.loop(Flow.sequence(Flow.step(think, Bytes.kilobytes(8)), Flow.step(search, Bytes.kilobytes(64))), 0.4, 5),
 *     Flow.step(speak, Bytes.kilobytes(100)));
 * }</pre>
 */
public sealed interface Flow {
    /** Returns one task, and how much it sends to each task that follows it. */
    static Flow step(Task task, Bytes sends) {
        return new Step(task, sends);
    }

    /** Returns nothing to do, such as the branch that leaves early. */
    static Flow nothing() {
        return new Sequence(List.of());
    }

    /** Returns flows one after the other. */
    static Flow sequence(Flow... parts) {
        return new Sequence(List.of(parts));
    }

    /** Returns flows beside each other; what follows waits for all of them. */
    static Flow parallel(Flow... parts) {
        return new Parallel(List.of(parts));
    }

    /** Returns one of several flows. */
    static Flow branch(Way... ways) {
        return new Branch(List.of(ways));
    }

    /** Returns one way of a branch. */
    static Way way(double weight, Flow flow) {
        return new Way(weight, flow);
    }

    /** Returns a flow that is done once and then again with a probability, up to so many times in all. */
    static Flow loop(Flow body, double again, int most) {
        return new Loop(body, again, most);
    }

    /**
     * One task.
     *
     * @param task what is done; a name that comes several times in one course gets a number
     * @param sends to each task that follows it
     */
    record Step(Task task, Bytes sends) implements Flow {}

    /**
     * One after the other.
     *
     * @param parts in their order; empty for nothing to do
     */
    record Sequence(List<Flow> parts) implements Flow {
        /** Keeps its own copy. */
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Beside each other.
     *
     * @param parts at least one
     */
    record Parallel(List<Flow> parts) implements Flow {
        /** @throws IllegalArgumentException if there is no part */
        public Parallel {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("parts (" + parts + ") of a parallel flow must be one or more");
            }
        }
    }

    /**
     * One of several.
     *
     * @param ways at least one
     */
    record Branch(List<Way> ways) implements Flow {
        /** @throws IllegalArgumentException if there is no way */
        public Branch {
            ways = List.copyOf(ways);
            if (ways.isEmpty()) {
                throw new IllegalArgumentException("ways (" + ways + ") of a branch must be one or more");
            }
        }
    }

    /**
     * One way of a branch.
     *
     * @param weight its probability, if the weights of all ways add up to one; more than zero
     * @param flow what is done
     */
    record Way(double weight, Flow flow) {
        /** @throws IllegalArgumentException if the weight is not finite and more than zero */
        public Way {
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "weight (" + weight + ") of a way must be finite and more than zero");
            }
        }
    }

    /**
     * Again and again.
     *
     * @param body what is done
     * @param again probability of another time, 0 to 1
     * @param most times in all, one or more
     */
    record Loop(Flow body, double again, int most) implements Flow {
        /** @throws IllegalArgumentException if a number is out of its range */
        public Loop {
            if (!(again >= 0 && again <= 1) || most < 1 || most > 100_000) {
                throw new IllegalArgumentException("loop (again " + again + ", most " + most
                        + ") must have a probability from 0 to 1, and 1 to 100000 times");
            }
        }
    }
}
