package org.motleysim.workloads.llm.batching;

/**
 * Continuous batching with prefill priority: whenever waiting prompts fit, an iteration computes only prompts, otherwise every running
 * sequence decodes one token.
 *
 * <p>Follows the default scheduler of vLLM 0.4 to 0.6 ({@code Scheduler._schedule_default}, "v0"): first come first served; prompts are
 * never split; a prompt must leave the watermark free; when a decoding sequence finds no block, the sequence let in last is preempted
 * and recomputed. A recomputed sequence that has outgrown {@code maxBatchedTokens} runs alone in its iteration, where vLLM would drop it.
 *
 * @param limits the limits
 */
public record ContinuousBatching(BatchLimits limits) implements Batching {
    @Override
    public void plan(BatchPlan next) {
        int before = next.tokensLeft();
        while (next.waiting() > 0
                && next.sequencesLeft() > 0
                && (next.nextPrefill() <= next.tokensLeft() || next.tokensLeft() == before)
                && next.admit(next.nextPrefill())) {}
        if (next.tokensLeft() == before) {
            Decodes.planAll(next);
        }
    }

    @Override
    public String label() {
        return "continuous";
    }
}
