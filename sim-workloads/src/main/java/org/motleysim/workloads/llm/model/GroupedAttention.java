package org.motleysim.workloads.llm.model;

/**
 * Attention with key-value heads shared by groups of query heads (Ainslie et al., "GQA", 2023). Equal numbers of both are plain
 * multi-head attention, one key-value head is multi-query attention.
 *
 * <p>Split over tensor-parallel devices, query heads are dealt out; key-value heads are too, and copied when there are more devices than
 * heads, as in vLLM.
 *
 * @param heads query heads
 * @param keyValueHeads key-value heads, a divisor of {@code heads}
 * @param headDim elements of a head
 * @param inputBias whether the query, key and value projections have biases
 * @param outputBias whether the output projection has a bias
 * @param headNorms whether queries and keys are normalised per head
 */
public record GroupedAttention(
        int heads, int keyValueHeads, int headDim, boolean inputBias, boolean outputBias, boolean headNorms)
        implements Attention {

    /** @throws IllegalArgumentException if a number is not positive or the heads do not form equal groups */
    public GroupedAttention {
        Require.positive("heads", heads);
        Require.positive("keyValueHeads", keyValueHeads);
        Require.positive("headDim", headDim);
        if (heads % keyValueHeads != 0) {
            throw new IllegalArgumentException(
                    "keyValueHeads (" + keyValueHeads + ") must divide heads (" + heads + ")");
        }
    }

    /** Query heads on each of {@code ranks} devices. */
    public int heads(int ranks) {
        return heads / ranks;
    }

    /** Key-value heads on each of {@code ranks} devices, at least one. */
    public int keyValueHeads(int ranks) {
        return Math.max(1, keyValueHeads / ranks);
    }

    /** Columns of the fused query, key and value projection on each of {@code ranks} devices. */
    public long inputColumns(int ranks) {
        return (heads(ranks) + 2L * keyValueHeads(ranks)) * headDim;
    }

    @Override
    public long cachedElements(int ranks) {
        return 2L * keyValueHeads(ranks) * headDim;
    }

    @Override
    public long matrixParameters(int hidden, int ranks) {
        return (inputColumns(ranks) + (long) heads(ranks) * headDim) * hidden;
    }

    @Override
    public long vectorParameters(int hidden, int ranks) {
        return (inputBias ? inputColumns(ranks) : 0) + (outputBias ? hidden : 0) + (headNorms ? 2L * headDim : 0);
    }

    @Override
    public void checkRanks(int ranks) {
        if (heads % ranks != 0) {
            throw new IllegalArgumentException(
                    "tensorParallel (" + ranks + ") must divide the query heads (" + heads + ")");
        }
        if (keyValueHeads % ranks != 0 && ranks % keyValueHeads != 0) {
            throw new IllegalArgumentException("tensorParallel (" + ranks
                    + ") must divide the key-value heads, or be a multiple of them (" + keyValueHeads + ")");
        }
    }
}
