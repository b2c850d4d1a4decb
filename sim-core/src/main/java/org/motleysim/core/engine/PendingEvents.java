package org.motleysim.core.engine;

/** The pending events, in the order (time, priority, sequence). */
final class PendingEvents {

    private static final int FEW = 64;

    final EventTable events = new EventTable();
    private final EventHeap heap = new EventHeap(events);

    long add(long time, long order, int type, long argument) {
        int slot = events.add(time, order, type, argument);
        heap.add(time, slot);
        return events.handle(slot);
    }

    /** Takes out the first event if it is due by {@code limit}; returns its slot, or 0. */
    int poll(long limit) {
        while (!heap.isEmpty()) {
            long time = heap.firstTime();
            int slot = heap.firstSlot();
            if (events.isCancelled(slot)) {
                heap.removeFirst();
                events.freeCancelled(slot);
            } else if (time > limit) {
                return 0;
            } else {
                heap.removeFirst();
                return slot;
            }
        }
        return 0;
    }

    void cancel(int slot) {
        events.cancel(slot);
        if (events.cancelled() > Math.max(FEW, events.live())) {
            heap.dropCancelled();
        }
    }

    long retainedBytes() {
        return events.retainedBytes() + heap.retainedBytes();
    }
}
