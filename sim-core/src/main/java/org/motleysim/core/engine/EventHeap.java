package org.motleysim.core.engine;

import java.util.Arrays;

/**
 * A 4-ary implicit heap of event slots, ordered by (time, order).
 *
 * <p>The children of entry {@code i} are {@code 4i + 1 .. 4i + 4}: half the levels of a binary heap, and the four times
 * that are compared lie side by side (Johnson, "Priority queues with update and finding minimum spanning trees", 1975;
 * LaMarca and Ladner, "The influence of caches on the performance of heaps", 1996). Times are kept beside the slots, so
 * that the {@link EventTable} is only asked when two times are equal. Adding costs O(1) on average and O(log n) at worst,
 * taking O(log n).
 *
 * <p><b>The hole.</b> Most events schedule one event. So taking the first entry only leaves a hole at the root; the next
 * to be added is sifted down from there, which does the work of a removal and an insertion in one pass. A hole that
 * nobody filled is closed when the next entry is asked for.
 */
final class EventHeap {

    private static final int ROOM = 1024;

    private final EventTable events;
    private long[] times = new long[ROOM];
    private int[] slots = new int[ROOM];

    /** Entries including the hole. */
    private int size;

    private boolean hole;

    EventHeap(EventTable events) {
        this.events = events;
    }

    /** Returns whether there are no entries, and otherwise sees to it that the first is at hand. */
    boolean isEmpty() {
        if (hole) {
            closeHole();
        }
        return size == 0;
    }

    void add(long time, int slot) {
        if (hole) {
            hole = false;
            siftDown(0, time, slot);
        } else {
            if (size == slots.length) {
                times = Arrays.copyOf(times, size + (size >> 1));
                slots = Arrays.copyOf(slots, size + (size >> 1));
            }
            siftUp(size++, time, slot);
        }
    }

    /** Returns the time of the first entry; to be called after {@link #isEmpty}. */
    long firstTime() {
        return times[0];
    }

    /** Returns the slot of the first entry; to be called after {@link #isEmpty}. */
    int firstSlot() {
        return slots[0];
    }

    /** Takes out the first entry; to be called after {@link #isEmpty}. */
    void removeFirst() {
        hole = true;
    }

    /** Empties the heap and gives back the room of an unusually large one. */
    void reset() {
        size = 0;
        hole = false;
        if (slots.length > ROOM) {
            times = new long[ROOM];
            slots = new int[ROOM];
        }
    }

    private void closeHole() {
        hole = false;
        size--;
        if (size > 0) {
            siftDown(0, times[size], slots[size]);
        }
    }

    private void siftUp(int from, long time, int slot) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >> 2;
            if (!isBefore(time, slot, parent)) {
                break;
            }
            times[at] = times[parent];
            slots[at] = slots[parent];
            at = parent;
        }
        times[at] = time;
        slots[at] = slot;
    }

    private void siftDown(int from, long time, int slot) {
        int at = from;
        for (int child = (at << 2) + 1; child < size; child = (at << 2) + 1) {
            int least = child;
            long leastTime = times[child];
            for (int other = child + 1, last = Math.min(child + 4, size); other < last; other++) {
                if (isBefore(times[other], slots[other], least)) {
                    least = other;
                    leastTime = times[other];
                }
            }
            if (isBefore(time, slot, least)) {
                break;
            }
            times[at] = leastTime;
            slots[at] = slots[least];
            at = least;
        }
        times[at] = time;
        slots[at] = slot;
    }

    private boolean isBefore(long time, int slot, int entry) {
        long other = times[entry];
        return time < other || (time == other && events.precedes(slot, slots[entry]));
    }

    long retainedBytes() {
        return 8L * times.length + 4L * slots.length;
    }
}
