package org.motleysim.hardware.network;

import java.util.Arrays;

/**
 * Flows in order of the time at which they finish; equal times in order of their start. An indexed binary heap, with the times beside the
 * flows so that comparing does not leave the heap.
 */
final class FinishHeap {
    private static final int ABSENT = -1;

    private int[] heap = new int[16];
    private long[] times = new long[16];
    private int size;

    // By flow.
    private int[] place = new int[0];
    private long[] order = new long[0];

    void grow(int flows) {
        int before = place.length;
        place = Arrays.copyOf(place, flows);
        order = Arrays.copyOf(order, flows);
        Arrays.fill(place, before, flows, ABSENT);
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    int first() {
        return heap[0];
    }

    long firstTime() {
        return times[0];
    }

    /** Says when a flow was started, relative to the others. */
    void number(int flow, long startedAs) {
        order[flow] = startedAs;
    }

    /** Adds a flow or moves it to another time. */
    void put(int flow, long atNanos) {
        int at = place[flow];
        if (at == ABSENT) {
            append(flow, atNanos);
            siftUp(size - 1, flow, atNanos);
        } else if (atNanos > times[at]) {
            siftDown(at, flow, atNanos);
        } else {
            siftUp(at, flow, atNanos);
        }
    }

    /** As {@link #put} when many are moved at once; {@link #build} is to follow. */
    void putUnordered(int flow, long atNanos) {
        if (place[flow] == ABSENT) {
            append(flow, atNanos);
        } else {
            times[place[flow]] = atNanos;
        }
    }

    /** Takes a flow out, if it is there. */
    void remove(int flow) {
        int at = place[flow];
        if (at == ABSENT) {
            return;
        }
        place[flow] = ABSENT;
        int last = heap[--size];
        if (last != flow) {
            long time = times[size];
            siftUp(at, last, time);
            siftDown(place[last], last, time);
        }
    }

    /** As {@link #remove} when many are moved at once; {@link #build} is to follow. */
    void removeUnordered(int flow) {
        int at = place[flow];
        if (at != ABSENT) {
            place[flow] = ABSENT;
            int last = heap[--size];
            if (last != flow) {
                set(at, last, times[size]);
            }
        }
    }

    /** Puts all in order, in linear time. */
    void build() {
        for (int i = (size >> 1) - 1; i >= 0; i--) {
            siftDown(i, heap[i], times[i]);
        }
    }

    private void append(int flow, long atNanos) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
        }
        set(size++, flow, atNanos);
    }

    private void set(int at, int flow, long atNanos) {
        heap[at] = flow;
        times[at] = atNanos;
        place[flow] = at;
    }

    private boolean precedes(int flow, long time, int at) {
        return time < times[at] || (time == times[at] && order[flow] < order[heap[at]]);
    }

    private void siftUp(int from, int flow, long time) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >> 1;
            if (!precedes(flow, time, parent)) {
                break;
            }
            set(at, heap[parent], times[parent]);
            at = parent;
        }
        set(at, flow, time);
    }

    private void siftDown(int from, int flow, long time) {
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && precedes(heap[child + 1], times[child + 1], child)) {
                child++;
            }
            if (!precedes(heap[child], times[child], flow, time)) {
                break;
            }
            set(at, heap[child], times[child]);
            at = child;
        }
        set(at, flow, time);
    }

    private boolean precedes(int flow, long time, int other, long otherTime) {
        return time < otherTime || (time == otherTime && order[flow] < order[other]);
    }
}
