package org.motleysim.workloads.llm.kv;

import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * A cache whose full blocks stay when their sequence has left, and serve any later sequence that begins alike, until somebody needs the
 * room: automatic prefix caching as in vLLM v1 ({@code KVCacheManager} and {@code BlockPool}, 0.8 and later).
 *
 * <p>A block is known by what it holds and what comes before it, where vLLM hashes the tokens of a block with the hash of the block before:
 * here the stream of its last token and its position ({@link Contents}), packed into one number, so that there are no false hits. Blocks
 * are counted by the sequences that hold them. Those that nobody holds stand in one queue, whether they hold anything or not; a block is
 * taken from its front, and what was in it is forgotten then. A sequence puts its blocks at the end of the queue from the last to the
 * first, so that of what was used least recently the end of the longest prefix goes first. That is the order of vLLM.
 *
 * <p>As there, a block can be used by others as soon as the iteration that computes it is planned, at least the last token of a sequence is
 * computed even if all of it is cached, and a block that somebody else has computed at the same time is kept twice, of which one can be
 * found.
 *
 * <p>All state is in arrays by block: a queue of two links, a hash table with chains, a count of holders. Letting in a sequence costs time
 * in proportion to its blocks, one more block constant time; nothing is allocated once the tables have grown.
 */
public final class PrefixCache implements KvCache {
    private static final int POSITION_BITS = 24;
    private static final long NO_KEY = -1;
    private static final int END = -1;

    private final int capacity;
    private final int blockTokens;
    private final int watermark;
    private final Contents contents;

    private final int[] holders;
    private final long[] key;
    private final int[] chain;
    private final int[] buckets;

    /** The queue of blocks that nobody holds; block {@code capacity} is its head and tail in one. */
    private final int[] after;

    private final int[] before;
    private int queued;
    private int peak;
    private long evictions;

    private int[][] table = {};
    private int[] length = {};
    private int[] named = {}; // blocks at the beginning of a table that can be found, or have been found
    private int[] owner = {};
    private int[] free = {};
    private int freeCount;

    private LongConsumer evicted = name -> {};

    /**
     * Creates an empty cache.
     *
     * @param capacity number of blocks, at least 1
     * @param blockTokens tokens per block, at least 1
     * @param watermark share of the blocks that a newcomer must leave free, in [0, 1)
     * @param contents what requests hold
     */
    public PrefixCache(int capacity, int blockTokens, double watermark, Contents contents) {
        KvBlocks checked = new KvBlocks(capacity, blockTokens, watermark);
        this.capacity = capacity;
        this.blockTokens = blockTokens;
        this.watermark = checked.watermark();
        this.contents = contents;
        this.holders = new int[capacity];
        this.key = new long[capacity];
        Arrays.fill(key, NO_KEY);
        this.chain = new int[capacity];
        this.buckets = new int[Integer.highestOneBit(Math.max(1, capacity)) << 1];
        Arrays.fill(buckets, END);
        this.after = new int[capacity + 1];
        this.before = new int[capacity + 1];
        after[capacity] = capacity;
        before[capacity] = capacity;
        for (int block = 0; block < capacity; block++) {
            enqueue(block);
        }
    }

    /** Asks to be told the name of each block that is forgotten because its room is needed. */
    public void onEviction(LongConsumer listener) {
        evicted = listener;
    }

    /** The name of a full block of a request, whether it is here or not. */
    public long name(int request, int position) {
        return keyOf(request, position);
    }

    /** Blocks at the beginning of a request that are here, as {@link #cachedTokens}. */
    public int cachedBlocks(int request, int tokens) {
        return match(request, tokens);
    }

    /** Takes in a block that comes from a lower tier, held by nobody; returns whether there was room. */
    public boolean insert(long name) {
        if (find(name) != END) {
            return true;
        }
        if (queued == 0) {
            return false;
        }
        int block = take();
        holders[block] = 0;
        put(block, name);
        enqueue(block);
        return true;
    }

    @Override
    public int cachedTokens(int request, int tokens) {
        return match(request, tokens) * blockTokens;
    }

    /** Blocks at the beginning of a request that are here. */
    private int match(int request, int tokens) {
        int most = (tokens - 1) / blockTokens;
        int blocks = 0;
        while (blocks < most && find(keyOf(request, blocks)) != END) {
            blocks++;
        }
        return blocks;
    }

    @Override
    public int admit(int request, int tokens, int taken) {
        int shared = match(request, tokens);
        int needed = blocksFor(taken);
        int idle = 0; // found blocks that nobody holds are free now and will not be
        for (int i = 0; i < shared; i++) {
            idle += holders[find(keyOf(request, i))] == 0 ? 1 : 0;
        }
        if (queued - idle - (needed - shared) < watermark) {
            return NONE;
        }
        int handle = handle(needed);
        owner[handle] = request;
        named[handle] = shared;
        length[handle] = needed;
        int[] blocks = table[handle];
        for (int i = 0; i < shared; i++) {
            int block = find(keyOf(request, i));
            if (holders[block]++ == 0) {
                unlink(block);
            }
            blocks[i] = block;
        }
        for (int i = shared; i < needed; i++) {
            blocks[i] = take();
        }
        peak = Math.max(peak, used());
        return handle;
    }

    @Override
    public boolean grow(int handle, int more, int computedTokens) {
        if (queued < more) {
            return false;
        }
        computed(handle, computedTokens);
        int blocks = length[handle];
        if (blocks + more > table[handle].length) {
            table[handle] = Arrays.copyOf(table[handle], Math.max(blocks + more, 2 * blocks));
        }
        for (int i = 0; i < more; i++) {
            table[handle][blocks + i] = take();
        }
        length[handle] = blocks + more;
        peak = Math.max(peak, used());
        return true;
    }

    @Override
    public void computed(int handle, int tokens) {
        int full = tokens / blockTokens;
        int[] blocks = table[handle];
        for (int i = named[handle]; i < full; i++) {
            long name = keyOf(owner[handle], i);
            if (find(name) == END) {
                put(blocks[i], name);
            }
        }
        named[handle] = Math.max(named[handle], full);
    }

    @Override
    public void undone(int handle, int tokens) {
        int full = tokens / blockTokens;
        for (int i = full; i < named[handle]; i++) {
            forget(table[handle][i]);
        }
        named[handle] = Math.min(named[handle], full);
    }

    @Override
    public void release(int handle) {
        int[] blocks = table[handle];
        for (int i = length[handle] - 1; i >= 0; i--) {
            if (--holders[blocks[i]] == 0) {
                enqueue(blocks[i]);
            }
        }
        length[handle] = 0;
        free[freeCount++] = handle;
    }

    @Override
    public void clear() {
        for (int block = after[capacity]; block != capacity; block = after[block]) {
            forget(block);
        }
    }

    @Override
    public int blocks(int handle) {
        return length[handle];
    }

    @Override
    public int blocksFor(int tokens) {
        return (int) (((long) tokens + blockTokens - 1) / blockTokens);
    }

    @Override
    public int used() {
        return capacity - queued;
    }

    @Override
    public int peak() {
        return peak;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public int blockTokens() {
        return blockTokens;
    }

    @Override
    public long longestSequence() {
        return (long) (capacity - watermark) * blockTokens;
    }

    @Override
    public long evictions() {
        return evictions;
    }

    @Override
    public int held(int[] handles, int count) {
        boolean[] seen = new boolean[capacity];
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            int handle = handles[i];
            for (int j = 0; j < length[handle]; j++) {
                int block = table[handle][j];
                distinct += seen[block] ? 0 : 1;
                seen[block] = true;
            }
        }
        return distinct;
    }

    private int handle(int blocks) {
        if (freeCount == 0) {
            int old = table.length;
            int more = Math.max(16, 2 * old);
            table = Arrays.copyOf(table, more);
            length = Arrays.copyOf(length, more);
            named = Arrays.copyOf(named, more);
            owner = Arrays.copyOf(owner, more);
            free = Arrays.copyOf(free, more);
            for (int handle = more - 1; handle >= old; handle--) {
                table[handle] = new int[16];
                free[freeCount++] = handle;
            }
        }
        int handle = free[--freeCount];
        if (table[handle].length < blocks) {
            table[handle] = new int[Math.max(blocks, 2 * table[handle].length)];
        }
        return handle;
    }

    /** The block that has waited longest, with its contents forgotten. */
    private int take() {
        int block = after[capacity];
        unlink(block);
        if (key[block] != NO_KEY) {
            evictions++;
            long name = key[block];
            forget(block);
            evicted.accept(name);
        }
        holders[block] = 1;
        return block;
    }

    private void enqueue(int block) {
        int last = before[capacity];
        after[last] = block;
        before[block] = last;
        after[block] = capacity;
        before[capacity] = block;
        queued++;
    }

    private void unlink(int block) {
        after[before[block]] = after[block];
        before[after[block]] = before[block];
        queued--;
    }

    private long keyOf(int request, int position) {
        return contents.stream(request, (position + 1) * blockTokens - 1) << POSITION_BITS | position;
    }

    private int bucket(long name) {
        return (int) ((name * 0x9E37_79B9_7F4A_7C15L) >>> 33) & (buckets.length - 1);
    }

    private int find(long name) {
        int block = buckets[bucket(name)];
        while (block != END && key[block] != name) {
            block = chain[block];
        }
        return block;
    }

    private void put(int block, long name) {
        int bucket = bucket(name);
        key[block] = name;
        chain[block] = buckets[bucket];
        buckets[bucket] = block;
    }

    private void forget(int block) {
        if (key[block] == NO_KEY) {
            return;
        }
        int bucket = bucket(key[block]);
        if (buckets[bucket] == block) {
            buckets[bucket] = chain[block];
        } else {
            int earlier = buckets[bucket];
            while (chain[earlier] != block) {
                earlier = chain[earlier];
            }
            chain[earlier] = chain[block];
        }
        key[block] = NO_KEY;
    }
}
