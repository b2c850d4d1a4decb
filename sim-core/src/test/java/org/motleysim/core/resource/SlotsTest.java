package org.motleysim.core.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStreams;

class SlotsTest {
    private final Simulation simulation = new Simulation();
    private final List<String> log = new ArrayList<>();
    private final EventType done = simulation.register("done", customer -> log.add(customer + "@" + simulation.now()));

    @Test
    void serve_twoServers_takesTurns() {
        Slots slots = new Slots(simulation, "servers", 2);
        slots.serve(10, done, 1);
        slots.serve(4, done, 2);
        slots.serve(4, done, 3);
        slots.serve(1, done, 4);
        assertEquals(2, slots.busy());
        assertEquals(2, slots.queued());
        simulation.run();
        assertEquals(List.of("2@4", "3@8", "4@9", "1@10"), log);
        assertEquals(19 / 20.0, slots.utilization(), 1e-15);
        assertEquals((2 * 4 + 1 * 4) / 10.0, slots.meanQueued(), 1e-15);
    }

    @Test
    void serve_levels_letTheLowerPassButDoNotInterrupt() {
        Slots slots = new Slots(simulation, "server", 1, 3);
        slots.serve(2, 10, done, 1);
        slots.serve(2, 1, done, 2);
        slots.serve(1, 1, done, 3);
        slots.serve(0, 1, done, 4);
        slots.serve(1, 1, done, 5);
        simulation.run();
        assertEquals(List.of("1@10", "4@11", "3@12", "5@13", "2@14"), log);
    }

    @Test
    void request_heldUntilReleased() {
        Slots slots = new Slots(simulation, "server", 1);
        slots.request(done, 1);
        slots.request(done, 2);
        slots.serve(5, done, 3);
        simulation.schedule(7, "release", slots::release);
        simulation.schedule(9, "release", slots::release);
        simulation.run();
        assertEquals(List.of("1@0", "2@7", "3@14"), log);
        assertEquals(0, slots.busy());
    }

    @Test
    void serve_noTime_endsAtThisInstant() {
        Slots slots = new Slots(simulation, "server", 1);
        slots.serve(0, done, 1);
        slots.serve(0, done, 2);
        simulation.run();
        assertEquals(List.of("1@0", "2@0"), log);
    }

    @Test
    void serve_longQueue_staysFirstComeFirstServed() {
        Slots slots = new Slots(simulation, "server", 1);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            slots.serve(1, done, i);
            expected.add(i + "@" + (i + 1));
        }
        // A ring that has turned must grow without mixing up its ends.
        simulation.runUntil(60);
        for (int i = 100; i < 300; i++) {
            slots.serve(1, done, i);
            expected.add(i + "@" + (i + 1));
        }
        simulation.run();
        assertEquals(expected, log);
    }

    @Test
    void arguments_outOfRange_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Slots(simulation, "none", 0));
        assertThrows(IllegalArgumentException.class, () -> new Slots(simulation, "none", 1, 0));
        Slots slots = new Slots(simulation, "server", 1);
        assertThrows(IllegalArgumentException.class, () -> slots.serve(-1, done, 0));
        assertThrows(IllegalArgumentException.class, () -> slots.serve(1, 1, done, 0));
        assertThrows(IllegalStateException.class, slots::release);
        slots.serve(5, done, 0);
        assertThrows(IllegalStateException.class, slots::release);
    }

    /** From empty to empty Little's law is an identity, not an estimate. */
    @Test
    void littlesLaw_fromEmptyToEmpty_isExact() {
        Slots[] slots = new Slots[1];
        QueueRun run = new QueueRun(RandomStreams.of(3), 2.4, Distribution.exponential(1), 20_000, sim -> {
                    slots[0] = new Slots(sim, "servers", 3);
                    return (seconds, end, customer) -> slots[0].serve(SimTime.nanos(seconds), end, customer);
                })
                .run();
        double horizon = SimTime.seconds(run.simulation.now());
        double present = slots[0].meanQueued() + 3 * slots[0].utilization();
        double total = DoubleStream.of(run.secondsInSystem).sum();
        assertEquals(1, present * horizon / total, 1e-12);
        assertEquals(run.workArrived, 3 * slots[0].utilization() * horizon, 20_000 * 0.5e-9);
    }
}
