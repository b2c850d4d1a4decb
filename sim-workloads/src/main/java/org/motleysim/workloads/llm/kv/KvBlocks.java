package org.motleysim.workloads.llm.kv;

/**
 * The paged key-value cache of one replica during one run: a pool of equal blocks, each holding the keys and values of
 * {@code blockTokens} consecutive tokens of one sequence.
 *
 * <p>Paging is that of vLLM (Kwon et al., "Efficient Memory Management for Large Language Model Serving with PagedAttention", SOSP 2023):
 * any free block serves any sequence, so the only waste is the unfilled end of a sequence's last block and the pool is fully described by
 * how many blocks are free. A share of the pool, the watermark, is kept back when a sequence is let in, so that those already running
 * can grow before anybody must be evicted.
 *
 * <p>Mutable state of one run; not thread-safe. Every operation takes constant time.
 */
public final class KvBlocks {
    private final int capacity;
    private final int blockTokens;
    private final int watermark;
    private int used;
    private int peak;

    /**
     * Creates an empty cache.
     *
     * @param capacity number of blocks, at least 1
     * @param blockTokens tokens per block, at least 1; vLLM's default is 16
     * @param watermark share of the blocks that a newcomer must leave free, in [0, 1); vLLM's default is 0.01
     */
    public KvBlocks(int capacity, int blockTokens, double watermark) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity (" + capacity + ") must be at least 1 block");
        }
        if (blockTokens < 1) {
            throw new IllegalArgumentException("blockTokens (" + blockTokens + ") must be at least 1");
        }
        if (!(watermark >= 0 && watermark < 1)) {
            throw new IllegalArgumentException("watermark (" + watermark + ") must be in [0, 1)");
        }
        this.capacity = capacity;
        this.blockTokens = blockTokens;
        this.watermark = (int) (watermark * capacity);
    }

    /** Blocks that {@code tokens} tokens of one sequence occupy. */
    public int blocksFor(int tokens) {
        return (int) (((long) tokens + blockTokens - 1) / blockTokens);
    }

    /** Whether a sequence that grows to {@code tokens} tokens can be served at all, alone in the cache. */
    public boolean canEverHold(int tokens) {
        return blocksFor(tokens) <= capacity - watermark;
    }

    /** The longest sequence that {@link #canEverHold} accepts, in tokens. */
    public long longestSequence() {
        return (long) (capacity - watermark) * blockTokens;
    }

    /** Takes blocks for a sequence that is being let in, unless that would eat into the watermark; returns whether it did. */
    public boolean admit(int blocks) {
        return capacity - used - blocks >= watermark && grow(blocks);
    }

    /** Takes blocks for a sequence that is already running, down to the last one; returns whether there were enough. */
    public boolean grow(int blocks) {
        if (blocks > capacity - used) {
            return false;
        }
        used += blocks;
        if (used > peak) {
            peak = used;
        }
        return true;
    }

    /** Takes back blocks. */
    public void release(int blocks) {
        if (blocks < 0 || blocks > used) {
            throw new IllegalStateException("released " + blocks + " KV blocks while " + used + " are in use");
        }
        used -= blocks;
    }

    /** Blocks in the pool. */
    public int capacity() {
        return capacity;
    }

    /** Tokens per block. */
    public int blockTokens() {
        return blockTokens;
    }

    /** Blocks that a newcomer must leave free. */
    public int watermark() {
        return watermark;
    }

    /** Blocks held by sequences. */
    public int used() {
        return used;
    }

    /** Blocks not held by anybody. */
    public int free() {
        return capacity - used;
    }

    /** The most blocks ever held at once. */
    public int peak() {
        return peak;
    }
}
