package org.motleysim.core.random;

import java.nio.charset.StandardCharsets;

/**
 * Turns a seed, names and numbers into well-spread 64-bit keys.
 *
 * <p>{@link #mix} is the output function of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA
 * 2014, with Stafford's variant 13), a bijection in which each input bit flips each output bit about half of the time. {@link #of} is
 * FNV-1a over UTF-8. Neither may ever change: all results hang on them.
 */
final class Hash {
    static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Hash() {}

    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Derives the key of a child. The parent's key is used as it is, the child's number is spread first, so that the two differ. */
    static long child(long parentKey, long number) {
        return mix(parentKey ^ mix(number + GOLDEN_GAMMA));
    }

    static long of(String name) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }

    /** The first numbers of SplitMix64 started at {@code key}: how the authors of xoshiro advise to fill its state. */
    static long[] state(long key, int words) {
        var state = new long[words];
        for (int i = 0; i < words; i++) {
            key += GOLDEN_GAMMA;
            state[i] = mix(key);
        }
        return state;
    }
}
