package org.motleysim.core.resource;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventType;

/**
 * Jobs ordered by the virtual time at which they end, and among equals by age: a binary heap of slots over parallel arrays.
 *
 * <p>A slot keeps its number while the job lives; {@code place} says where in the heap it is, so that any job can be removed in
 * O(log n). A job's name is its slot and the generation of that slot, so that the name of a job long gone finds nothing.
 */
final class JobHeap {
    private double[] finish = new double[8];
    private double[] weight = new double[8];
    private long[] age = new long[8];
    private long[] argument = new long[8];
    private @Nullable EventType[] type = new @Nullable EventType[8];
    private int[] generation = new int[8];
    private int[] place = new int[8];

    /** Slots: those of the living in heap order, then the free ones. */
    private int[] heap = {0, 1, 2, 3, 4, 5, 6, 7};

    private int size;
    private long born;

    int size() {
        return size;
    }

    long add(double finishTime, double itsWeight, EventType itsType, long itsArgument) {
        if (size == heap.length) {
            grow();
        }
        int slot = heap[size];
        finish[slot] = finishTime;
        weight[slot] = itsWeight;
        age[slot] = born++;
        type[slot] = itsType;
        argument[slot] = itsArgument;
        generation[slot] = (generation[slot] + 1) & Integer.MAX_VALUE;
        up(size++, slot);
        return (long) generation[slot] << 32 | slot;
    }

    /** Returns the slot of a living job, or -1. */
    int find(long job) {
        int slot = (int) job;
        boolean alive = slot >= 0
                && slot < heap.length
                && generation[slot] == (int) (job >>> 32)
                && place[slot] < size
                && heap[place[slot]] == slot;
        return alive ? slot : -1;
    }

    int first() {
        return heap[0];
    }

    double finish(int slot) {
        return finish[slot];
    }

    double weight(int slot) {
        return weight[slot];
    }

    EventType type(int slot) {
        return Objects.requireNonNull(type[slot]);
    }

    long argument(int slot) {
        return argument[slot];
    }

    void remove(int slot) {
        int hole = place[slot];
        int last = heap[--size];
        if (last != slot) {
            up(hole, last);
            down(place[last], last);
        }
        heap[size] = slot;
        place[slot] = size;
        type[slot] = null;
    }

    private void up(int hole, int slot) {
        while (hole > 0) {
            int parent = (hole - 1) >>> 1;
            if (!before(slot, heap[parent])) {
                break;
            }
            put(hole, heap[parent]);
            hole = parent;
        }
        put(hole, slot);
    }

    private void down(int hole, int slot) {
        while (true) {
            int child = 2 * hole + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], slot)) {
                break;
            }
            put(hole, heap[child]);
            hole = child;
        }
        put(hole, slot);
    }

    private void put(int where, int slot) {
        heap[where] = slot;
        place[slot] = where;
    }

    private boolean before(int a, int b) {
        return finish[a] < finish[b] || (finish[a] == finish[b] && age[a] < age[b]);
    }

    private void grow() {
        int length = heap.length;
        finish = Arrays.copyOf(finish, 2 * length);
        weight = Arrays.copyOf(weight, 2 * length);
        age = Arrays.copyOf(age, 2 * length);
        argument = Arrays.copyOf(argument, 2 * length);
        type = Arrays.copyOf(type, 2 * length);
        generation = Arrays.copyOf(generation, 2 * length);
        place = Arrays.copyOf(place, 2 * length);
        heap = Arrays.copyOf(heap, 2 * length);
        for (int slot = length; slot < heap.length; slot++) {
            put(slot, slot);
        }
    }
}
