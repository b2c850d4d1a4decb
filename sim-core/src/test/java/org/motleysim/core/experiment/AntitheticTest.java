package org.motleysim.core.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

/** Pairs of runs whose random numbers mirror each other. */
class AntitheticTest {
    private static final LindleyQueue QUEUE = new LindleyQueue(0.5, 1, 500);

    /** The correlation of -ln(u) and -ln(1-u) is 1 - pi^2/6: the integral of ln(u) ln(1-u) over (0,1) is 2 - pi^2/6. */
    @Test
    void pairs_ofExponentialMeans_varyAsTheoryHasIt() {
        Trial mean = seed -> {
            RandomStream stream = RandomStreams.of(seed).stream("services");
            double sum = 0;
            for (int i = 0; i < 50; i++) {
                sum += stream.nextExponential(1);
            }
            return MetricSet.builder().put("mean", sum / 50, "s").build();
        };
        int pairs = 4_000;
        double variance = variance(mean, "mean", Seeding.ANTITHETIC, pairs);
        double exact = (1 + (1 - Math.PI * Math.PI / 6)) / 2 / 50;
        // The standard error of a variance of n normal values is its sqrt(2 / (n - 1)); four of them.
        assertEquals(exact, variance, 4 * exact * Math.sqrt(2.0 / (pairs - 1)));
    }

    @Test
    void pairs_ofMM1_varyLessThanTwoIndependentRuns() {
        int pairs = 2_000;
        double antithetic = variance(QUEUE, "wait", Seeding.ANTITHETIC, pairs);
        double independent = variance(QUEUE, "wait", Seeding.COMMON, 2 * pairs) / 2;
        System.out.printf(
                Locale.ROOT,
                "M/M/1, variance of the mean of two runs: %.4f independent, %.4f antithetic, a factor of %.2f%n",
                independent,
                antithetic,
                independent / antithetic);
        // The relative standard errors of the two variances, four of them.
        double error = 4 * Math.sqrt(2.0 / (pairs - 1) + 2.0 / (2 * pairs - 1));
        assertTrue(antithetic * (1 + error) < independent, antithetic + " against " + independent);
    }

    @Test
    void interval_ofAThousandAntitheticStudiesOfMM1_coversTheTruthAsOftenAsItSays() {
        int covered = 0;
        for (int study = 0; study < 1_000; study++) {
            Summary wait = experiment(QUEUE, Seeding.ANTITHETIC, 20)
                    .seed(study)
                    .threads(1)
                    .build()
                    .run()
                    .summary("a", "wait")
                    .orElseThrow();
            assertEquals(10, wait.count());
            covered += wait.interval().contains(QUEUE.exactWait()) ? 1 : 0;
        }
        assertTrue(covered >= 930 && covered <= 970, covered + " of 1000");
    }

    private static double variance(Trial trial, String metric, Seeding seeding, int observations) {
        double deviation = experiment(trial, seeding, seeding == Seeding.ANTITHETIC ? 2 * observations : observations)
                .build()
                .run()
                .summary("a", metric)
                .orElseThrow()
                .deviation();
        return deviation * deviation;
    }

    private static Experiment.Builder experiment(Trial trial, Seeding seeding, int replications) {
        return Experiment.named("pairs")
                .variant(Variant.of("a", trial))
                .seeding(seeding)
                .stop(StoppingRule.replications(replications));
    }

    @Test
    void difference_isThatOfTheMeansOfPairs() {
        var faster = new LindleyQueue(0.5, 1.05, 500);
        ExperimentResult result = experiment(QUEUE, Seeding.ANTITHETIC, 40)
                .variant(Variant.of("b", faster))
                .build()
                .run();
        Difference found = result.difference("a", "b", "wait");
        double[] a = result.values("a", "wait");
        double[] b = result.values("b", "wait");
        var byHand = new SummaryStatistics();
        for (int i = 0; i < 40; i += 2) {
            byHand.addValue((b[i] + b[i + 1] - a[i] - a[i + 1]) / 2);
        }
        assertEquals(20, found.replications());
        assertTrue(found.paired());
        assertEquals(byHand.getMean(), found.interval().estimate(), 1e-12);
        assertEquals(
                Summary.t(19, 0.95) * byHand.getStandardDeviation() / Math.sqrt(20),
                found.interval().halfWidth(),
                1e-12);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void run_onSeveralThreads_givesTheBitsOfOne(int threads) {
        var rule = StoppingRule.relativeHalfWidth("wait", 0.05).between(6, 400);
        Summary one = experiment(QUEUE, Seeding.ANTITHETIC, 2)
                .stop(rule)
                .threads(1)
                .build()
                .run()
                .summary("a", "wait")
                .orElseThrow();
        ExperimentResult other = experiment(QUEUE, Seeding.ANTITHETIC, 2)
                .stop(rule)
                .threads(threads)
                .build()
                .run();
        assertEquals(one, other.summary("a", "wait").orElseThrow());
        assertEquals(0, other.replications() % 2);
    }

    @Test
    void pair_ofWhichOneFails_doesNotCount() {
        Trial fragile = seed -> {
            if (RandomStreams.isAntithetic(seed) && seed % 4 == 0) {
                throw new IllegalStateException("unlucky");
            }
            return QUEUE.run(seed);
        };
        ExperimentResult result =
                experiment(fragile, Seeding.ANTITHETIC, 80).build().run();
        assertTrue(result.failed() > 2);
        assertEquals(
                40 - result.failed(), result.summary("a", "wait").orElseThrow().count());
    }

    @Test
    void build_ofOddReplications_isRefused() {
        var odd = experiment(QUEUE, Seeding.ANTITHETIC, 5);
        var e = assertThrows(IllegalArgumentException.class, odd::build);
        assertTrue(String.valueOf(e.getMessage()).contains("must be even"), e.toString());
    }

    @Test
    void seeds_comeInPairsThatVariantsShare() {
        Experiment experiment = experiment(QUEUE, Seeding.ANTITHETIC, 4)
                .variant(Variant.of("b", QUEUE))
                .build();
        assertEquals(experiment.seed(0, 2), experiment.seed(1, 2));
        assertEquals(RandomStreams.antithetic(experiment.seed(0, 2)), experiment.seed(0, 3));
        assertFalse(RandomStreams.isAntithetic(experiment.seed(0, 2)));
        assertTrue(experiment.seed(0, 0) != experiment.seed(0, 2));
    }
}
