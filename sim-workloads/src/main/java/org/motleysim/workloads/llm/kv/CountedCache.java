package org.motleysim.workloads.llm.kv;

import java.util.Arrays;

/** A cache in which nothing is shared: blocks need no names, so they are only counted. */
public final class CountedCache implements KvCache {
    private final KvBlocks pool;
    private int[] blocks = new int[16];
    private int[] free = new int[16];
    private int freeCount;

    /** Makes an empty cache of the blocks of {@code pool}, which nobody else uses. */
    public CountedCache(KvBlocks pool) {
        this.pool = pool;
        for (int handle = free.length - 1; handle >= 0; handle--) {
            free[freeCount++] = handle;
        }
    }

    @Override
    public int cachedTokens(int request, int tokens) {
        return 0;
    }

    @Override
    public int admit(int request, int tokens, int taken) {
        int needed = pool.blocksFor(taken);
        if (!pool.admit(needed)) {
            return NONE;
        }
        if (freeCount == 0) {
            moreHandles();
        }
        int handle = free[--freeCount];
        blocks[handle] = needed;
        return handle;
    }

    private void moreHandles() {
        int old = blocks.length;
        blocks = Arrays.copyOf(blocks, 2 * old);
        free = Arrays.copyOf(free, 2 * old);
        for (int handle = 2 * old - 1; handle >= old; handle--) {
            free[freeCount++] = handle;
        }
    }

    @Override
    public boolean grow(int handle, int more, int computedTokens) {
        if (!pool.grow(more)) {
            return false;
        }
        blocks[handle] += more;
        return true;
    }

    @Override
    public void computed(int handle, int tokens) {
        // nobody else will ask for them
    }

    @Override
    public void undone(int handle, int tokens) {
        // as above
    }

    @Override
    public void release(int handle) {
        pool.release(blocks[handle]);
        blocks[handle] = 0;
        free[freeCount++] = handle;
    }

    @Override
    public int blocks(int handle) {
        return blocks[handle];
    }

    @Override
    public void clear() {
        // what nobody holds is empty anyway
    }

    @Override
    public int blocksFor(int tokens) {
        return pool.blocksFor(tokens);
    }

    @Override
    public int used() {
        return pool.used();
    }

    @Override
    public int peak() {
        return pool.peak();
    }

    @Override
    public int capacity() {
        return pool.capacity();
    }

    @Override
    public int blockTokens() {
        return pool.blockTokens();
    }

    @Override
    public long longestSequence() {
        return pool.longestSequence();
    }

    @Override
    public int held(int[] handles, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += blocks[handles[i]];
        }
        return sum;
    }

    @Override
    public long evictions() {
        return 0;
    }
}
