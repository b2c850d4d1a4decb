package org.motleysim.core.engine;

import java.util.Arrays;

/**
 * The pending events in their order: time, then priority, then sequence.
 *
 * <p>A handful of events waits in a {@link ShortList}, few in an {@link EventHeap}. Many wait in a {@link Ladder}, from which the next few go to a
 * {@link SortedRun}; the heap then holds what was scheduled into the span of the run. An event's place in these is
 * its slot of the {@link EventTable} and nothing else, so all of them can be thrown away and laid anew from the table in
 * one sequential pass, {@link #rebuild}. That one operation switches between heap and ladder (with a factor of four
 * between the two thresholds, so that a set near one of them does not switch to and fro), fits the ladder to the events,
 * and frees the cancelled ones. It is only done after work in proportion to the length of the table since the last time,
 * which keeps it O(1) for each event.
 *
 * <p>Cancelled events stay where they are until they are met. They never outnumber the living or a quarter of the table,
 * whichever is more.
 */
final class PendingEvents {

    /** More events than this are worth a ladder. */
    static final int MANY = 512;

    /** Fewer events than this are not. */
    static final int FEW = 128;

    /** With so few left, the heap's go back to the short list: half of its room, so that a set near it does not move to and fro. */
    private static final int HANDFUL = ShortList.ROOM / 2;

    private static final int SAMPLES = 256;
    private static final int GROWTH = 3;
    private static final int SHRINKAGE = 8;

    final EventTable events = new EventTable();
    private final ShortList handful = new ShortList(events);
    private final EventHeap heap = new EventHeap(events);
    private final SortedRun run = new SortedRun(events);
    private final Ladder ladder = new Ladder(events, run);

    /** Whether all events are in the short list; none are, otherwise. */
    private boolean isHandful = true;

    /** The last time that goes to the heap; all of time while there is no ladder. */
    private long readyUntil = Long.MAX_VALUE;

    /** Sizes at which to rebuild. */
    private int tooMany = MANY;

    private int tooFew;

    /** Events added since the last rebuild. */
    private int added;

    /** Adds an event and returns its handle. */
    long add(long time, long order, int type, long argument) {
        int slot = events.add(time, order, type, argument);
        if (isHandful) {
            if (!handful.isFull()) {
                handful.add(time, slot);
                return EventTable.handle(order, slot);
            }
            spill();
        }
        added++;
        if (events.live() <= tooMany || !rebuiltForGrowth()) {
            if (time <= readyUntil) {
                heap.add(time, slot);
            } else {
                ladder.add(time, slot);
            }
        }
        return EventTable.handle(order, slot);
    }

    private void spill() {
        isHandful = false;
        while (!handful.isEmpty()) {
            heap.add(handful.firstTime(), handful.removeFirst());
        }
    }

    /** Takes out the first event if it is due by {@code limit}; returns its slot, or 0. Its record is still to be freed. */
    int poll(long limit) {
        if (!isHandful) {
            return pollMany(limit);
        }
        return handful.isEmpty() || handful.firstTime() > limit ? 0 : handful.removeFirst();
    }

    private int pollMany(long limit) {
        if (events.live() <= HANDFUL && readyUntil == Long.MAX_VALUE) {
            gather();
            return poll(limit);
        }
        while (!(run.isEmpty() && heap.isEmpty()) || refill()) {
            boolean fromHeap = run.isEmpty() || (!heap.isEmpty() && heapIsFirst());
            int slot = fromHeap ? heap.firstSlot() : run.firstSlot();
            boolean cancelled = events.isCancelled(slot);
            if (!cancelled && events.time(slot) > limit) {
                return 0;
            }
            if (fromHeap) {
                heap.removeFirst();
            } else {
                run.removeFirst();
            }
            if (!cancelled) {
                return slot;
            }
            events.freeCancelled(slot);
        }
        return 0;
    }

    /** Moves what is left in the heap to the short list; there is nothing elsewhere without a ladder. */
    private void gather() {
        while (!heap.isEmpty()) {
            int slot = heap.firstSlot();
            heap.removeFirst();
            if (events.isCancelled(slot)) {
                events.freeCancelled(slot);
            } else {
                handful.add(events.time(slot), slot);
            }
        }
        isHandful = true;
    }

    private boolean heapIsFirst() {
        long inHeap = heap.firstTime();
        long inRun = run.firstTime();
        return inHeap < inRun || (inHeap == inRun && events.precedes(heap.firstSlot(), run.firstSlot()));
    }

    private boolean refill() {
        if (readyUntil == Long.MAX_VALUE) {
            return false;
        }
        if ((events.live() < tooFew || ladder.isUnfit()) && rebuildIsDue()) {
            rebuild();
            if (!heap.isEmpty()) {
                return true;
            }
        }
        boolean any = ladder.fill();
        readyUntil = ladder.readyUntil();
        return any;
    }

    /** Cancels a pending event. */
    void cancel(int slot) {
        if (isHandful) {
            handful.remove(slot);
            events.free(slot);
            return;
        }
        events.cancel(slot);
        if (events.cancelled() > Math.max(events.live(), Math.max(FEW, events.end() >> 2))) {
            rebuild();
        }
    }

    private boolean rebuildIsDue() {
        return added >= events.end() >> 2;
    }

    private boolean rebuiltForGrowth() {
        if (rebuildIsDue()) {
            rebuild();
            return true;
        }
        tooMany = events.live() + (events.end() >> 2);
        return false;
    }

    private void rebuild() {
        boolean laddered = ladder.isLaid();
        heap.reset();
        run.reset();
        added = 0;
        if (events.live() > (laddered ? FEW : MANY)) {
            layLadder();
        } else {
            ladder.close();
            readyUntil = Long.MAX_VALUE;
            tooMany = MANY;
            tooFew = 0;
        }
        for (int slot = 1, end = events.end(); slot < end; slot++) {
            int type = events.type(slot);
            if (type < 0) {
                events.freeCancelled(slot);
            } else if (type > 0) {
                long time = events.time(slot);
                if (time <= readyUntil) {
                    heap.add(time, slot);
                } else {
                    ladder.add(time, slot);
                }
            }
        }
    }

    /** Lays the ladder for as many events as there are, by the density of their earliest quarter. */
    private void layLadder() {
        int count = events.live();
        int stride = Math.max(1, count / SAMPLES);
        long[] sample = new long[count / stride];
        long first = Long.MAX_VALUE;
        int met = 0;
        for (int slot = 1, end = events.end(); slot < end; slot++) {
            if (events.type(slot) > 0) {
                long time = events.time(slot);
                first = Math.min(first, time);
                if (++met % stride == 0 && met / stride <= sample.length) {
                    sample[met / stride - 1] = time;
                }
            }
        }
        Arrays.sort(sample);
        int quantile = sample.length / 4;
        while (sample[quantile] == first && quantile < sample.length - 1) {
            quantile++;
        }
        double share = (quantile + 1.0) / sample.length;
        ladder.lay(count, first, share * count / Math.max(1, sample[quantile] - first));
        readyUntil = ladder.readyUntil();
        tooMany = (int) Math.min((long) GROWTH * count, Integer.MAX_VALUE);
        tooFew = Math.max(FEW, count / SHRINKAGE);
    }

    long retainedBytes() {
        return events.retainedBytes()
                + handful.retainedBytes()
                + heap.retainedBytes()
                + run.retainedBytes()
                + ladder.retainedBytes();
    }
}
