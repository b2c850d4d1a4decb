package org.motleysim.core.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordersTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void counter_resetAndOverflow() {
        Counter counter = new Counter();
        counter.increment();
        counter.add(41);
        assertEquals(42, counter.value());
        assertThrows(IllegalArgumentException.class, () -> counter.add(-1));
        assertThrows(ArithmeticException.class, () -> counter.add(Long.MAX_VALUE));
        counter.reset();
        assertEquals(0, counter.value());
    }

    @Test
    void timeWeighted_steps_byHand() {
        TimeWeighted level = new TimeWeighted();
        level.set(0, 2);
        level.set(3 * SECOND, 10);
        level.set(3 * SECOND, 7); // held for no time: counts for the maximum only
        assertEquals((3 * 2 + 1 * 7) / 4.0, level.mean(4 * SECOND));
        assertEquals(13, level.integralSeconds(4 * SECOND));
        assertEquals(10, level.max());
        assertEquals(0, level.min());
        level.reset(4 * SECOND);
        assertEquals(7, level.mean(4 * SECOND));
        assertEquals(7, level.max());
        level.add(5 * SECOND, -6);
        assertEquals(4, level.mean(6 * SECOND));
        assertThrows(IllegalArgumentException.class, () -> level.set(5 * SECOND, 1));
        assertThrows(IllegalArgumentException.class, () -> level.set(7 * SECOND, Double.NaN));
    }

    @Test
    void timeWeighted_manyTinySteps_losesNothing() {
        TimeWeighted level = new TimeWeighted(0, 0.1);
        for (long now = 1; now <= 10_000_000; now++) {
            level.set(now, 0.1);
        }
        assertEquals(0.1, level.mean(10_000_000), 1e-16);
    }

    @Test
    void latencyHistogram_quantiles_areWithinATenthOfAPercent() {
        long seed = 99;
        var random = new Random(seed);
        var histogram = new LatencyHistogram();
        var exact = new long[100_001];
        double sum = 0;
        for (int i = 0; i < exact.length; i++) {
            exact[i] = (long) Math.exp(random.nextDouble() * 30);
            histogram.record(exact[i]);
            sum += exact[i];
        }
        Arrays.sort(exact);
        for (double q : new double[] {0, 0.001, 0.1, 0.5, 0.9, 0.95, 0.99, 0.9999, 1}) {
            double expected = exact[(int) Math.max(0, Math.ceil(q * exact.length) - 1)] / 1e9;
            assertEquals(1, histogram.quantileSeconds(q) / expected, 0.001, "seed " + seed + ", q " + q);
        }
        assertEquals(sum / exact.length / 1e9, histogram.meanSeconds(), 1e-12 * sum);
        assertEquals(exact[0] / 1e9, histogram.minSeconds());
        assertEquals(exact[exact.length - 1] / 1e9, histogram.maxSeconds());
        assertEquals(exact.length, histogram.count());
    }

    @Test
    void latencyHistogram_oneValue_isThatValueEverywhere() {
        var histogram = new LatencyHistogram();
        histogram.record(123_456_789, 3);
        assertEquals(0.123456789, histogram.meanSeconds());
        assertEquals(0.123456789, histogram.quantileSeconds(0));
        assertEquals(0.123456789, histogram.quantileSeconds(0.5));
        assertEquals(0.123456789, histogram.quantileSeconds(1));
        assertEquals(3, histogram.count());
        histogram.record(5, 0);
        assertEquals(0.123456789, histogram.minSeconds());
    }

    @Test
    void latencyHistogram_empty_isNaN() {
        var histogram = new LatencyHistogram();
        histogram.record(7);
        histogram.reset();
        assertEquals(Double.NaN, histogram.meanSeconds());
        assertEquals(Double.NaN, histogram.quantileSeconds(0.5));
        assertEquals(Double.NaN, histogram.maxSeconds());
        assertEquals(0, histogram.cdf("empty").size());
        assertThrows(IllegalArgumentException.class, () -> histogram.record(-1));
        assertThrows(IllegalArgumentException.class, () -> histogram.quantileSeconds(1.01));
        histogram.record(Long.MAX_VALUE);
        histogram.record(0);
        assertEquals(0, histogram.minSeconds());
        assertEquals(Long.MAX_VALUE / 1e9, histogram.maxSeconds());
    }

    @Test
    void latencyHistogram_sumOfTwo_isAsIfOne() {
        var one = new LatencyHistogram();
        var two = new LatencyHistogram();
        var both = new LatencyHistogram();
        for (long i = 1; i < 1000; i++) {
            (i % 3 == 0 ? one : two).record(i * 1_000_003);
            both.record(i * 1_000_003);
        }
        one.add(two);
        assertEquals(both.quantileSeconds(0.9), one.quantileSeconds(0.9));
        assertEquals(both.meanSeconds(), one.meanSeconds(), 1e-15);
        assertEquals(both.cdf("x"), one.cdf("x"));
    }

    @Test
    void cdf_ofManyValues_isShortAndRising() {
        var histogram = new LatencyHistogram();
        for (int i = 1; i <= 1_000_000; i++) {
            histogram.record(i * 1000L);
        }
        Cdf cdf = histogram.cdf("uniform");
        assertTrue(cdf.size() > 300 && cdf.size() < 1024, "" + cdf.size());
        double[] values = cdf.values();
        double[] fractions = cdf.fractions();
        assertEquals(1, fractions[fractions.length - 1]);
        assertEquals(1, values[values.length - 1]);
        for (int i = 0; i < values.length; i++) {
            assertEquals(values[i], fractions[i], 0.002);
            assertTrue(i == 0 || (values[i] > values[i - 1] && fractions[i] > fractions[i - 1]));
        }
    }

    @Test
    void timeSeries_level_isAveragedOverEachBucket() {
        var series = new TimeSeries("power", "W", 4, SECOND);
        series.set(SECOND / 2, 10);
        series.set(2 * SECOND, 4);
        Series frozen = series.freeze(3 * SECOND);
        assertEquals(new Series("power", "W", new double[] {0.5, 1.5, 2.5}, new double[] {5, 10, 4}), frozen);
    }

    @Test
    void timeSeries_amount_isPerSecond() {
        var series = new TimeSeries("tokens", "token/s", 4, SECOND / 2);
        series.add(0, 3);
        series.add(SECOND / 4, 4);
        series.add(3 * SECOND / 4, 5);
        assertEquals(
                new Series("tokens", "token/s", new double[] {0.25, 0.75}, new double[] {14, 10}),
                series.freeze(SECOND));
    }

    @Test
    void timeSeries_longRun_mergesBucketsAndKeepsTheIntegral() {
        long seed = 5;
        var random = new Random(seed);
        var series = new TimeSeries("level", "1", 64, 1000);
        var exact = new TimeWeighted();
        long now = 0;
        for (int i = 0; i < 100_000; i++) {
            now += random.nextInt(1_000_000);
            double level = random.nextInt(10);
            series.set(now, level);
            exact.set(now, level);
        }
        now += 12_345;
        Series frozen = series.freeze(now);
        assertTrue(frozen.size() > 32 && frozen.size() <= 64);
        double width = 2 * frozen.seconds()[0];
        double integral = 0;
        for (int i = 0; i < frozen.size(); i++) {
            integral += frozen.values()[i] * Math.min(width, now / 1e9 - i * width);
        }
        assertEquals(1, integral / exact.integralSeconds(now), 1e-12, "seed " + seed);
    }

    @Test
    void timeSeries_atOnceOrNever_isEmptyOrWhole() {
        assertEquals(0, new TimeSeries("x", "1").freeze(0).size());
        assertEquals(1, new TimeSeries("x", "1").freeze(1).size());
        var burst = new TimeSeries("x", "1/s", 2, 10);
        burst.add(20, 1); // opens a bucket that no time has passed in yet
        assertEquals(1 / 20e-9, burst.freeze(20).values()[1], 1e-3);
        assertThrows(IllegalArgumentException.class, () -> burst.add(19, 1));
        assertThrows(IllegalArgumentException.class, () -> new TimeSeries("x", "1", 3, 1));
        assertThrows(IllegalArgumentException.class, () -> new TimeSeries("x", "1", 4, 0));
        assertThrows(IllegalArgumentException.class, () -> new TimeSeries("x", "1", 4, Long.MAX_VALUE / 2));
    }

    @Test
    void timeSeries_veryLongRun_staysInRange() {
        var series = new TimeSeries("x", "1");
        series.set(0, 1);
        Series frozen = series.freeze(Long.MAX_VALUE / 2);
        assertTrue(frozen.size() <= 512);
        assertEquals(1, frozen.values()[frozen.size() - 1], 1e-9);
    }
}
