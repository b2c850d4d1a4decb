package org.motleysim.workloads.graph;

import java.util.Arrays;

/**
 * When a device is taken, as sorted intervals that do not overlap; neighbours without a gap between them are kept as one, so that only the
 * gaps count. Times are sums of doubles: what differs by a trillionth is the same time, so that a task fits a gap of just its length.
 */
final class DeviceCalendar {
    private static final double SAME = 1e-12;

    private double[] starts = new double[8];
    private double[] ends = new double[8];
    private int size;

    /** When the last interval ends. */
    double end() {
        return size == 0 ? 0 : ends[size - 1];
    }

    /** The first moment, not before {@code ready}, from which the device is free for that long. */
    double earliest(double ready, double seconds) {
        // Gaps that end before the task is ready are of no use: begin with the first interval that ends after that.
        int i = Arrays.binarySearch(ends, 0, size, ready);
        i = i < 0 ? -i - 1 : i;
        double free = ready;
        while (i < size && free + seconds > starts[i] * (1 + SAME)) {
            free = Math.max(free, ends[i]);
            i++;
        }
        return free;
    }

    /**
     * Takes the device from start to end, which {@link #earliest} has found free. A task of no time takes a moment too: nothing may be put
     * across it.
     */
    void take(double start, double end) {
        int i = Arrays.binarySearch(ends, 0, size, start);
        i = i < 0 ? -i - 1 : i;
        if (i < size && ends[i] <= start * (1 + SAME)) {
            i++;
        }
        boolean joinsLeft = i > 0 && ends[i - 1] >= start * (1 - SAME);
        boolean joinsRight = i < size && end >= starts[i] * (1 - SAME);
        if (joinsLeft && joinsRight) {
            ends[i - 1] = ends[i];
            remove(i);
        } else if (joinsLeft) {
            ends[i - 1] = end;
        } else if (joinsRight) {
            starts[i] = start;
        } else {
            insert(i, start, end);
        }
    }

    private void insert(int at, double start, double end) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        System.arraycopy(starts, at, starts, at + 1, size - at);
        System.arraycopy(ends, at, ends, at + 1, size - at);
        starts[at] = start;
        ends[at] = end;
        size++;
    }

    private void remove(int at) {
        System.arraycopy(starts, at + 1, starts, at, size - at - 1);
        System.arraycopy(ends, at + 1, ends, at, size - at - 1);
        size--;
    }
}
