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

    private final EventTable events;
    private long[] times = new long[32];
    private int[] slots = new int[32];

    /** Entries including the hole. */
    private int size;

    private boolean hole;

    EventHeap(EventTable events) {
        this.events = events;
    }

    boolean isEmpty() {
        return size == (hole ? 1 : 0);
    }

    int size() {
        return hole ? size - 1 : size;
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

    /** Returns the time of the first entry; the heap must not be empty. */
    long firstTime() {
        if (hole) {
            closeHole();
        }
        return times[0];
    }

    /** Returns the slot of the first entry; to be called after {@link #firstTime}. */
    int firstSlot() {
        return slots[0];
    }

    /** Takes out the first entry; to be called after {@link #firstTime}. */
    void removeFirst() {
        hole = true;
    }

    /** Frees the cancelled events and restores the order of the others. */
    void dropCancelled() {
        int from = hole ? 1 : 0;
        int kept = 0;
        for (int i = from; i < size; i++) {
            int slot = slots[i];
            if (events.isCancelled(slot)) {
                events.freeCancelled(slot);
            } else {
                slots[kept] = slot;
                times[kept++] = times[i];
            }
        }
        size = kept;
        hole = false;
        for (int i = (size - 2) >> 2; i >= 0; i--) {
            siftDown(i, times[i], slots[i]);
        }
    }

    void clear() {
        size = 0;
        hole = false;
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
