package org.motleysim.workloads.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.RandomStreams;

class VaryingArrivalsTest {
    private static final double DAY = 86_400;

    private static int[] perStep(Arrivals arrivals, double stepSeconds, int steps, double endSeconds) {
        ArrivalProcess process = arrivals.bind(RandomStreams.of(3).stream("arrivals"));
        int[] counts = new int[steps];
        long last = 0;
        for (long nanos = process.nextNanos(); nanos < endSeconds * 1e9; nanos = process.nextNanos()) {
            assertTrue(nanos >= last);
            last = nanos;
            counts[(int) (nanos / 1e9 / stepSeconds % steps)]++;
        }
        return counts;
    }

    /** Counts of a Poisson process have their mean as variance: five deviations. */
    private static void poisson(double mean, int count) {
        assertEquals(mean, count, 5 * Math.sqrt(mean) + 1e-9);
    }

    @Test
    void profile_countsFollowTheRates() {
        int[] counts = perStep(Arrivals.profile(List.of(2.0, 0.0, 10.0), Duration.ofSeconds(100)), 100, 3, 30_000);
        poisson(2 * 10_000, counts[0]);
        assertEquals(0, counts[1]);
        poisson(10 * 10_000, counts[2]);
    }

    @Test
    void profile_oneRate_isPoisson() {
        ArrivalProcess profile =
                Arrivals.profile(List.of(5.0), Duration.ofHours(1)).bind(RandomStreams.of(1).stream("a"));
        double sum = 0;
        double squares = 0;
        long before = 0;
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            long now = profile.nextNanos();
            double gap = (now - before) / 1e9;
            before = now;
            sum += gap;
            squares += gap * gap;
        }
        assertEquals(0.2, sum / count, 0.003);
        assertEquals(2 * 0.2 * 0.2, squares / count, 0.003); // E[X^2] of an exponential
    }

    @Test
    void diurnal_integralOfTheCosine() {
        int[] counts = perStep(Arrivals.diurnal(1, 1.8, Duration.ofHours(20)), DAY / 24, 24, 20 * DAY);
        for (int hour = 0; hour < 24; hour++) {
            double from = 2 * Math.PI * (hour - 20) / 24;
            double to = 2 * Math.PI * (hour + 1 - 20) / 24;
            double mean = 20 * DAY * (1 / 24.0 + 0.8 * (Math.sin(to) - Math.sin(from)) / (2 * Math.PI));
            poisson(mean, counts[hour]);
        }
    }

    @Test
    void badParts_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> Arrivals.profile(List.of(0.0), Duration.ofHours(1)));
        assertThrows(IllegalArgumentException.class, () -> Arrivals.profile(List.of(-1.0), Duration.ofHours(1)));
        assertThrows(IllegalArgumentException.class, () -> Arrivals.profile(List.of(1.0), Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> Arrivals.diurnal(1, 2.1, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> Arrivals.diurnal(1, 1.1, Duration.ofHours(25)));
    }
}
