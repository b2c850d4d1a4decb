package org.motleysim.core.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

class StatisticsTest {
    /** By hand: mean 3, s = sqrt(2.5), t(4; 0.975) = 2.776445. */
    @Test
    void summary_ofFiveNumbers_isAsByHand() {
        Summary summary = Summary.of("x", "s", new double[] {1, 2, 3, 4, 5, Double.NaN}, 0.95);
        assertEquals(5, summary.count());
        assertEquals(3, summary.mean());
        assertEquals(Math.sqrt(2.5), summary.deviation(), 1e-15);
        assertEquals(2.776445105 * Math.sqrt(2.5 / 5), summary.halfWidth(), 1e-8);
        assertEquals("3 s +/- 1.96 s", summary.text());
    }

    @Test
    void summary_ofOneNumber_knowsNoInterval() {
        Summary summary = Summary.of("x", "s", new double[] {7}, 0.95);
        assertEquals(Double.POSITIVE_INFINITY, summary.halfWidth());
        assertEquals("7 s", summary.text());
    }

    @Test
    void quantile_median_hasTheBoundsOfTheSignTest() {
        double[] values = new double[20];
        Arrays.setAll(values, i -> 20 - i);
        Interval median = Summary.quantile(values, 0.5, 0.95);
        assertEquals(10.5, median.estimate());
        // The sign test's table: of 20 observations the 6th and the 15th bound the median with 95.9%.
        assertEquals(6, median.low());
        assertEquals(15, median.high());
    }

    @Test
    void quantile_ofATailThatNobodySaw_hasNoUpperBound() {
        double[] values = new double[20];
        Arrays.setAll(values, i -> i);
        assertEquals(
                Double.POSITIVE_INFINITY, Summary.quantile(values, 0.99, 0.95).high());
    }

    @Test
    void quantile_ofManySamples_coversTheTruthAtLeastAsOftenAsItSays() {
        RandomStream stream = RandomStreams.of(3).stream("quantiles");
        int covered = 0;
        for (int study = 0; study < 2_000; study++) {
            double[] values = new double[60];
            Arrays.setAll(values, i -> stream.nextDouble());
            covered += Summary.quantile(values, 0.8, 0.95).contains(0.8) ? 1 : 0;
        }
        assertTrue(covered >= 1_890, covered + " of 2000");
    }

    @Test
    void difference_sentence_saysWhatWasFound() {
        double[] slow = {0.50, 0.52, 0.48, 0.51};
        double[] fast = {0.46, 0.475, 0.44, 0.468};
        Difference found = Difference.paired("ttft.p99", "s", "A", slow, "B", fast, 0.95);
        assertTrue(found.significant());
        assertEquals(-0.04175, found.interval().estimate(), 1e-12);
        assertEquals("B lowers ttft.p99 by 41.7 ms +/- 3.76 ms (-8.3%) against A", found.sentence());

        Difference none = Difference.paired("ttft.p99", "s", "A", slow, "B", new double[] {0.6, 0.4, 0.5, 0.52}, 0.95);
        assertFalse(none.significant());
        assertTrue(none.sentence().startsWith("no difference in ttft.p99 between B and A is seen: "), none.sentence());
        assertEquals(
                "B and A have the same ttft.p99 in every replication",
                Difference.paired("ttft.p99", "s", "A", slow, "B", slow, 0.95).sentence());
    }

    /** Welch's example as in the Wikipedia article on his test, sample pair 1: t = -2.46, 25.0 degrees of freedom. */
    @Test
    void difference_independent_isWelchs() {
        double[] a = {27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4};
        double[] b = {27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4};
        Difference found = Difference.independent("x", "1", "a", a, "b", b, 0.95);
        double standardError = found.interval().halfWidth() / Summary.t(25.0, 0.95);
        assertEquals(2.46, found.interval().estimate() / standardError, 0.01);
    }

    @Test
    void warmup_ofATransient_isCutWhereItEnds() {
        RandomStream stream = RandomStreams.of(5).stream("noise");
        double[] series = new double[2_000];
        Arrays.setAll(series, i -> 10 * StrictMath.exp(-i / 40.0) + stream.nextGaussian());
        OptionalInt cut = SteadyState.warmup(series);
        assertTrue(cut.isPresent() && cut.getAsInt() >= 60 && cut.getAsInt() <= 400, cut.toString());
        double[] rising = new double[2_000];
        Arrays.setAll(rising, i -> i + stream.nextGaussian());
        assertEquals(OptionalInt.empty(), SteadyState.warmup(rising));
    }

    /** MSER by its definition: the cut whose rest has the smallest sum of squares over its squared length. */
    @Test
    void warmup_ofRandomSeries_isAsByDefinition() {
        RandomStream stream = RandomStreams.of(6).stream("noise");
        for (int round = 0; round < 50; round++) {
            double[] series = new double[100];
            Arrays.setAll(series, i -> (i < 20 ? 3 : 0) + stream.nextGaussian());
            double best = Double.POSITIVE_INFINITY;
            int cut = -1;
            for (int from = 15; from >= 0; from--) {
                double[] means = new double[20 - from];
                for (int i = 0; i < means.length; i++) {
                    means[i] = Arrays.stream(series, 5 * (from + i), 5 * (from + i) + 5)
                            .average()
                            .orElseThrow();
                }
                double mean = Arrays.stream(means).average().orElseThrow();
                double error =
                        Arrays.stream(means).map(x -> (x - mean) * (x - mean)).sum() / means.length / means.length;
                if (error <= best) {
                    best = error;
                    cut = from;
                }
            }
            assertEquals(cut <= 10 ? OptionalInt.of(5 * cut) : OptionalInt.empty(), SteadyState.warmup(series));
        }
    }

    @Test
    void batchMeans_ofADependentSeries_coverItsMeanWhereSingleValuesDoNot() {
        int batches = 0;
        int single = 0;
        for (int study = 0; study < 200; study++) {
            RandomStream stream = RandomStreams.of(study).stream("ar1");
            double[] series = new double[5_000];
            double value = stream.nextGaussian() / Math.sqrt(1 - 0.9 * 0.9);
            for (int i = 0; i < series.length; i++) {
                series[i] = value;
                value = 0.9 * value + stream.nextGaussian();
            }
            batches += SteadyState.batchMeans("x", "1", series, 20).interval().contains(0) ? 1 : 0;
            single += Summary.of("x", "1", series, 0.95).interval().contains(0) ? 1 : 0;
        }
        assertTrue(batches >= 180 && batches <= 200, batches + " of 200");
        assertTrue(single < 120, single + " of 200");
    }

    @Test
    void constraint_thatIsNone_isRefused() {
        assertEquals(new Constraint("goodput", true, 0.99), Constraint.parse("goodput >= 0.99"));
        assertEquals("ttft.p99 <= 0.5", Constraint.parse("ttft.p99<=5e-1").toString());
        assertThrows(IllegalArgumentException.class, () -> Constraint.parse("goodput > 1"));
        assertThrows(IllegalArgumentException.class, () -> Constraint.parse("goodput >= high"));
    }
}
