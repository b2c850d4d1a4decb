package org.motleysim.workloads.llm.batching;

/**
 * The limits within which a replica batches. Names in brackets are vLLM's.
 *
 * @param maxSequences sequences that may run at once ({@code max_num_seqs}), at least 1
 * @param maxBatchedTokens tokens, prompt and output together, that one iteration may compute ({@code max_num_batched_tokens}), at least 1
 * @param blockTokens tokens per block of the paged KV cache ({@code block_size}), at least 1
 * @param watermark share of the KV blocks that a sequence must leave free when it is let in ({@code watermark}), in [0, 1)
 */
public record BatchLimits(int maxSequences, int maxBatchedTokens, int blockTokens, double watermark) {
    /** 256 sequences, 2,048 tokens, blocks of 16 tokens, 1%: the defaults of vLLM 0.6 with chunked prefill. */
    public static final BatchLimits DEFAULT = new BatchLimits(256, 2_048, 16, 0.01);

    /** Checks the ranges. */
    public BatchLimits {
        atLeastOne("maxSequences", maxSequences);
        atLeastOne("maxBatchedTokens", maxBatchedTokens);
        atLeastOne("blockTokens", blockTokens);
        if (!(watermark >= 0 && watermark < 1)) {
            throw new IllegalArgumentException(
                    "watermark (" + watermark + ") must be in [0, 1)\nMaybe write 0.01 for one percent");
        }
    }

    /** These limits with another {@code maxSequences}. */
    public BatchLimits withMaxSequences(int sequences) {
        return new BatchLimits(sequences, maxBatchedTokens, blockTokens, watermark);
    }

    /** These limits with another {@code maxBatchedTokens}. */
    public BatchLimits withMaxBatchedTokens(int tokens) {
        return new BatchLimits(maxSequences, tokens, blockTokens, watermark);
    }

    /** These limits with another {@code blockTokens}. */
    public BatchLimits withBlockTokens(int tokens) {
        return new BatchLimits(maxSequences, maxBatchedTokens, tokens, watermark);
    }

    /** These limits with another {@code watermark}. */
    public BatchLimits withWatermark(double share) {
        return new BatchLimits(maxSequences, maxBatchedTokens, blockTokens, share);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " (" + value + ") must be at least 1");
        }
    }
}
