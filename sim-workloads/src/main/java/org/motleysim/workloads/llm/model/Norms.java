package org.motleysim.workloads.llm.model;

/**
 * The normalisations of a model over its hidden width, beside the final one.
 *
 * @param perLayer how many a layer has
 * @param biased whether each has a bias beside its scale (LayerNorm) or not (RMSNorm)
 * @param afterEmbedding whether embeddings are normalised too
 */
public record Norms(int perLayer, boolean biased, boolean afterEmbedding) {
    /** The usual two RMSNorms of a layer. */
    public static final Norms RMS = new Norms(2, false, false);

    /** @throws IllegalArgumentException if the number is negative */
    public Norms {
        if (perLayer < 0) {
            throw new IllegalArgumentException("perLayer (" + perLayer + ") must not be negative");
        }
    }

    /** Weights of all normalisations of a model, the final one included. */
    long parameters(int layers, int hidden) {
        return ((long) perLayer * layers + 1 + (afterEmbedding ? 1 : 0)) * hidden * (biased ? 2 : 1);
    }
}
