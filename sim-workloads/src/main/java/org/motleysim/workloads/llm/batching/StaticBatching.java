package org.motleysim.workloads.llm.batching;

/**
 * Request-level batching: a batch is let in only when the previous one has finished to its last sequence.
 *
 * <p>This is the baseline of Orca (Yu et al., OSDI 2022) as NVIDIA FasterTransformer 5 serves: all prompts of the batch are computed first,
 * KV memory for the whole output is taken at the start, so nobody is ever preempted. Unlike there, a sequence that ends early is answered
 * and leaves at once, and short sequences are not padded to the longest.
 *
 * @param limits the limits
 */
public record StaticBatching(BatchLimits limits) implements Batching {
    @Override
    public void plan(BatchPlan next) {
        if (next.running() == 0) {
            while (next.waiting() > 0
                    && next.sequencesLeft() > 0
                    && (next.nextPrefill() <= next.tokensLeft() || next.running() == 0)
                    && next.admitReserved(next.nextPrefill())) {}
            return;
        }
        for (int i = 0; i < next.running(); i++) {
            next.decode(i);
        }
    }

    @Override
    public String label() {
        return "static";
    }
}
