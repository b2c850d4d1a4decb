package org.motleysim.workloads.llm.model;

import java.util.Optional;

/**
 * The feed-forward block of a layer, and the mixture of experts that stands in for it in some or all layers.
 *
 * @param width intermediate width of a dense block
 * @param gated whether the input projection is doubled by a gate (SwiGLU, GeGLU)
 * @param biased whether its projections have biases
 * @param experts the mixture; empty in a dense model
 */
public record FeedForward(int width, boolean gated, boolean biased, Optional<Experts> experts) {

    /** @throws IllegalArgumentException if the width is not positive */
    public FeedForward {
        Require.positive("width", width);
    }

    /**
     * Experts chosen per token by a router (Shazeer et al., 2017; Fedus et al., 2021).
     *
     * @param count routed experts in a layer
     * @param perToken how many of them a token visits
     * @param width intermediate width of one expert
     * @param sharedWidth intermediate width of the experts that every token visits, together; 0 for none
     * @param sharedGate whether the shared experts' output is scaled by a learned gate
     * @param routerBias whether the router has a bias per expert
     * @param layers layers that have experts; the others are dense
     */
    public record Experts(
            int count, int perToken, int width, int sharedWidth, boolean sharedGate, boolean routerBias, int layers) {

        /** @throws IllegalArgumentException if a number is not positive or more experts are visited than there are */
        public Experts {
            Require.positive("count", count);
            Require.positive("perToken", perToken);
            Require.positive("width", width);
            Require.positive("layers", layers);
            if (perToken > count) {
                throw new IllegalArgumentException(
                        "experts per token (" + perToken + ") must not exceed the experts (" + count + ")");
            }
            if (sharedWidth < 0) {
                throw new IllegalArgumentException("sharedWidth (" + sharedWidth + ") must not be negative");
            }
        }

        /**
         * Expected number of different experts that {@code tokens} tokens visit in one layer if each chooses uniformly and independently:
         * E (1 - (1 - k/E)^T). Real routers are skewed and visit fewer.
         */
        public double expectedDistinct(long tokens) {
            return count * (1 - StrictMath.pow(1 - (double) perToken / count, (double) tokens));
        }

        /** Weights of the router of one layer. */
        public long routerParameters(int hidden) {
            return (long) count * hidden + (routerBias ? count : 0) + (sharedGate ? hidden : 0);
        }
    }

    /** Columns of the input projection of a block of that width: twice the width when gated. */
    public long inputColumns(long blockWidth) {
        return gated ? 2 * blockWidth : blockWidth;
    }

    /** Weights in the matrices of one block of the given width. */
    public long matrixParameters(int hidden, long blockWidth) {
        return (inputColumns(blockWidth) + blockWidth) * hidden;
    }

    /** Layers of a model of {@code layers} layers that have a dense block. */
    public int denseLayers(int layers) {
        return layers - experts.map(Experts::layers).orElse(0);
    }

    /** Weights of one dense block outside its matrices, on each of {@code ranks} devices. */
    long vectorParameters(int hidden, int ranks) {
        return biased ? inputColumns(width / ranks) + hidden : 0;
    }

    void checkRanks(int ranks) {
        checkWidth("feed-forward width", width, ranks);
        experts.ifPresent(mixture -> {
            checkWidth("width of an expert", mixture.width(), ranks);
            checkWidth("width of the shared experts", mixture.sharedWidth(), ranks);
        });
    }

    private static void checkWidth(String name, int width, int ranks) {
        if (width % ranks != 0) {
            throw new IllegalArgumentException(
                    "tensorParallel (" + ranks + ") must divide the " + name + " (" + width + ")");
        }
    }
}
