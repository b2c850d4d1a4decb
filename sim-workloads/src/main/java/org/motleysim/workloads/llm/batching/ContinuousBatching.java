package org.motleysim.workloads.llm.batching;

/**
 * Continuous batching with prefill priority: whenever waiting prompts fit, an iteration computes only prompts, otherwise every running
 * sequence decodes one token.
 *
 * <p>Follows the default scheduler of vLLM 0.4 to 0.6 ({@code Scheduler._schedule_default}, "v0"): first come first served; prompts are
 * never split; a prompt must leave the watermark free; when a decoding sequence finds no block, the sequence let in last is preempted
 * and recomputed. A recomputed sequence that has outgrown {@code maxBatchedTokens} runs alone in its iteration, where vLLM would drop it.
 *
 * <p>vLLM 0.2 and 0.3 pad: prompts that are computed together count as so many of the longest against the token limit
 * ({@code Scheduler._schedule} before 0.4: {@code len(seq_lens) * max(seq_lens)}). {@code paddedPrompts} follows them.
 *
 * @param limits the limits
 * @param paddedPrompts whether prompts count as long as the longest of the iteration
 */
public record ContinuousBatching(BatchLimits limits, boolean paddedPrompts) implements Batching {
    /** Continuous batching without padding. */
    public ContinuousBatching(BatchLimits limits) {
        this(limits, false);
    }

    @Override
    public void plan(BatchPlan next) {
        int before = next.tokensLeft();
        int longest = 0;
        int prompts = 0;
        while (next.waiting() > 0 && next.sequencesLeft() > 0) {
            int prompt = next.nextPrefill();
            longest = Math.max(longest, prompt);
            boolean fits = paddedPrompts ? (prompts + 1L) * longest <= before : prompt <= next.tokensLeft();
            if ((!fits && prompts > 0) || !next.admit(prompt)) {
                break;
            }
            prompts++;
        }
        if (prompts == 0) {
            Decodes.planAll(next);
        }
    }

    @Override
    public String label() {
        return "continuous";
    }
}
