package org.motleysim.core.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;

class PoolTest {
    private final Simulation simulation = new Simulation();
    private final List<String> log = new ArrayList<>();
    private final EventType granted = simulation.register("granted", who -> log.add(who + "@" + simulation.now()));
    private final Pool pool = new Pool(simulation, "blocks", 10);

    @Test
    void request_largeOneFirst_isNotOvertaken() {
        pool.request(6, granted, 1);
        pool.request(8, granted, 2);
        pool.request(1, granted, 3); // would fit, but came later
        assertFalse(pool.tryRequest(1));
        assertEquals(2, pool.queued());
        simulation.schedule(5, "release", () -> pool.release(6));
        simulation.run();
        assertEquals(List.of("1@0", "2@5", "3@5"), log);
        assertEquals(9, pool.used());
        assertEquals(1, pool.available());
        assertTrue(pool.tryRequest(1));
        assertFalse(pool.tryRequest(1));
    }

    @Test
    void request_impossible_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> pool.request(11, granted, 1));
        assertThrows(IllegalArgumentException.class, () -> pool.request(0, granted, 1));
        assertThrows(IllegalArgumentException.class, () -> pool.tryRequest(-1));
        assertThrows(IllegalArgumentException.class, () -> new Pool(simulation, "none", 0));
        assertEquals(0, pool.used());
    }

    @Test
    void release_moreThanUsed_isRefused() {
        assertTrue(pool.tryRequest(4));
        assertThrows(IllegalArgumentException.class, () -> pool.release(5));
        assertThrows(IllegalArgumentException.class, () -> pool.release(0));
        pool.release(4);
        assertThrows(IllegalArgumentException.class, () -> pool.release(1));
    }

    @Test
    void utilization_isOverTime() {
        pool.request(5, granted, 0);
        simulation.schedule(6, "release", () -> pool.release(5));
        simulation.runUntil(10);
        assertEquals(0.3, pool.utilization(), 1e-15);
        pool.resetStatistics();
        assertEquals(0, pool.utilization());
    }

    @Test
    void request_longQueue_isServedInOrder() {
        assertTrue(pool.tryRequest(10));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            pool.request(10, granted, i);
            simulation.schedule(i + 1L, "release", () -> pool.release(10));
            expected.add(i + "@" + (i + 1));
        }
        simulation.run();
        assertEquals(expected, log);
    }
}
