package org.motleysim.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Short list, heap and ladder, and the switching between them, against a sorted set of plain records. */
class PendingEventsTest {

    private static final int OPERATIONS = 400_000;

    private record Reference(long time, long order, long argument, long handle) {}

    private static final Comparator<Reference> ORDER =
            Comparator.comparingLong(Reference::time).thenComparingLong(Reference::order);

    /** Shapes of increments, some of which are there to defeat bucket queues. */
    enum Increments {
        ALL_EQUAL,
        ZERO_OR_ONE,
        DECREASING,
        PARETO,
        BIMODAL,
        UNIFORM,
        EXPONENTIAL,
        SHRINKING_SCALE,
        GROWING_SCALE,
        CLUSTERS,
        WHOLE_RANGE;

        long next(SplittableRandom random, int operation) {
            double u = random.nextDouble();
            return switch (this) {
                case ALL_EQUAL -> 1_000;
                case ZERO_OR_ONE -> random.nextInt(2);
                case DECREASING -> OPERATIONS - operation;
                case PARETO -> (long) Math.min(1e15, 10 / Math.pow(1 - u, 2));
                case BIMODAL -> random.nextInt(100) == 0 ? 1_000_000_000L + random.nextInt(1_000) : random.nextInt(100);
                case UNIFORM -> random.nextInt(1_000_000);
                case EXPONENTIAL -> (long) (-1e6 * Math.log(1 - u));
                case SHRINKING_SCALE -> (long) (u * Math.pow(10, 9 - 9.0 * operation / OPERATIONS));
                case GROWING_SCALE -> (long) (u * Math.pow(10, 9.0 * operation / OPERATIONS));
                case CLUSTERS -> random.nextInt(5) * 1_000_000_000L + random.nextInt(50);
                case WHOLE_RANGE -> random.nextLong(1L << random.nextInt(1, 44));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void poll_afterRandomAddsCancelsAndMoves_equalsSortedSet(Increments increments) {
        long seed = System.nanoTime();
        System.out.println("PendingEventsTest " + increments + " seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        PendingEvents pending = new PendingEvents();
        Priority[] priorities = Priority.values();
        TreeSet<Reference> reference = new TreeSet<>(ORDER);
        List<Reference> known = new ArrayList<>();
        long now = 0;
        long sequence = 0;
        int target = 0;
        for (int operation = 0; operation < OPERATIONS; operation++) {
            if (operation % 20_000 == 0) {
                // From a handful to tens of thousands and back, across all thresholds.
                int[] targets = {3, 40_000, 300, 60, 2_000, 10, 8_000, 14};
                target = targets[random.nextInt(targets.length)];
            }
            int choice = random.nextInt(100);
            int growth = reference.size() < target ? 70 : 30;
            if (choice < growth) {
                long order = priorities[random.nextInt(3)].bits | ++sequence;
                long time = now + increments.next(random, operation);
                long handle = pending.add(time, order, 2, operation);
                Reference added = new Reference(time, order, operation, handle);
                reference.add(added);
                known.add(added);
            } else if (choice < 90 || known.isEmpty()) {
                Reference expected = reference.pollFirst();
                int slot = pending.poll(Long.MAX_VALUE);
                assertEquals(expected == null, slot == 0, () -> "emptiness, seed " + seed);
                if (expected != null) {
                    assertEquals(expected.time, pending.time(slot), () -> "time, seed " + seed);
                    assertEquals(expected.argument, pending.argument(slot), () -> "event, seed " + seed);
                    assertEquals(expected.order, pending.order(slot));
                    pending.release(slot);
                    now = expected.time;
                }
            } else {
                int index = random.nextInt(known.size());
                Reference chosen = known.get(index);
                known.set(index, known.get(known.size() - 1));
                known.remove(known.size() - 1);
                int slot = pending.find(chosen.handle);
                assertEquals(
                        reference.remove(chosen),
                        slot != 0,
                        () -> "a stale handle was taken for another, seed " + seed);
                if (slot != 0) {
                    assertEquals(chosen.argument, pending.argument(slot), () -> "another event, seed " + seed);
                    pending.cancel(slot);
                }
            }
            assertEquals(reference.size(), pending.size());
        }
        for (Reference expected : reference) {
            int slot = pending.poll(Long.MAX_VALUE);
            assertEquals(expected.argument, pending.argument(slot), () -> "at the end, seed " + seed);
            pending.release(slot);
        }
        assertEquals(0, pending.poll(Long.MAX_VALUE));
        assertEquals(0, pending.events.cancelled());
    }

    @ParameterizedTest
    @EnumSource
    void poll_holdingManyEvents_equalsSortedSet(Increments increments) {
        long seed = System.nanoTime();
        System.out.println("PendingEventsTest hold " + increments + " seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        PendingEvents pending = new PendingEvents();
        TreeSet<Reference> reference = new TreeSet<>(ORDER);
        long now = 0;
        for (int operation = 0; operation < OPERATIONS; operation++) {
            if (operation > 30_000) {
                Reference expected = reference.pollFirst();
                int slot = pending.poll(Long.MAX_VALUE);
                assertEquals(expected.argument, pending.argument(slot), () -> "seed " + seed);
                now = expected.time;
                pending.release(slot);
            }
            long order = Priority.NORMAL.bits | (operation + 1);
            long time = now + increments.next(random, operation);
            reference.add(new Reference(time, order, operation, pending.add(time, order, 2, operation)));
        }
    }

    /** Each event has a timeout that is cancelled when the event comes, and mostly followed by another. */
    @ParameterizedTest
    @EnumSource
    void poll_timeoutsCancelledAndRenewed_equalsSortedSet(Increments increments) {
        long seed = System.nanoTime();
        System.out.println("PendingEventsTest timeouts " + increments + " seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        PendingEvents pending = new PendingEvents();
        TreeSet<Reference> reference = new TreeSet<>(ORDER);
        List<Reference> timeouts = new ArrayList<>();
        long now = 0;
        long sequence = 0;
        for (int operation = 0; operation < OPERATIONS; operation++) {
            if (operation > 5_000) {
                Reference expected = reference.pollFirst();
                int slot = pending.poll(Long.MAX_VALUE);
                assertEquals(expected.argument, pending.argument(slot), () -> "seed " + seed);
                assertEquals(expected.order, pending.order(slot), () -> "seed " + seed);
                now = expected.time;
                pending.release(slot);
            }
            for (int cancels = random.nextInt(3); cancels > 0 && !timeouts.isEmpty(); cancels--) {
                int index = random.nextInt(timeouts.size());
                Reference timeout = timeouts.get(index);
                timeouts.set(index, timeouts.get(timeouts.size() - 1));
                timeouts.remove(timeouts.size() - 1);
                int slot = pending.find(timeout.handle);
                assertEquals(reference.remove(timeout), slot != 0, () -> "staleness, seed " + seed);
                if (slot != 0) {
                    pending.cancel(slot);
                }
            }
            for (int adds = reference.size() < 10_000 ? 2 : random.nextInt(3); adds > 0; adds--) {
                long time = now + increments.next(random, operation) * (1 + random.nextInt(3));
                long order = Priority.NORMAL.bits | ++sequence;
                Reference added = new Reference(time, order, sequence, pending.add(time, order, 2, sequence));
                reference.add(added);
                timeouts.add(added);
            }
            assertEquals(reference.size(), pending.size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void poll_withLimit_neverPassesIt(Increments increments) {
        SplittableRandom random = new SplittableRandom(5);
        PendingEvents pending = new PendingEvents();
        for (int i = 0; i < 5_000; i++) {
            pending.add(increments.next(random, i), i + 1, 2, i);
        }
        long last = 0;
        for (long limit = 1; limit > 0; limit *= 3) {
            for (int slot = pending.poll(limit); slot != 0; slot = pending.poll(limit)) {
                assertTrue(last <= pending.time(slot) && pending.time(slot) <= limit);
                last = pending.time(slot);
                pending.release(slot);
            }
        }
        pending.poll(Long.MAX_VALUE);
        assertEquals(0, pending.size());
    }

    @ParameterizedTest
    @EnumSource(names = {"EXPONENTIAL", "UNIFORM"})
    void retainedBytes_aMillionPending_atMost36Each(Increments increments) {
        SplittableRandom random = new SplittableRandom(3);
        PendingEvents pending = new PendingEvents();
        int count = 1_000_000;
        long now = 0;
        for (int i = 0; i < 2 * count; i++) {
            if (i >= count) {
                int slot = pending.poll(Long.MAX_VALUE);
                now = pending.time(slot);
                pending.release(slot);
            }
            pending.add(now + increments.next(random, 0), i + 1, 2, i);
        }
        double each = (double) pending.retainedBytes() / count;
        System.out.println("retained bytes per pending event, " + increments + ": " + each);
        assertTrue(each <= 36, () -> "retained bytes per pending event: " + each);
    }
}
