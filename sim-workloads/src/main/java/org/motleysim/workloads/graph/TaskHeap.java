package org.motleysim.workloads.graph;

import java.util.Arrays;

/** Tasks by a number, the least first; numbers are different. A binary heap over two arrays. */
final class TaskHeap {
    private long[] keys = new long[8];
    private int[] tasks = new int[8];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    int first() {
        return tasks[0];
    }

    long firstKey() {
        return keys[0];
    }

    void add(int task, long key) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            tasks = Arrays.copyOf(tasks, 2 * size);
        }
        int at = size++;
        while (at > 0 && keys[(at - 1) / 2] > key) {
            keys[at] = keys[(at - 1) / 2];
            tasks[at] = tasks[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        keys[at] = key;
        tasks[at] = task;
    }

    int removeFirst() {
        int first = tasks[0];
        long key = keys[--size];
        int task = tasks[size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[child] > key) {
                break;
            }
            keys[at] = keys[child];
            tasks[at] = tasks[child];
            at = child;
        }
        keys[at] = key;
        tasks[at] = task;
        return first;
    }
}
