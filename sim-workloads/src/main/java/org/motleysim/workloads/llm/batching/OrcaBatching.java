package org.motleysim.workloads.llm.batching;

/**
 * Iteration-level batching: every iteration takes one token of each running sequence and the whole prompts of newcomers together, first come
 * first served, while places, tokens and memory for the whole output last.
 *
 * <p>Follows Orca (Yu et al., "Orca: A Distributed Serving System for Transformer-Based Generative Models", OSDI 2022, algorithm 1), with
 * {@code max_bs} = {@code maxSequences}. Memory is reserved for all that a sequence may become, so nobody is ever preempted; there it is
 * {@code max_tokens} of the request, here the output it will have. Keys and values are in blocks, which Orca did not have.
 *
 * @param limits the limits
 */
public record OrcaBatching(BatchLimits limits) implements Batching {
    /** 64 sequences and 16,384 tokens: Orca has no limit of tokens, and the largest batch of its evaluation has 64. */
    public static final BatchLimits DEFAULT_LIMITS = new BatchLimits(64, 16_384, 16, 0);

    @Override
    public void plan(BatchPlan next) {
        for (int i = 0; i < next.running() && next.tokensLeft() > 0; i++) {
            next.decode(i);
        }
        while (next.waiting() > 0
                && next.sequencesLeft() > 0
                && (next.nextPrefill() <= next.tokensLeft() || next.running() == 0)
                && next.admitReserved(next.nextPrefill())) {}
    }

    @Override
    public String label() {
        return "orca";
    }
}
