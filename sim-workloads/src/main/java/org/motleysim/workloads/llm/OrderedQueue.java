package org.motleysim.workloads.llm;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Requests in the order of a number that each has, such as a deadline; of equal ones who joined first. A binary heap in columns of
 * primitives, so joining and leaving take O(log n) and allocate nothing. A preempted request has its number again, and its place among equals
 * before all others.
 */
final class OrderedQueue implements RequestQueue {
    private final IntToLongFunction key;
    private int[] slot = new int[64];
    private long[] rank = new long[64];
    private long[] turn = new long[64];
    private int size;
    private long joined;
    private long returned;

    /** Creates an empty queue; the lowest {@code key} of a slot goes first. */
    OrderedQueue(IntToLongFunction key) {
        this.key = key;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int first() {
        return slot[0];
    }

    @Override
    public int get(int position) {
        return slot[position];
    }

    @Override
    public void addLast(int request) {
        add(request, ++joined);
    }

    @Override
    public void addFirst(int request) {
        add(request, --returned);
    }

    private void add(int request, long order) {
        if (size == slot.length) {
            slot = Arrays.copyOf(slot, 2 * size);
            rank = Arrays.copyOf(rank, 2 * size);
            turn = Arrays.copyOf(turn, 2 * size);
        }
        int at = size++;
        put(at, request, key.applyAsLong(request), order);
        while (at > 0 && before(at, (at - 1) / 2)) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    @Override
    public int removeFirst() {
        int request = slot[0];
        size--;
        put(0, slot[size], rank[size], turn[size]);
        int at = 0;
        while (true) {
            int least = at;
            for (int child = 2 * at + 1; child <= 2 * at + 2 && child < size; child++) {
                if (before(child, least)) {
                    least = child;
                }
            }
            if (least == at) {
                return request;
            }
            swap(at, least);
            at = least;
        }
    }

    private boolean before(int one, int other) {
        return rank[one] < rank[other] || (rank[one] == rank[other] && turn[one] < turn[other]);
    }

    private void put(int at, int request, long requestRank, long requestTurn) {
        slot[at] = request;
        rank[at] = requestRank;
        turn[at] = requestTurn;
    }

    private void swap(int one, int other) {
        int request = slot[one];
        long requestRank = rank[one];
        long requestTurn = turn[one];
        put(one, slot[other], rank[other], turn[other]);
        put(other, request, requestRank, requestTurn);
    }
}
