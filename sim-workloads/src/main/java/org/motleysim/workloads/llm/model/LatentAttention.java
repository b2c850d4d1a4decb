package org.motleysim.workloads.llm.model;

import java.util.OptionalInt;

/**
 * Multi-head latent attention (DeepSeek-V2, 2024, section 2.1): the cache holds one compressed vector per token, shared by all heads,
 * and one rotary key. Split over tensor-parallel devices, heads are dealt out and the cache is copied to each.
 *
 * @param heads query heads
 * @param queryRank width of the compressed query; empty when queries are projected directly
 * @param latentRank width of the compressed key-value vector
 * @param rotaryDim elements of a head that carry position
 * @param plainDim elements of a query or key head that do not
 * @param valueDim elements of a value head
 */
public record LatentAttention(
        int heads, OptionalInt queryRank, int latentRank, int rotaryDim, int plainDim, int valueDim)
        implements Attention {

    /** @throws IllegalArgumentException if a number is not positive */
    public LatentAttention {
        Require.positive("heads", heads);
        queryRank.ifPresent(rank -> Require.positive("queryRank", rank));
        Require.positive("latentRank", latentRank);
        Require.positive("rotaryDim", rotaryDim);
        Require.positive("plainDim", plainDim);
        Require.positive("valueDim", valueDim);
    }

    /** Query heads on each of {@code ranks} devices. */
    public int heads(int ranks) {
        return heads / ranks;
    }

    /** Elements of a query or key head. */
    public int queryDim() {
        return plainDim + rotaryDim;
    }

    /** Columns of the projection that compresses key-value vectors (and queries, when they are compressed), the same on each device. */
    public long compressedColumns() {
        return queryRank.orElse(0) + (long) latentRank + rotaryDim;
    }

    /** Columns of the query heads' projection on each of {@code ranks} devices. */
    public long queryColumns(int ranks) {
        return (long) heads(ranks) * queryDim();
    }

    /** Columns of the projection from the latent vector to keys and values on each of {@code ranks} devices. */
    public long expandedColumns(int ranks) {
        return (long) heads(ranks) * (plainDim + valueDim);
    }

    @Override
    public long cachedElements(int ranks) {
        return (long) latentRank + rotaryDim;
    }

    @Override
    public long matrixParameters(int hidden, int ranks) {
        return compressedColumns() * hidden
                + queryColumns(ranks) * queryRank.orElse(hidden)
                + expandedColumns(ranks) * latentRank
                + (long) heads(ranks) * valueDim * hidden;
    }

    @Override
    public long vectorParameters(int hidden, int ranks) {
        return (long) latentRank + queryRank.orElse(0);
    }

    @Override
    public void checkRanks(int ranks) {
        if (heads % ranks != 0) {
            throw new IllegalArgumentException(
                    "tensorParallel (" + ranks + ") must divide the query heads (" + heads + ")");
        }
    }
}
