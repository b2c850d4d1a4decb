package org.motleysim.hardware.network;

import java.util.Arrays;

/** Small numbers for 64-bit signatures, in order of first appearance: a hash table with open addressing. */
final class ColorIds {
    private final long[] keys;
    private final int[] ids;
    private final int mask;
    private int count;

    /** Room for {@code most} distinct signatures. */
    ColorIds(int most) {
        int room = Integer.highestOneBit(Math.max(8, most)) << 2;
        this.keys = new long[room];
        this.ids = new int[room];
        this.mask = room - 1;
    }

    int of(long signature) {
        int at = (int) mix(signature) & mask;
        while (ids[at] != 0) {
            if (keys[at] == signature) {
                return ids[at] - 1;
            }
            at = (at + 1) & mask;
        }
        keys[at] = signature;
        ids[at] = ++count;
        return count - 1;
    }

    /** Forgets all; returns how many there were. */
    int restart() {
        int had = count;
        count = 0;
        Arrays.fill(ids, 0);
        return had;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): each bit of the result depends on all bits. */
    static long mix(long value) {
        long z = value + 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
