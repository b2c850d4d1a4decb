package org.motleysim.core.engine;

import java.util.Arrays;

/**
 * The next few events in their order, consumed from the front. The {@link Ladder} fills it bucket by bucket; each bucket
 * is sorted where it lies. Nearly all are so short that a row of exchanges without branches is fastest, as the order of
 * random times cannot be predicted. Longer ones are sorted by insertion, long ones by merging; both see at once that
 * events of one time, which come in the order of their sequence, are sorted already.
 */
final class SortedRun {

    private static final int VERY_SHORT = 6;
    private static final int SHORT = 24;
    private static final int ROOM = 1024;

    private final EventTable events;
    private long[] times = new long[ROOM];
    private int[] slots = new int[ROOM];
    private int first;
    private int end;

    /** Room for merging; only ever used by buckets of many equal times. */
    private long[] otherTimes = new long[0];

    private int[] otherSlots = new int[0];

    SortedRun(EventTable events) {
        this.events = events;
    }

    boolean isEmpty() {
        return first == end;
    }

    int size() {
        return end - first;
    }

    long firstTime() {
        return times[first];
    }

    int firstSlot() {
        return slots[first];
    }

    void removeFirst() {
        first++;
    }

    void clear() {
        first = 0;
        end = 0;
    }

    /** Empties the run and gives back the room of an unusually long one. */
    void reset() {
        clear();
        if (times.length > ROOM) {
            times = new long[ROOM];
            slots = new int[ROOM];
        }
        otherTimes = new long[0];
        otherSlots = new int[0];
    }

    /** Appends an event, in no order yet. */
    void append(long time, int slot) {
        if (end == slots.length) {
            times = Arrays.copyOf(times, 2 * end);
            slots = Arrays.copyOf(slots, 2 * end);
        }
        times[end] = time;
        slots[end++] = slot;
    }

    long time(int position) {
        return times[position];
    }

    int slot(int position) {
        return slots[position];
    }

    void set(int position, long time, int slot) {
        times[position] = time;
        slots[position] = slot;
    }

    /** One past the last event appended. */
    int end() {
        return end;
    }

    void truncate(int position) {
        end = position;
    }

    boolean isOneTime(int from) {
        for (int i = from + 1; i < end; i++) {
            if (times[i] != times[from]) {
                return false;
            }
        }
        return true;
    }

    /** Sorts what was appended since {@code from}, which came last first, as chains do. */
    void sort(int from) {
        if (end - from <= VERY_SHORT) {
            sortByExchange(from);
            return;
        }
        for (int low = from, high = end - 1; low < high; low++, high--) {
            long time = times[low];
            int slot = slots[low];
            times[low] = times[high];
            slots[low] = slots[high];
            times[high] = time;
            slots[high] = slot;
        }
        if (end - from <= SHORT) {
            sortByInsertion(from, end);
        } else {
            sortByMerging(from);
        }
    }

    private void sortByExchange(int from) {
        for (int i = from + 1; i < end; i++) {
            long time = times[i];
            int slot = slots[i];
            for (int at = from; at < i; at++) {
                long otherTime = times[at];
                int otherSlot = slots[at];
                // All ones if the other is to come later; times are not negative, so the difference cannot overflow.
                long mask = time == otherTime ? (events.precedes(slot, otherSlot) ? -1 : 0) : (time - otherTime) >> 63;
                long change = (time ^ otherTime) & mask;
                times[at] = otherTime ^ change;
                time ^= change;
                int slotChange = (slot ^ otherSlot) & (int) mask;
                slots[at] = otherSlot ^ slotChange;
                slot ^= slotChange;
            }
            times[i] = time;
            slots[i] = slot;
        }
    }

    private void sortByInsertion(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            long time = times[i];
            int slot = slots[i];
            int at = i;
            while (at > from && isBefore(time, slot, times[at - 1], slots[at - 1])) {
                times[at] = times[at - 1];
                slots[at] = slots[at - 1];
                at--;
            }
            times[at] = time;
            slots[at] = slot;
        }
    }

    private void sortByMerging(int from) {
        for (int low = from; low < end; low += SHORT) {
            sortByInsertion(low, Math.min(low + SHORT, end));
        }
        for (int width = SHORT; width < end - from; width *= 2) {
            for (int low = from; low < end - width; low += 2 * width) {
                merge(low, low + width, Math.min(low + 2 * width, end));
            }
        }
    }

    private void merge(int low, int middle, int high) {
        if (!isBefore(times[middle], slots[middle], times[middle - 1], slots[middle - 1])) {
            return;
        }
        int count = middle - low;
        if (otherTimes.length < count) {
            otherTimes = new long[Math.max(count, 2 * otherTimes.length)];
            otherSlots = new int[otherTimes.length];
        }
        System.arraycopy(times, low, otherTimes, 0, count);
        System.arraycopy(slots, low, otherSlots, 0, count);
        int left = 0;
        int right = middle;
        for (int at = low; left < count; at++) {
            if (right < high && isBefore(times[right], slots[right], otherTimes[left], otherSlots[left])) {
                times[at] = times[right];
                slots[at] = slots[right++];
            } else {
                times[at] = otherTimes[left];
                slots[at] = otherSlots[left++];
            }
        }
    }

    private boolean isBefore(long time, int slot, long otherTime, int otherSlot) {
        return time < otherTime || (time == otherTime && events.precedes(slot, otherSlot));
    }

    long retainedBytes() {
        return 8L * (times.length + otherTimes.length) + 4L * (slots.length + otherSlots.length);
    }
}
