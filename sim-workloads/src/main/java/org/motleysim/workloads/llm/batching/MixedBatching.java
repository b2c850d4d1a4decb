package org.motleysim.workloads.llm.batching;

/**
 * Mixed batching: prompts and decodes are the same thing, tokens that are not computed yet. Running sequences are gone through in the order
 * in which they were let in, each with as many tokens as it still needs and the limit allows; what is left of the limit goes to newcomers.
 *
 * <p>Follows the scheduler of vLLM v1 ({@code vllm/v1/core/sched/scheduler.py}, 0.8 to 0.19), first come first served, with chunked prefill:
 *
 * <ul>
 *   <li>KV blocks are taken chunk by chunk; there is no watermark.
 *   <li>Who finds no block evicts the sequence let in last, at worst itself, which is recomputed. In an iteration with an eviction nobody is
 *       let in.
 *   <li>With {@code asyncScheduling}, the default of vLLM since 0.14, an iteration is planned when the one before it begins: a request that
 *       arrives meanwhile is in the next but one, and the place of a sequence that ends is free one iteration later. Scheduling then
 *       costs the device nothing.
 * </ul>
 *
 * @param limits the limits; the watermark counts for nothing
 * @param asyncScheduling whether an iteration is planned while the one before it runs
 */
public record MixedBatching(BatchLimits limits, boolean asyncScheduling) implements Batching {
    /** The limits of vLLM v1 for an API server: 256 sequences, 8,192 tokens on devices of 70 GiB and more, blocks of 16. */
    public static final BatchLimits DEFAULT_LIMITS = new BatchLimits(256, 8_192, 16, 0);

    @Override
    public void plan(BatchPlan next) {
        boolean evicted = false;
        for (int i = 0; i < next.running() && next.tokensLeft() > 0; i++) {
            while (i < next.running() && !planned(next, i)) {
                next.preemptLast();
                evicted = true;
            }
        }
        while (!evicted
                && next.waiting() > 0
                && next.tokensLeft() > 0
                && next.sequencesLeft() > 0
                && next.admitChunk(Math.min(next.nextPrefill(), next.tokensLeft()))) {}
    }

    private static boolean planned(BatchPlan next, int index) {
        int left = next.prefillLeft(index);
        return left == 0 ? next.decode(index) : next.prefill(index, Math.min(left, next.tokensLeft()));
    }

    @Override
    public String label() {
        return "mixed";
    }
}
