package org.motleysim.workloads.llm.kv;

/**
 * The paged key-value cache of one replica during one run, as sequences use it: each takes blocks when it is let in, more as it grows, and
 * gives them back when it leaves. Between these it is known by the handle it was given.
 *
 * <p>Mutable state of one run; not thread-safe.
 */
public interface KvCache {
    /** No handle: there was not enough room. */
    int NONE = -1;

    /**
     * Tokens at the beginning of a request whose keys and values are here already, so that they need not be computed when it is let in
     * now. Always whole blocks, and always fewer than {@code tokens}, since the last token must be computed to go on.
     *
     * @param request its slot; negative for one that is only asked about
     * @param tokens how many it must have before it can decode
     */
    int cachedTokens(int request, int tokens);

    /**
     * Takes blocks for a sequence that is being let in, unless that would eat into the watermark.
     *
     * @param request its slot
     * @param tokens how many it must have before it can decode
     * @param taken tokens to take blocks for, those found here included; fewer when the rest is taken later, more when output is reserved
     * @return its handle, or {@link #NONE} with nothing changed
     */
    int admit(int request, int tokens, int taken);

    /** Takes so many more blocks, down to the last one; returns whether there were enough. The tokens so far are computed. */
    boolean grow(int handle, int more, int computedTokens);

    /** The first {@code tokens} tokens of a sequence are in the iteration that is being planned, or computed already. */
    void computed(int handle, int tokens);

    /** Only the first {@code tokens} tokens are computed after all: the plan was changed. */
    void undone(int handle, int tokens);

    /** Takes back all blocks of a sequence. */
    void release(int handle);

    /** Blocks that a sequence holds. */
    int blocks(int handle);

    /** Forgets all that nobody holds: the memory was lost. */
    void clear();

    /** Blocks that a sequence of so many tokens takes. */
    int blocksFor(int tokens);

    /** Blocks held by sequences, each once. */
    int used();

    /** The most blocks ever held at once. */
    int peak();

    /** Blocks in the pool. */
    int capacity();

    /** Tokens per block. */
    int blockTokens();

    /** The longest sequence that can be served at all, alone in the cache, in tokens. */
    long longestSequence();

    /** Counts the blocks that the first {@code count} handles hold, each block once, by looking at all of them; to check the books. */
    int held(int[] handles, int count);

    /** Cached blocks that were given to somebody else so far. */
    long evictions();
}
