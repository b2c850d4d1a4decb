package org.motleysim.workloads.llm.model;

/** The attention block of every layer of a model: which projections it has and what it leaves in the KV cache. */
public sealed interface Attention permits GroupedAttention, LatentAttention {
    /** Query heads. */
    int heads();

    /** Elements that one token leaves in the KV cache of one layer, on each of {@code ranks} tensor-parallel devices. */
    long cachedElements(int ranks);

    /** Weights in the matrices of one layer on each of {@code ranks} tensor-parallel devices. */
    long matrixParameters(int hidden, int ranks);

    /** Weights of one layer outside the matrices, biases and normalisations, on each of {@code ranks} devices. */
    long vectorParameters(int hidden, int ranks);

    /**
     * Checks that the heads can be dealt out to {@code ranks} tensor-parallel devices.
     *
     * @throws IllegalArgumentException naming the numbers that do not divide
     */
    void checkRanks(int ranks);
}
