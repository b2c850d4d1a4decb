package org.motleysim.workloads.llm.batching;

/**
 * Chunked prefill: every iteration first takes one token of each decoding sequence and fills the rest of {@code maxBatchedTokens} with
 * prompt tokens, splitting prompts as needed.
 *
 * <p>Follows Sarathi-Serve (Agrawal et al., "Taming Throughput-Latency Tradeoff in LLM Inference with Sarathi-Serve", OSDI 2024, algorithm
 * 3): decodes, then prefills already begun, then new requests, first come first served. vLLM 0.6 with
 * {@code --enable-chunked-prefill} plans alike. vLLM v1 (0.8 and later) goes through the running sequences in order of arrival whatever
 * they do, takes KV blocks chunk by chunk instead of for the whole prompt, and has no watermark.
 *
 * @param limits the limits
 */
public record ChunkedPrefill(BatchLimits limits) implements Batching {
    @Override
    public void plan(BatchPlan next) {
        Decodes.planAll(next);
        for (int i = 0; i < next.running() && next.tokensLeft() > 0; i++) {
            int left = next.prefillLeft(i);
            if (left > 0) {
                next.prefill(i, Math.min(left, next.tokensLeft()));
            }
        }
        while (next.waiting() > 0
                && next.tokensLeft() > 0
                && next.sequencesLeft() > 0
                && next.admit(Math.min(next.nextPrefill(), next.tokensLeft()))) {}
    }

    @Override
    public String label() {
        return "chunked-prefill";
    }
}
