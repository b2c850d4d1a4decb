package org.motleysim.core.engine;

/**
 * A sorted array of so few event slots that moving them beats any structure; the first event is the last entry. Nothing is asked of the
 * {@link EventTable} unless two times are equal.
 */
final class ShortList {
    /** Events that it holds. */
    static final int ROOM = 16;

    private final EventTable events;
    private final long[] times = new long[ROOM];
    private final int[] slots = new int[ROOM];
    private int size;

    ShortList(EventTable events) {
        this.events = events;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size == ROOM;
    }

    /** Adds an event; to be called when not {@link #isFull}. */
    void add(long time, int slot) {
        int at = size++;
        while (at > 0 && isBefore(at - 1, time, slot)) {
            times[at] = times[at - 1];
            slots[at] = slots[at - 1];
            at--;
        }
        times[at] = time;
        slots[at] = slot;
    }

    private boolean isBefore(int entry, long time, int slot) {
        long other = times[entry];
        return other < time || (other == time && events.precedes(slots[entry], slot));
    }

    /** Returns the time of the first event; to be called when not {@link #isEmpty}. */
    long firstTime() {
        return times[size - 1];
    }

    /** Takes out the first event and returns its slot; to be called when not {@link #isEmpty}. */
    int removeFirst() {
        return slots[--size];
    }

    /** Takes out an event that is in the list. */
    void remove(int slot) {
        int at = size - 1;
        while (slots[at] != slot) {
            at--;
        }
        size--;
        for (; at < size; at++) {
            times[at] = times[at + 1];
            slots[at] = slots[at + 1];
        }
    }

    long retainedBytes() {
        return 12L * ROOM;
    }
}
