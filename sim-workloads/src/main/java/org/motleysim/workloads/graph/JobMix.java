package org.motleysim.workloads.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.motleysim.workloads.arrival.Arrivals;

/**
 * Jobs that arrive by a law; each is a copy of one of several graphs, drawn with their weights.
 *
 * <pre>{@code
 * JobMix mix = JobMix.of(Arrivals.poisson(2_000)).add(transmit, 0.8).add(receive, 0.2).jobs(10_000).build();
 * }</pre>
 *
 * @param kinds the graphs and their weights, at least one
 * @param arrivals when jobs come
 * @param limit how many jobs; empty for all that come before the horizon of the run
 */
public record JobMix(List<Kind> kinds, Arrivals arrivals, OptionalInt limit) implements JobSource {
    /**
     * What a job may be.
     *
     * @param graph of its tasks
     * @param weight of this graph among all, more than zero
     */
    public record Kind(TaskGraph graph, double weight) {
        /** @throws IllegalArgumentException if the weight is not finite and more than zero */
        public Kind {
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "weight (" + weight + ") of graph " + graph.name() + " must be finite and more than zero");
            }
        }
    }

    /** @throws IllegalArgumentException if there is no graph or the limit is less than one */
    public JobMix {
        kinds = List.copyOf(kinds);
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("jobs (" + kinds + ") must have a graph\nMaybe add(graph, 1).");
        }
        if (limit.isPresent() && limit.getAsInt() < 1) {
            throw new IllegalArgumentException("number of jobs (" + limit.getAsInt() + ") must be one or more");
        }
    }

    /** Starts a mix of jobs. */
    public static Builder of(Arrivals arrivals) {
        return new Builder(arrivals);
    }

    @Override
    public List<TaskGraph> graphs() {
        return kinds.stream().map(Kind::graph).toList();
    }

    /** Collects the graphs of a mix. */
    public static final class Builder {
        private final Arrivals arrivals;
        private final List<Kind> kinds = new ArrayList<>();
        private OptionalInt limit = OptionalInt.empty();

        private Builder(Arrivals arrivals) {
            this.arrivals = arrivals;
        }

        /** Adds a graph with its weight among all. */
        public Builder add(TaskGraph graph, double weight) {
            kinds.add(new Kind(graph, weight));
            return this;
        }

        /** Sets how many jobs come; all before the horizon unless told. */
        public Builder jobs(int count) {
            this.limit = OptionalInt.of(count);
            return this;
        }

        /** Returns the mix. */
        public JobMix build() {
            return new JobMix(kinds, arrivals, limit);
        }
    }
}
