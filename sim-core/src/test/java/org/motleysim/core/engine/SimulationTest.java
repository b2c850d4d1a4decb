package org.motleysim.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private final Simulation simulation = new Simulation();
    private final List<String> log = new ArrayList<>();
    private final EventType note = simulation.register("note", argument -> log.add(simulation.now() + ":" + argument));

    @Test
    void run_equalTimes_firstScheduledRunsFirst() {
        simulation.schedule(5, note, 1);
        simulation.schedule(3, note, 2);
        simulation.scheduleAt(5, note, 3);
        simulation.schedule(5, note, 4);
        assertEquals(StopReason.EMPTY, simulation.run());
        assertEquals(List.of("3:2", "5:1", "5:3", "5:4"), log);
        assertEquals(4, simulation.processed());
    }

    @Test
    void run_equalTimesOtherPriorities_releaseThenNormalThenObserve() {
        simulation.schedule(5, Priority.OBSERVE, note, 1);
        simulation.schedule(5, note, 2);
        simulation.schedule(5, Priority.RELEASE, note, 3);
        simulation.schedule(5, Priority.OBSERVE, "last", () -> log.add("last"));
        simulation.run();
        assertEquals(List.of("5:3", "5:2", "5:1", "last"), log);
    }

    @Test
    void schedule_zeroDelay_runsAfterWhatIsPendingAtTheInstant() {
        simulation.schedule(7, "first", () -> simulation.schedule(0, note, 9));
        simulation.schedule(7, note, 1);
        simulation.run();
        assertEquals(List.of("7:1", "7:9"), log);
    }

    @Test
    void cancel_staleHandle_leavesTheSlotsNextEventAlone() {
        long first = simulation.schedule(1, note, 1);
        assertTrue(simulation.isPending(first));
        simulation.run();
        long second = simulation.schedule(1, note, 2);
        assertFalse(simulation.isPending(first));
        assertFalse(simulation.cancel(first));
        assertFalse(simulation.cancel(EventHandle.NONE));
        assertFalse(simulation.cancel(-1));
        assertTrue(simulation.isPending(second));
        assertTrue(simulation.cancel(second));
        assertFalse(simulation.cancel(second));
        assertEquals(0, simulation.pending());
        assertEquals(StopReason.EMPTY, simulation.run());
        assertEquals(List.of("1:1"), log);
    }

    @Test
    void cancel_fromInsideItsOwnEvent_isStale() {
        long[] handle = new long[1];
        handle[0] = simulation.schedule(1, "self", () -> assertFalse(simulation.cancel(handle[0])));
        simulation.run();
    }

    @Test
    void reschedule_pendingEvent_movesItBehindItsEquals() {
        long handle = simulation.schedule(1, note, 1);
        simulation.schedule(4, note, 2);
        long moved = simulation.reschedule(handle, 4);
        assertNotEquals(EventHandle.NONE, moved);
        assertEquals(EventHandle.NONE, simulation.reschedule(handle, 5));
        long action = simulation.schedule(1, "action", () -> log.add("action"));
        assertTrue(simulation.isPending(simulation.reschedule(action, 9)));
        simulation.run();
        assertEquals(List.of("4:2", "4:1", "action"), log);
    }

    @Test
    void runUntil_betweenEvents_clockEndsExactlyThere() {
        simulation.schedule(10, note, 1);
        simulation.schedule(20, note, 2);
        assertEquals(StopReason.TIME_REACHED, simulation.runUntil(10));
        assertEquals(List.of("10:1"), log);
        assertEquals(StopReason.TIME_REACHED, simulation.runUntil(15));
        assertEquals(15, simulation.now());
        assertEquals(StopReason.EMPTY, simulation.runUntil(100));
        assertEquals(100, simulation.now());
        assertThrows(IllegalArgumentException.class, () -> simulation.runUntil(99));
    }

    @Test
    void stop_insideAnEvent_canBeResumed() {
        simulation.schedule(1, "stop", simulation::stop);
        simulation.schedule(2, note, 2);
        simulation.schedule(3, note, 3);
        simulation.schedule(4, note, 4);
        assertEquals(StopReason.STOPPED, simulation.runUntil(50));
        assertEquals(1, simulation.now());
        assertTrue(simulation.step());
        assertEquals(StopReason.COUNT_REACHED, simulation.runEvents(1));
        assertEquals(StopReason.EMPTY, simulation.runEvents(5));
        assertFalse(simulation.step());
        assertEquals(3, log.size());
    }

    @Test
    void run_errorInsideAnEvent_saysWhenAndWhere() {
        IllegalStateException cause = new IllegalStateException("full");
        simulation.schedule(1_500_000_000, "fill", () -> {
            throw cause;
        });
        simulation.schedule(2_000_000_000, note, 1);
        SimulationException error = assertThrows(SimulationException.class, simulation::run);
        assertSame(cause, error.getCause());
        assertEquals(1_500_000_000, error.timeNanos());
        assertEquals("fill", error.label());
        assertTrue(text(error).startsWith("event 'fill' at 1.5 s failed"), text(error));
        assertEquals(StopReason.EMPTY, simulation.run());
        assertEquals(1, log.size());
    }

    @Test
    void run_calledInsideAnEvent_fails() {
        simulation.schedule(1, "inner", simulation::run);
        SimulationException error = assertThrows(SimulationException.class, simulation::run);
        assertTrue(error.getCause() instanceof IllegalStateException, text(error));
    }

    @Test
    void run_instantWithoutEnd_namesTheLabels() {
        Simulation endless = Simulation.builder().eventsPerInstant(5_000).build();
        EventType[] types = new EventType[2];
        types[0] = endless.register("ping", argument -> endless.schedule(0, types[1], argument));
        types[1] = endless.register("pong", argument -> endless.schedule(0, types[0], argument));
        endless.schedule(3, types[0], 0);
        SimulationException error = assertThrows(SimulationException.class, endless::run);
        assertTrue(text(error).contains("'ping'") && text(error).contains("'pong'"), text(error));
        assertEquals(3, error.timeNanos());
    }

    @Test
    void run_manyEventsInAnInstantThatEnds_isFine() {
        Simulation busy = Simulation.builder().eventsPerInstant(100).build();
        EventType type = busy.register("busy", argument -> {});
        for (int i = 0; i < 1_000; i++) {
            busy.schedule(i / 90, type, i);
        }
        assertEquals(StopReason.EMPTY, busy.run());
    }

    @Test
    void schedule_impossibleTimes_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> simulation.schedule(-1, note, 0));
        simulation.runUntil(10);
        assertThrows(IllegalArgumentException.class, () -> simulation.scheduleAt(9, note, 0));
        assertThrows(IllegalArgumentException.class, () -> simulation.schedule(Long.MAX_VALUE - 9, note, 0));
        assertThrows(IllegalArgumentException.class, () -> new Simulation().schedule(1, note, 0));
        simulation.schedule(Long.MAX_VALUE - 10, note, 1);
        simulation.run();
        assertEquals(Long.MAX_VALUE, simulation.now());
    }

    @Test
    void shuffledTies_twoSeeds_otherOrderSameEvents() {
        List<List<Long>> orders = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            Simulation shuffled = Simulation.builder().shuffledTies(seed).build();
            List<Long> order = new ArrayList<>();
            EventType type = shuffled.register("tie", order::add);
            for (int i = 0; i < 2_000; i++) {
                shuffled.schedule(i < 1_000 ? 5 : 6, type, i);
            }
            shuffled.run();
            assertTrue(order.subList(0, 1_000).stream().allMatch(i -> i < 1_000));
            assertEquals(2_000, order.stream().distinct().count());
            orders.add(order);
        }
        assertEquals(orders.get(0), orders.get(1));
        assertNotEquals(orders.get(0), orders.get(2));
    }

    @Test
    void observer_seesEachEvent_andChangesNothing() {
        List<String> seen = new ArrayList<>();
        Simulation observed = Simulation.builder()
                .observer((time, label, argument) -> seen.add(time + label + argument))
                .build();
        EventType type = observed.register("a", argument -> {});
        observed.schedule(2, type, 7);
        observed.schedule(3, "b", () -> {});
        observed.run();
        assertEquals(List.of("2a7", "3b0"), seen);
    }

    @Test
    void digest_twoRunsAtOnceInTwoThreads_isTheSame() {
        long alone = hold(3_000, 200_000, 7);
        List<Long> digests = IntStream.range(0, 2)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> hold(3_000, 200_000, 7)))
                .collect(Collectors.toList())
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertEquals(List.of(alone, alone), digests);
        assertNotEquals(alone, hold(3_000, 200_000, 8));
    }

    @Test
    void digest_sameEventsThroughHeapAndLadder_isTheSame() {
        // Late events that never run only serve to have the others wait in a ladder.
        Simulation few = new Simulation();
        Simulation many = new Simulation();
        for (Simulation each : List.of(few, many)) {
            SplittableRandom random = new SplittableRandom(11);
            EventType[] type = new EventType[1];
            type[0] = each.register("event", i -> each.schedule(random.nextInt(100), type[0], i));
            for (int i = 0; i < (each == many ? 5_000 : 0); i++) {
                each.scheduleAt(1_000_000_000 + i, type[0], i);
            }
            for (int i = 0; i < 40; i++) {
                each.schedule(random.nextInt(100), type[0], i);
            }
            each.runEvents(500_000);
        }
        assertEquals(few.digest(), many.digest());
    }

    @Test
    void schedule_primitivePath_allocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Simulation busy = new Simulation();
        SplittableRandom random = new SplittableRandom(5);
        EventType[] type = new EventType[1];
        type[0] = busy.register("hold", i -> busy.schedule((long) (-1e6 * Math.log(random.nextDouble())), type[0], i));
        for (int i = 0; i < 20_000; i++) {
            busy.schedule(i, type[0], i);
        }
        busy.runEvents(1_000_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        busy.runEvents(1_000_000);
        double each = (threads.getCurrentThreadAllocatedBytes() - before) / 1e6;
        assertTrue(each < 0.1, () -> "bytes per event: " + each);
    }

    private static String text(SimulationException error) {
        return String.valueOf(error.getMessage());
    }

    private static long hold(int pending, int events, long seed) {
        Simulation simulation = new Simulation();
        SplittableRandom random = new SplittableRandom(seed);
        EventType[] type = new EventType[1];
        type[0] = simulation.register("hold", i -> simulation.schedule(random.nextInt(1_000_000), type[0], i));
        for (int i = 0; i < pending; i++) {
            simulation.schedule(random.nextInt(1_000_000), type[0], i);
        }
        simulation.runEvents(events);
        return simulation.digest();
    }
}
