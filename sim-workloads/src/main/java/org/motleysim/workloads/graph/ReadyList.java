package org.motleysim.workloads.graph;

import java.util.Arrays;

/** Ready tasks in the order in which they became ready. Taking the first costs nothing, taking another one moves those before it. */
final class ReadyList {
    private int[] tasks = new int[16];
    private int head;
    private int size;

    void add(int task) {
        if (head + size == tasks.length) {
            // Half of it may have been taken from the front.
            int[] room = size > tasks.length / 2 ? new int[2 * tasks.length] : tasks;
            System.arraycopy(tasks, head, room, 0, size);
            tasks = room;
            head = 0;
        }
        tasks[head + size++] = task;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    int get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("ready task (" + index + ") must be from 0 to " + (size - 1));
        }
        return tasks[head + index];
    }

    /** Takes a task out and returns whether it was there. */
    boolean remove(int task) {
        for (int i = 0; i < size; i++) {
            if (tasks[head + i] == task) {
                System.arraycopy(tasks, head, tasks, head + 1, i);
                head++;
                size--;
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOfRange(tasks, head, head + size));
    }
}
