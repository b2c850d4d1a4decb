package org.motleysim.core.engine;

/**
 * Permutes sequences, so that events of the same time and priority run in a random order. The low 38 bits, which make an
 * {@link EventTable} handle unique, go through steps of which each is a bijection; the others stay.
 */
final class TieShuffle {

    private static final int BITS = 38;
    private static final long MASK = (1L << BITS) - 1;
    private static final long FIRST = 0xBF58_476D_1CE4_E5B9L;
    private static final long SECOND = 0x94D0_49BB_1331_11EBL;

    private final long key;

    TieShuffle(long seed) {
        long mixed = (seed ^ (seed >>> 30)) * FIRST;
        this.key = mixed ^ (mixed >>> 27);
    }

    long of(long sequence) {
        long low = (sequence ^ key) & MASK;
        low = (low * FIRST) & MASK;
        low ^= low >>> 19;
        low = (low * SECOND + (key >>> 26)) & MASK;
        low ^= low >>> 17;
        return (sequence & ~MASK) | low;
    }
}
