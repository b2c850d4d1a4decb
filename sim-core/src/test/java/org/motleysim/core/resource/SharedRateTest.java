package org.motleysim.core.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStreams;

class SharedRateTest {
    private static final long SECOND = 1_000_000_000L;

    private final Simulation simulation = new Simulation();
    private final List<String> log = new ArrayList<>();
    private final EventType done = simulation.register("done", job -> log.add(job + "@" + simulation.now() / 1e9));

    @Test
    void start_alone_getsAll() {
        SharedRate rate = new SharedRate(simulation, "rate", 4);
        rate.start(2, done, 1);
        simulation.run();
        assertEquals(List.of("1@0.5"), log);
        assertEquals(2, rate.delivered());
    }

    @Test
    void start_second_halvesTheFirst() {
        SharedRate rate = new SharedRate(simulation, "rate", 1);
        rate.start(2, done, 1);
        at(1, () -> rate.start(1, done, 2)); // each has 1 left, at half the rate
        at(4, () -> rate.start(1, done, 3));
        simulation.run();
        assertEquals(List.of("1@3.0", "2@3.0", "3@5.0"), log);
    }

    @Test
    void start_threeSizes_byHand() {
        SharedRate rate = new SharedRate(simulation, "rate", 1);
        rate.start(1, done, 1);
        rate.start(2, done, 2);
        rate.start(3, done, 3);
        simulation.run();
        // 3 * 1; then 2 * 1 more; then 1 alone
        assertEquals(List.of("1@3.0", "2@5.0", "3@6.0"), log);
    }

    @Test
    void start_weights_shareInProportion() {
        SharedRate rate = new SharedRate(simulation, "rate", 4);
        rate.start(3, 3, done, 1);
        rate.start(3, 1, done, 2); // has 2 left when the first ends at 1 s, then the whole rate
        simulation.run();
        assertEquals(List.of("1@1.0", "2@1.5"), log);
    }

    @Test
    void start_cap_boundsTheSingleJob() {
        SharedRate rate = new SharedRate(simulation, "rate", 10, 2);
        rate.start(4, done, 1);
        at(2, () -> {
            for (int i = 0; i < 10; i++) {
                rate.start(1, done, 2); // ten share ten: the cap no longer binds
            }
        });
        simulation.run();
        assertEquals("1@2.0", log.get(0));
        assertEquals("2@3.0", log.get(10));
        assertEquals(14, rate.delivered(), 1e-12);
    }

    @Test
    void setCapacity_midway_stretchesTheRest() {
        SharedRate rate = new SharedRate(simulation, "rate", 1);
        rate.start(10, done, 1);
        at(4, () -> rate.setCapacity(3));
        simulation.run();
        assertEquals(List.of("1@6.0"), log);
    }

    @Test
    void setCapacity_zero_halts() {
        SharedRate rate = new SharedRate(simulation, "rate", 1);
        rate.start(2, done, 1);
        at(1, () -> rate.setCapacity(0));
        at(2, () -> rate.start(1, done, 2));
        at(3, () -> assertEquals(1, rate.delivered()));
        at(5, () -> rate.setCapacity(2));
        simulation.run();
        assertEquals(List.of("1@6.0", "2@6.0"), log);
    }

    @Test
    void setCapacity_zeroForEver_endsTheRunWithoutAnEvent() {
        SharedRate rate = new SharedRate(simulation, "rate", 0);
        long job = rate.start(1, done, 1);
        rate.start(0, done, 2); // nothing to do needs no capacity
        simulation.run();
        assertEquals(List.of("2@0.0"), log);
        assertEquals(1, rate.remaining(job));
    }

    @Test
    void cancel_givesTheShareToTheOthers() {
        SharedRate rate = new SharedRate(simulation, "rate", 1);
        long first = rate.start(2, done, 1);
        rate.start(2, done, 2);
        at(2, () -> {
            assertEquals(1, rate.remaining(first), 1e-12);
            assertTrue(rate.cancel(first));
            assertFalse(rate.cancel(first));
            assertEquals(0, rate.remaining(first));
        });
        simulation.run();
        assertEquals(List.of("2@3.0"), log);
        assertEquals(3, rate.delivered(), 1e-12);
    }

    @Test
    void cancel_staleName_hitsNobodyElse() {
        SharedRate rate = new SharedRate(simulation, "rate", 1);
        long first = rate.start(1, done, 1);
        simulation.run();
        long second = rate.start(1, done, 2); // takes the slot of the first
        assertFalse(rate.cancel(first));
        assertFalse(rate.cancel(0));
        assertFalse(rate.cancel(-1));
        assertFalse(rate.cancel(Long.MAX_VALUE));
        assertEquals(1, rate.jobs());
        assertTrue(rate.cancel(second));
        simulation.run();
        assertEquals(List.of("1@1.0"), log);
    }

    @Test
    void start_beyondTheEndOfTime_waitsForACapacity() {
        SharedRate rate = new SharedRate(simulation, "rate", 1e-300);
        rate.start(1e300, done, 1);
        simulation.run();
        assertTrue(log.isEmpty());
        rate.setCapacity(1e300);
        simulation.run();
        assertEquals(List.of("1@1.0"), log);
    }

    @Test
    void arguments_outOfRange_areRefused() {
        SharedRate rate = new SharedRate(simulation, "rate", 1);
        for (double bad : new double[] {Double.NaN, -1, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> rate.start(bad, done, 0));
            assertThrows(IllegalArgumentException.class, () -> rate.start(1, bad, done, 0));
            assertThrows(IllegalArgumentException.class, () -> rate.setCapacity(bad));
        }
        assertThrows(IllegalArgumentException.class, () -> rate.start(1, 0, done, 0));
        assertThrows(IllegalArgumentException.class, () -> new SharedRate(simulation, "rate", 1, 0));
        assertEquals(0, rate.jobs());
    }

    @Test
    void delivered_allDone_isAllThatCame() {
        SharedRate[] rate = new SharedRate[1];
        QueueRun run = new QueueRun(RandomStreams.of(11), 0.9, Distribution.gamma(0.5, 2), 50_000, sim -> {
                    rate[0] = new SharedRate(sim, "rate", 1);
                    return rate[0]::start;
                })
                .run();
        assertEquals(run.workArrived, rate[0].delivered(), 50_000 * 0.5e-9);
        assertEquals(0, rate[0].jobs());
    }

    /** Beside a plain simulation in which every job is touched at every change, in time O(n). */
    @Test
    void random_startsCancelsAndCapacities_agreeWithTheObvious() {
        for (long seed = 1; seed <= 20; seed++) {
            var random = new Random(seed);
            var sim = new Simulation();
            int jobs = 300;
            var ended = new double[jobs];
            var work = new double[jobs];
            var weight = new double[jobs];
            var names = new long[jobs];
            EventType end = sim.register("end", job -> ended[(int) job] = sim.now() / 1e9);
            double cap = seed % 2 == 0 ? Double.POSITIVE_INFINITY : 0.4;
            SharedRate rate = new SharedRate(sim, "rate", 1, cap);
            var left = new double[jobs]; // of the obvious one; 0 when over or not begun
            var obvious = new double[jobs];
            double capacity = 1;
            long now = 0;
            for (int i = 0; i < jobs; i++) {
                long next = now + 1 + random.nextInt(2_000_000_000);
                drain(left, weight, obvious, capacity, cap, now / 1e9, next / 1e9);
                sim.runUntil(next);
                now = next;
                work[i] = random.nextDouble() * 2;
                weight[i] = 1 + random.nextInt(3);
                left[i] = work[i];
                names[i] = rate.start(work[i], weight[i], end, i);
                int other = random.nextInt(i + 1);
                if (random.nextInt(10) == 0 && left[other] > 1e-6) {
                    assertEquals(left[other], rate.remaining(names[other]), 1e-7, "seed " + seed);
                    assertTrue(rate.cancel(names[other]), "seed " + seed);
                    left[other] = 0;
                }
                if (random.nextInt(10) == 0) {
                    capacity = 0.5 + random.nextDouble() * 2;
                    rate.setCapacity(capacity);
                }
            }
            drain(left, weight, obvious, capacity, cap, now / 1e9, 1e6);
            sim.run();
            for (int i = 0; i < jobs; i++) {
                assertEquals(obvious[i], ended[i], 1e-7, "seed " + seed + ", job " + i);
            }
        }
    }

    private static void drain(
            double[] left, double[] weight, double[] ended, double capacity, double cap, double from, double until) {
        double now = from;
        while (now < until) {
            double total = 0;
            for (int i = 0; i < left.length; i++) {
                total += left[i] > 0 ? weight[i] : 0;
            }
            if (total == 0) {
                return;
            }
            double speed = Math.min(capacity / total, cap);
            double step = until - now;
            for (int i = 0; i < left.length; i++) {
                if (left[i] > 0) {
                    step = Math.min(step, left[i] / (weight[i] * speed));
                }
            }
            now += step;
            for (int i = 0; i < left.length; i++) {
                if (left[i] > 0) {
                    left[i] -= step * weight[i] * speed;
                    if (left[i] <= 1e-12) {
                        left[i] = 0;
                        ended[i] = now;
                    }
                }
            }
        }
    }

    private void at(long seconds, Runnable action) {
        simulation.schedule(seconds * SECOND, "test", action);
    }
}
