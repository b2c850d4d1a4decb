package org.motleysim.core.random;

/**
 * Random numbers by their index: the number of one index does not depend on which others were asked for, or in which order, and takes no
 * memory. For attributes of millions of entities, where a {@link RandomStream} each would be too much.
 *
 * <p>A number is SplitMix64's output function over (seed, replication, name, index). Immutable; may be shared between threads.
 */
public final class IndexedDraws {
    private final long key;
    /** All ones for mirror images, else 0. */
    private final long flip;

    IndexedDraws(long key, boolean mirrored) {
        this.key = key;
        this.flip = mirrored ? -1 : 0;
    }

    /** Returns 64 random bits of an index. */
    public long bits(long index) {
        return Hash.child(key, index) ^ flip;
    }

    /** Returns a number from [0, 1) of an index, a multiple of 2^-53. */
    public double unit(long index) {
        return (bits(index) >>> 11) * 0x1p-53;
    }

    /** Returns a number from (0, 1) of an index: safe for quantiles. */
    public double open(long index) {
        return ((bits(index) >>> 12) + 0.5) * 0x1p-52;
    }
}
