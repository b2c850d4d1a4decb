package org.motleysim.workloads.arrival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.traces.RequestTrace;

class ArrivalsTest {
    private static final long SEED = 2026;
    private static final int COUNT = 200_000;

    @Test
    void poisson_manyArrivals_haveTheRateAndUnitVariation() {
        assertGaps(Arrivals.poisson(12), 12, 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 1, 3})
    void gamma_manyArrivals_haveTheRateAndVariation(double variation) {
        assertGaps(Arrivals.gamma(5, variation), 5, variation);
    }

    @Test
    void fixed_arrivals_doNotDrift() {
        ArrivalProcess process = Arrivals.fixed(3).bind(stream());
        long last = 0;
        for (int i = 0; i < 3_000_000; i++) {
            last = process.nextNanos();
        }
        assertEquals(1_000_000L * 1_000_000_000L, last);
    }

    @Test
    void trace_arrivals_endWithNever() {
        RequestTrace trace = RequestTrace.of(new long[] {0, 7}, new int[] {1, 1}, new int[] {1, 1});
        ArrivalProcess process = Arrivals.trace(trace).stretched(3).bind(stream());
        assertEquals(0, process.nextNanos());
        assertEquals(21, process.nextNanos());
        assertEquals(ArrivalProcess.NEVER, process.nextNanos());
        assertEquals(ArrivalProcess.NEVER, process.nextNanos());
    }

    @Test
    void stretched_byAHalf_keepsTheDrawsAndDoublesTheRate() {
        ArrivalProcess slow = Arrivals.poisson(1).bind(stream());
        ArrivalProcess fast = Arrivals.poisson(1).stretched(0.5).bind(stream());
        for (int i = 0; i < 1_000; i++) {
            assertEquals(slow.nextNanos() / 2.0, (double) fast.nextNanos(), 1.0);
        }
        assertEquals(Arrivals.poisson(1).stretched(0.5), Arrivals.poisson(1).stretched(0.5));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void anyLaw_withoutAPositiveRate_isRefused(double rate) {
        assertThrows(IllegalArgumentException.class, () -> Arrivals.poisson(rate));
        assertThrows(IllegalArgumentException.class, () -> Arrivals.gamma(rate, 1));
        assertThrows(IllegalArgumentException.class, () -> Arrivals.gamma(1, rate));
        assertThrows(IllegalArgumentException.class, () -> Arrivals.fixed(rate));
        assertThrows(IllegalArgumentException.class, () -> Arrivals.poisson(1).stretched(rate));
    }

    /** Mean within five standard errors; coefficient of variation within 5 percent. */
    private static void assertGaps(Arrivals arrivals, double rate, double variation) {
        ArrivalProcess process = arrivals.bind(stream());
        double sum = 0;
        double squares = 0;
        long before = 0;
        for (int i = 0; i < COUNT; i++) {
            long now = process.nextNanos();
            double gap = (now - before) * 1e-9;
            before = now;
            sum += gap;
            squares += gap * gap;
        }
        double mean = sum / COUNT;
        double deviation = Math.sqrt(squares / COUNT - mean * mean);
        assertEquals(1 / rate, mean, 5 * variation / rate / Math.sqrt(COUNT), "seed " + SEED);
        assertEquals(variation, deviation / mean, 0.05 * variation, "seed " + SEED);
    }

    private static RandomStream stream() {
        return RandomStreams.of(SEED).stream("arrivals");
    }
}
