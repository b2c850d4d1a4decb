package org.motleysim.core.engine;

import java.util.Arrays;

/**
 * The pending events in their order: time, then priority, then sequence.
 *
 * <p>A handful of events waits in a {@link ShortList}, which keeps the events themselves. More of them have a slot in the
 * {@link EventTable} each. Few of these wait in an {@link EventHeap}; many in a {@link Ladder}, from which the next few go
 * to a {@link SortedRun}, and the heap then holds what was scheduled into the span of the run. What heap, run and ladder
 * keep of an event is its slot and nothing else, so all of them can be thrown away and laid anew from the table in one
 * sequential pass, {@link #rebuild}. That one operation switches between heap and ladder (with a factor of four
 * between the two thresholds, so that a set near one of them does not switch to and fro), fits the ladder to the events,
 * and frees the cancelled ones. It is only done after work in proportion to the length of the table since the last time,
 * which keeps it O(1) for each event.
 *
 * <p>Cancelled events stay where they are until they are met. They never outnumber the living or a quarter of the table,
 * whichever is more.
 */
final class PendingEvents {

    /** More events than this are worth a ladder. */
    static final int MANY = 64;

    /** Fewer events than this are not. */
    static final int FEW = 16;

    /** With so few left, they go back to the short list: half of its room, so that a set near it does not move to and fro. */
    private static final int HANDFUL = ShortList.ROOM / 2;

    private static final int SAMPLES = 256;
    private static final int GROWTH = 3;
    private static final int SHRINKAGE = 8;

    final EventTable events = new EventTable();
    final ShortList handful = new ShortList();
    private final EventHeap heap = new EventHeap(events);
    private final SortedRun run = new SortedRun(events);
    private final Ladder ladder = new Ladder(events, run);

    /** The last time that goes to the heap; all of time while there is no ladder. */
    private long readyUntil = Long.MAX_VALUE;

    /** Sizes at which to rebuild. */
    private int tooMany = MANY;

    private int tooFew;

    /** Events added since the last rebuild. */
    private int added;

    /** Adds an event and returns its handle. */
    long add(long time, long order, int type, long argument) {
        if (handful.hasRoom()) {
            handful.add(time, order, type, argument);
            return EventTable.handle(order, EventTable.NO_SLOT);
        }
        if (handful.isInUse()) {
            spill();
        }
        int slot = events.add(time, order, type, argument);
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

    /** Moves the events of the short list, which is full, to the table and the heap. */
    private void spill() {
        events.addAll(handful);
        for (int slot = handful.size(); slot > 0; slot--) {
            heap.add(events.time(slot), slot);
        }
        handful.close();
    }

    /**
     * Takes out the first event if it is due by {@code limit}; returns its place, or 0. Its record can be read until it is
     * released.
     */
    int poll(long limit) {
        if (handful.isInUse()) {
            return handful.isDue(limit) ? handful.removeFirst() : 0;
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

    /** Forgets an event that was polled. */
    void release(int place) {
        if (!handful.isInUse()) {
            events.free(place);
            if (events.live() <= HANDFUL && readyUntil == Long.MAX_VALUE) {
                gather();
            }
        }
    }

    /** Moves what is left in the heap to the short list; there is nothing elsewhere without a ladder. */
    private void gather() {
        int position = events.live();
        handful.open(position);
        while (!heap.isEmpty()) {
            int slot = heap.firstSlot();
            heap.removeFirst();
            if (events.isCancelled(slot)) {
                events.freeCancelled(slot);
            } else {
                events.moveTo(handful, position--, slot);
            }
        }
        events.reset();
    }

    /** Returns the number of events. */
    int size() {
        return handful.isInUse() ? handful.size() : events.live();
    }

    /**
     * Returns the place of a pending event, or 0 if the handle is stale or none. A place is a position in the short list or
     * a slot of the table, and good until the next event is added or taken out.
     */
    int find(long handle) {
        return handful.isInUse() ? handful.find(handle) : events.find(handle);
    }

    long time(int place) {
        return handful.isInUse() ? handful.time(place) : events.time(place);
    }

    long order(int place) {
        return handful.isInUse() ? handful.order(place) : events.order(place);
    }

    long argument(int place) {
        return handful.isInUse() ? handful.argument(place) : events.argument(place);
    }

    int type(int place) {
        return handful.isInUse() ? handful.type(place) : events.type(place);
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
    void cancel(int place) {
        if (handful.isInUse()) {
            handful.remove(place);
            return;
        }
        events.cancel(place);
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
