package org.motleysim.workloads.llm.batching;

/**
 * The next iteration of a replica while a {@link Batching} policy fills it.
 *
 * <p>Running sequences are numbered from 0 in the order in which they were let in. Waiting requests stand in a queue, first come first
 * served; a preempted sequence goes back to its front. A sequence is either in <em>prefill</em> (part of its prompt, or after a preemption
 * of its recomputed text, is not in the KV cache yet) or it <em>decodes</em>, one token per iteration. The iteration in which a prefill
 * ends produces the sequence's next token.
 *
 * <p>The plan keeps the books: tokens and sequences left within the limits, and KV blocks. It refuses what memory does not allow by
 * returning false, and what makes no sense by an {@link IllegalStateException} or {@link IllegalArgumentException}. A plan may be used
 * only inside {@link Batching#plan}.
 */
public interface BatchPlan {
    /** The limits of this replica's batching. */
    BatchLimits limits();

    /** Number of running sequences. */
    int running();

    /** Tokens of running sequence {@code index} that must still be computed before it can decode; 0 when it decodes. */
    int prefillLeft(int index);

    /** Tokens of running sequence {@code index} whose keys and values are in the cache. */
    int context(int index);

    /** Tokens planned so far for running sequence {@code index} in this iteration. */
    int planned(int index);

    /** Number of waiting requests. */
    int waiting();

    /** Tokens that the first waiting request must compute before it can decode. Only when somebody is waiting. */
    int nextPrefill();

    /** Tokens that may still be planned in this iteration. */
    int tokensLeft();

    /** Sequences that may still be let in. */
    int sequencesLeft();

    /**
     * Plans one token of running sequence {@code index}, which must decode, and takes a KV block when its last one is full.
     *
     * @return false, with nothing changed, when no block is free; then somebody must be preempted or wait
     */
    boolean decode(int index);

    /**
     * Plans the next {@code tokens} tokens of the prefill of running sequence {@code index}. Its blocks were taken when it was let in, or,
     * after {@link #admitChunk}, are taken now.
     *
     * @param tokens from 1 to what is left of its prefill
     * @return false, with nothing changed, when blocks are needed and not free; then somebody must be preempted or wait
     */
    boolean prefill(int index, int tokens);

    /**
     * Lets the first waiting request in, with KV blocks for its whole prefill, and plans the first {@code tokens} tokens of that.
     *
     * @param tokens from 1 to {@link #nextPrefill}
     * @return false, with nothing changed, when the free blocks above the watermark are not enough
     */
    boolean admit(int tokens);

    /**
     * As {@link #admit}, but takes the blocks of these tokens only; those of the rest are taken as it is computed.
     *
     * @param tokens from 1 to {@link #nextPrefill}
     * @return false, with nothing changed, when the free blocks above the watermark are not enough
     */
    boolean admitChunk(int tokens);

    /**
     * As {@link #admit}, but takes the blocks of the whole output too, so that this sequence never waits for memory again.
     *
     * @param tokens from 1 to {@link #nextPrefill}
     * @return false, with nothing changed, when the free blocks above the watermark are not enough
     */
    boolean admitReserved(int tokens);

    /**
     * Evicts the running sequence that was let in last: its blocks are freed, it goes to the front of the queue and must compute its
     * prompt and the output it had again. Whatever was planned for it in this iteration is undone.
     */
    void preemptLast();
}
