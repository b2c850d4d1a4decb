package org.motleysim.core.engine;

import java.util.Arrays;

/**
 * A row of buckets of one width, a power of two, over a window of time. Each bucket is a chain of events in no order,
 * through the links of the {@link EventTable}. Bucket numbers are absolute (time divided by width) and the row is a ring:
 * as buckets are consumed, a rolling window takes in as many new ones at its far end, and a fixed one shrinks.
 */
final class Rung {

    private final EventTable events;
    private final boolean rolling;

    /** Width of a bucket as a power of two. */
    int shift;

    /** Number of the first bucket not yet consumed. */
    long cursor;

    /** Buckets from the cursor to the end of the window. */
    private long window;

    private int mask;
    private int[] heads = new int[0];

    Rung(EventTable events, boolean rolling) {
        this.events = events;
        this.rolling = rolling;
    }

    /** Empties the rung and lays it over {@code newLength} buckets (a power of two) from {@code first}. */
    void lay(int newShift, int newLength, long first) {
        if (newLength > heads.length || newLength < heads.length / 2) {
            heads = new int[newLength];
        } else {
            Arrays.fill(heads, 0);
        }
        shift = newShift;
        window = newLength;
        mask = newLength - 1;
        cursor = first;
    }

    long window() {
        return window;
    }

    /** Moves past consumed buckets. */
    void advanceTo(long bucket) {
        if (!rolling) {
            window -= bucket - cursor;
        }
        cursor = bucket;
    }

    /** Adds an event if the window, which begins at the cursor, covers its time. */
    boolean add(long time, int slot) {
        long bucket = time >>> shift;
        if (bucket - cursor >= window) {
            return false;
        }
        int at = (int) bucket & mask;
        events.link(slot, heads[at]);
        heads[at] = slot;
        return true;
    }

    /** Returns the first event of a bucket of the window, or 0. */
    int head(long bucket) {
        return heads[(int) bucket & mask];
    }

    void empty(long bucket) {
        heads[(int) bucket & mask] = 0;
    }

    /** Returns the last time before the cursor. */
    long end() {
        return (cursor << shift) - 1;
    }

    /** Gives the memory back. */
    void forget() {
        window = 0;
        heads = new int[0];
    }

    long retainedBytes() {
        return 4L * heads.length;
    }
}
