package org.motleysim.workloads.llm;

/** Request slots in a queue with two ends: newcomers join at the back, the preempted at the front. A ring of power-of-two length. */
final class WaitingQueue implements RequestQueue {
    private int[] ring = new int[64];
    private int head;
    private int size;

    @Override
    public int size() {
        return size;
    }

    @Override
    public int first() {
        return ring[head];
    }

    @Override
    public int get(int position) {
        return ring[(head + position) & (ring.length - 1)];
    }

    @Override
    public void addLast(int slot) {
        ensureRoom();
        ring[(head + size++) & (ring.length - 1)] = slot;
    }

    @Override
    public void addFirst(int slot) {
        ensureRoom();
        head = (head - 1) & (ring.length - 1);
        ring[head] = slot;
        size++;
    }

    @Override
    public int removeFirst() {
        int slot = ring[head];
        head = (head + 1) & (ring.length - 1);
        size--;
        return slot;
    }

    private void ensureRoom() {
        if (size == ring.length) {
            int[] wider = new int[size * 2];
            for (int i = 0; i < size; i++) {
                wider[i] = get(i);
            }
            ring = wider;
            head = 0;
        }
    }
}
