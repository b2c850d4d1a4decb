package org.motleysim.hardware.collective;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Picks the algorithm of a collective: always the same, by a table of sizes, or the one with the lowest estimate. Immutable. */
@FunctionalInterface
public interface AlgorithmChoice {
    /**
     * Returns the algorithm.
     *
     * @throws IllegalArgumentException if none can do it
     */
    CollectiveAlgorithm choose(Collective collective, int ranks);

    /** Returns what stands for it in results. Default: {@code "own"}. */
    default String label() {
        return "own";
    }

    /** Returns always this one. */
    static AlgorithmChoice always(CollectiveAlgorithm algorithm) {
        return new Always(algorithm);
    }

    /**
     * Returns the algorithm of the first row whose size is not below that of the collective, or of the last.
     *
     * @throws IllegalArgumentException if there is no row or the sizes do not grow
     */
    static AlgorithmChoice bySize(List<BySize.Row> rows) {
        return new BySize(rows);
    }

    /**
     * Returns, of all algorithms that come with Motley, the one with the lowest formula. What needs switches that add up is left out.
     */
    static AlgorithmChoice lowestEstimate(AlphaBeta network) {
        return new LowestEstimate(network, Algorithms.onHosts());
    }

    /**
     * One for all.
     *
     * @param algorithm the one
     */
    record Always(CollectiveAlgorithm algorithm) implements AlgorithmChoice {
        @Override
        public CollectiveAlgorithm choose(Collective collective, int ranks) {
            return algorithm;
        }

        @Override
        public String label() {
            return algorithm.toString();
        }
    }

    /**
     * A table of sizes, as libraries have it.
     *
     * @param rows smallest size first
     */
    record BySize(List<Row> rows) implements AlgorithmChoice {
        /**
         * One row.
         *
         * @param upToBytes the largest collective that it is for
         * @param algorithm what does it
         */
        public record Row(long upToBytes, CollectiveAlgorithm algorithm) {}

        public BySize {
            rows = List.copyOf(rows);
            for (int i = 1; i < rows.size(); i++) {
                if (rows.get(i).upToBytes <= rows.get(i - 1).upToBytes) {
                    throw new IllegalArgumentException("upToBytes (" + rows.get(i).upToBytes
                            + ") must be more than that of the row before (" + rows.get(i - 1).upToBytes + ")");
                }
            }
            if (rows.isEmpty()) {
                throw new IllegalArgumentException("rows must be one or more");
            }
        }

        @Override
        public CollectiveAlgorithm choose(Collective collective, int ranks) {
            for (Row row : rows) {
                if (collective.bytes() <= row.upToBytes) {
                    return row.algorithm;
                }
            }
            return rows.get(rows.size() - 1).algorithm;
        }

        @Override
        public String label() {
            return "by-size";
        }
    }

    /**
     * The lowest formula among those that have one; the first of equals.
     *
     * @param network what the formulas are about
     * @param candidates to choose from
     */
    record LowestEstimate(AlphaBeta network, List<CollectiveAlgorithm> candidates) implements AlgorithmChoice {
        public LowestEstimate {
            candidates = List.copyOf(candidates);
        }

        @Override
        public CollectiveAlgorithm choose(Collective collective, int ranks) {
            @Nullable CollectiveAlgorithm best = null;
            double least = Double.POSITIVE_INFINITY;
            for (CollectiveAlgorithm candidate : candidates) {
                if (candidate.refusal(collective, ranks).isPresent()) {
                    continue;
                }
                OptionalDouble seconds = candidate.seconds(collective, ranks, network);
                if (seconds.isPresent() && seconds.getAsDouble() < least) {
                    least = seconds.getAsDouble();
                    best = candidate;
                }
            }
            if (best == null) {
                throw new IllegalArgumentException("candidates ("
                        + candidates.stream().map(CollectiveAlgorithm::name).toList()
                        + ") must have one with a formula for " + collective.name() + " over " + ranks + " ranks");
            }
            return best;
        }

        @Override
        public String label() {
            return "lowest-estimate";
        }
    }
}
