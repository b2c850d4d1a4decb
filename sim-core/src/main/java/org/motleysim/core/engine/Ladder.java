package org.motleysim.core.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The events that are not due soon, in buckets, without order inside a bucket: O(1) for each event however many wait.
 *
 * <p><b>Idea.</b> Ordering a large set of which only the front is ever looked at is wasted work. A calendar queue
 * (Brown, "Calendar queues: a fast O(1) priority queue implementation for the simulation event set problem", CACM 1988)
 * throws events into days and sorts a day when it comes; it suffers when days are filled unevenly. A ladder queue (Tang,
 * Goh and Thng, "Ladder queue: an O(1) priority queue structure for large-scale discrete event simulation", TOMACS 2005)
 * divides a crowded bucket into a rung of finer ones. This is a ladder whose first rung rolls like a calendar:
 *
 * <pre>
 *   now     readyUntil                                          cursor + window
 *    | run, heap |  ring: buckets of one width, unsorted chains  |  far: unsorted, in a few chains
 *                | child: a crowded bucket in finer buckets |
 * </pre>
 *
 * <p>What is due up to {@code readyUntil} has left the ladder: it is in the {@link SortedRun}, and what is scheduled
 * into that span goes to the {@link EventHeap}. When both are used up, {@link #fill} takes the next buckets. A crowded
 * bucket is divided into a child, to any depth, down to buckets of one nanosecond; events of one single time are sorted
 * by merging, which finds them in order. Far events enter the ring once in a turn of its window.
 *
 * <p><b>Cost.</b> An event is linked into a chain, taken from it into a short sort, and that is all, if the width fits:
 * a few events in each bucket near the cursor. {@link PendingEvents} lays the ladder anew when the number of events has
 * changed by a factor, or when {@link #isUnfit} finds too many empty buckets, far events or divided buckets.
 *
 * <p><b>Cache misses.</b> In a large set each record is a miss, and a chain would serve its misses one after the other.
 * So {@link #touch} first walks a dozen chains side by side, for no other reason than to have their misses overlap; far
 * events wait in several chains for the same reason.
 */
final class Ladder {

    /** Events wanted in a bucket near the cursor, at most; between half of it and it, as widths are powers of two. */
    private static final double PER_BUCKET = 4;

    /** A bucket with more events of different times is divided. */
    private static final int CROWDED = 96;

    private static final int FAR_CHAINS = 16;
    private static final int TOUCHED_CHAINS = 16;

    /** A set of which more events than this wait does not stay in the cache. */
    private static final int IN_CACHE = 1 << 13;

    private static final int MIN_RUN = 12;
    private static final int MAX_RUN = 128;
    private static final int MAX_CHILDREN = 16;

    private final EventTable events;
    private final SortedRun run;
    private final Rung ring;
    private final @Nullable Rung[] children = new @Nullable Rung[MAX_CHILDREN];
    private final int[] far = new int[FAR_CHAINS];
    private final int[] walkers = new int[TOUCHED_CHAINS];

    private int depth;
    private int inRungs;
    private int inFar;

    /** Bucket of the ring before which no far event is due. */
    private long farDue;

    private long readyUntil = Long.MAX_VALUE;

    /** What the time since the ladder was laid was spent on, in events or buckets. */
    private long taken;

    private long wasted;

    Ladder(EventTable events, SortedRun run) {
        this.events = events;
        this.run = run;
        this.ring = new Rung(events, true);
    }

    /** The last time that events may no longer be added for; all of time if the ladder is not in use. */
    long readyUntil() {
        return readyUntil;
    }

    /**
     * Empties the ladder and lays it for {@code count} events from {@code first} on, of which about
     * {@code perNano} are due in a nanosecond at the front.
     */
    void lay(int count, long first, double perNano) {
        clear();
        long width = (long) Math.min(PER_BUCKET / perNano, 0x1p55);
        int shift = width <= 1 ? 0 : 63 - Long.numberOfLeadingZeros(width);
        ring.lay(shift, Integer.highestOneBit(count), first >>> shift);
        farDue = ring.cursor + ring.window();
        readyUntil = ring.end();
    }

    /** Empties the ladder and takes it out of use. */
    void close() {
        clear();
        ring.forget();
        Arrays.fill(children, null);
        readyUntil = Long.MAX_VALUE;
    }

    private void clear() {
        Arrays.fill(far, 0);
        depth = 0;
        inRungs = 0;
        inFar = 0;
        taken = 0;
        wasted = 0;
    }

    boolean isLaid() {
        return ring.window() > 0;
    }

    /** Returns whether laying the ladder anew is likely to pay. */
    boolean isUnfit() {
        return wasted > 8 * taken + ring.window();
    }

    /** Adds an event that is due after {@link #readyUntil}. */
    void add(long time, int slot) {
        for (int i = depth - 1; i >= 0; i--) {
            if (children[i].add(time, slot)) {
                inRungs++;
                return;
            }
        }
        if (ring.add(time, slot)) {
            inRungs++;
        } else {
            addFar(slot);
        }
    }

    private void addFar(int slot) {
        int chain = slot & (FAR_CHAINS - 1);
        events.link(slot, far[chain]);
        far[chain] = slot;
        inFar++;
    }

    /** Moves the next events to the run, which must be empty; returns whether there were any. */
    boolean fill() {
        run.clear();
        while (run.isEmpty()) {
            if (inRungs == 0) {
                if (inFar == 0) {
                    return false;
                }
                jump();
            }
            while (depth > 0 && children[depth - 1].window() == 0) {
                depth--;
            }
            take(depth > 0 ? children[depth - 1] : ring);
        }
        return true;
    }

    /** Takes buckets from a rung until the run has enough or the end of the rung, or of what it may know, is reached. */
    private void take(Rung rung) {
        if (rung == ring && ring.cursor == farDue) {
            admitFar();
        }
        int wanted = Math.max(MIN_RUN, Math.min(inRungs >> 6, MAX_RUN));
        long end = rung == ring ? farDue : rung.cursor + rung.window();
        long touched = inRungs > IN_CACHE ? rung.cursor : end;
        long bucket = rung.cursor;
        while (bucket != end && run.size() < wanted && inRungs > 0) {
            if (bucket == touched) {
                touched = touch(rung, bucket, end);
            }
            int head = rung.head(bucket);
            if (head == 0) {
                wasted++;
            } else if (!takeBucket(rung, bucket, head)) {
                break;
            }
            bucket++;
        }
        // A bucket that was divided has been passed by divide; what it had is in a child now.
        rung.advanceTo(Math.max(bucket, rung.cursor));
        readyUntil = depth > 0 && rung != children[depth - 1] ? children[depth - 1].end() : rung.end();
    }

    /** Moves a bucket to the run, in order. Returns false if it is crowded: then it was divided, or waits to be. */
    private boolean takeBucket(Rung rung, long bucket, int head) {
        int from = run.end();
        int met = 0;
        for (int slot = head; slot != 0; slot = events.link(slot)) {
            run.append(events.time(slot), slot);
            met++;
        }
        if (met > CROWDED && rung.shift > 0 && !run.isOneTime(from)) {
            if (from == 0) {
                divide(rung, bucket);
            }
            run.truncate(from);
            return false;
        }
        rung.empty(bucket);
        inRungs -= met;
        taken += met;
        if (events.cancelled() > 0) {
            dropCancelled(from);
        }
        run.sort(from);
        return true;
    }

    private void dropCancelled(int from) {
        int kept = from;
        for (int i = from; i < run.end(); i++) {
            int slot = run.slot(i);
            if (events.isCancelled(slot)) {
                events.freeCancelled(slot);
            } else {
                run.set(kept++, run.time(i), slot);
            }
        }
        run.truncate(kept);
    }

    /** Spreads a bucket, whose events are all of the run, over a new child. */
    private void divide(Rung rung, long bucket) {
        int bits = Math.min(rung.shift, 30 - Integer.numberOfLeadingZeros(run.size()));
        int shift = rung.shift - bits;
        if (children[depth] == null) {
            children[depth] = new Rung(events, false);
        }
        Rung child = children[depth++];
        child.lay(shift, 1 << bits, bucket << bits);
        for (int i = run.end() - 1; i >= 0; i--) {
            child.add(run.time(i), run.slot(i));
        }
        wasted += 2L * run.size();
        rung.empty(bucket);
        rung.advanceTo(bucket + 1);
    }

    /** Brings the events of the next buckets into the cache; returns the bucket up to which it did. */
    private long touch(Rung rung, long from, long end) {
        int count = 0;
        long bucket = from;
        while (bucket != end && count < TOUCHED_CHAINS && bucket - from < 8 * TOUCHED_CHAINS) {
            int head = rung.head(bucket++);
            if (head != 0) {
                walkers[count++] = head;
            }
        }
        int any;
        do {
            any = 0;
            for (int i = 0; i < count; i++) {
                int next = events.link(walkers[i]);
                walkers[i] = next;
                any |= next;
            }
        } while (any != 0);
        return bucket;
    }

    /** Takes those far events into the ring that its window has reached. */
    private void admitFar() {
        int[] heads = walkers;
        System.arraycopy(far, 0, heads, 0, FAR_CHAINS);
        Arrays.fill(far, 0);
        wasted += inFar;
        inFar = 0;
        int any;
        do {
            any = 0;
            for (int i = 0; i < FAR_CHAINS; i++) {
                int slot = heads[i];
                if (slot != 0) {
                    heads[i] = events.link(slot);
                    any |= heads[i];
                    admit(slot);
                }
            }
        } while (any != 0);
        farDue = ring.cursor + ring.window();
    }

    private void admit(int slot) {
        if (events.isCancelled(slot)) {
            events.freeCancelled(slot);
        } else if (ring.add(events.time(slot), slot)) {
            inRungs++;
        } else {
            addFar(slot);
        }
    }

    /** Moves the empty ring to the first far event. */
    private void jump() {
        long first = Long.MAX_VALUE;
        for (int head : far) {
            for (int slot = head; slot != 0; slot = events.link(slot)) {
                first = Math.min(first, events.time(slot));
            }
        }
        wasted += inFar;
        depth = 0;
        ring.advanceTo(first >>> ring.shift);
        readyUntil = ring.end();
        admitFar();
    }

    long retainedBytes() {
        long bytes = ring.retainedBytes() + 4L * (FAR_CHAINS + TOUCHED_CHAINS);
        for (Rung child : children) {
            bytes += child == null ? 0 : child.retainedBytes();
        }
        return bytes;
    }
}
