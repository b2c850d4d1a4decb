package org.motleysim.hardware.network;

import java.util.Arrays;

/** Numbered things in order of a level, least first: a binary heap whose levels may only rise once it is built. */
final class LevelHeap {
    private double[] levels = new double[16];
    private int[] items = new int[16];
    private int size;

    void clear() {
        size = 0;
    }

    /** Adds without order; {@link #build} is to follow. */
    void append(int item, double level) {
        if (size == items.length) {
            levels = Arrays.copyOf(levels, 2 * size);
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size] = item;
        levels[size++] = level;
    }

    /** Puts all in order, in linear time (Floyd). */
    void build() {
        for (int i = (size >> 1) - 1; i >= 0; i--) {
            siftDown(i, items[i], levels[i]);
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    int first() {
        return items[0];
    }

    double firstLevel() {
        return levels[0];
    }

    void removeFirst() {
        size--;
        if (size > 0) {
            siftDown(0, items[size], levels[size]);
        }
    }

    void raiseFirst(double level) {
        siftDown(0, items[0], level);
    }

    private void siftDown(int from, int item, double level) {
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && levels[child + 1] < levels[child]) {
                child++;
            }
            if (level <= levels[child]) {
                break;
            }
            levels[at] = levels[child];
            items[at] = items[child];
            at = child;
        }
        levels[at] = level;
        items[at] = item;
    }
}
