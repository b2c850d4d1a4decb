package org.motleysim.hardware.fitted;

/**
 * What the physical estimates cannot know of a device and its kernels beforehand. Fits choose, by the error on shapes held out.
 *
 * @param cacheShare of the last-level cache that streams can use before they evict themselves, in (0, 1]; caches of two halves that keep
 *     copies of each other's lines hold half
 * @param splitsAlways whether attention to one new token divides the keys among units also when each query head has its own keys;
 *     FlashAttention-2 divides them for grouped heads only
 * @param paddingCounts whether the time of a matrix product depends on how its sides fit tiles beyond what tiles and waves say, as in
 *     kernels with scales per block
 */
public record Physics(double cacheShare, boolean splitsAlways, boolean paddingCounts) {
    /** What holds if nothing else is known. */
    static final Physics USUAL = new Physics(0.9, false, false);

    /** @throws IllegalArgumentException if {@code cacheShare} is not in (0, 1] */
    public Physics {
        if (!(cacheShare > 0 && cacheShare <= 1)) {
            throw new IllegalArgumentException("cacheShare (" + cacheShare + ") must be more than 0 and at most 1");
        }
    }
}
