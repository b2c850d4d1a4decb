package org.motleysim.core.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.LogNormalDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.ParetoDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.distribution.WeibullDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DistributionTest {
    private static final long SEED = 4711;
    private static final int DRAWS = 50_000;

    private record Case(Distribution ours, RealDistribution reference) {
        @Override
        public String toString() {
            return ours.toString();
        }
    }

    static Stream<Case> closedForms() {
        return Stream.of(
                new Case(Distribution.uniform(-2, 5), new UniformRealDistribution(-2, 5)),
                new Case(Distribution.exponential(0.25), new ExponentialDistribution(0.25)),
                new Case(Distribution.normal(-3, 2), new NormalDistribution(-3, 2)),
                new Case(Distribution.logNormalMuSigma(1, 0.8), new LogNormalDistribution(1, 0.8)),
                new Case(Distribution.gamma(0.4, 3), new GammaDistribution(0.4, 3)),
                new Case(Distribution.gamma(1, 3), new GammaDistribution(1, 3)),
                new Case(Distribution.gamma(7.5, 0.2), new GammaDistribution(7.5, 0.2)),
                new Case(Distribution.weibull(0.7, 2), new WeibullDistribution(0.7, 2)),
                new Case(Distribution.weibull(3, 2), new WeibullDistribution(3, 2)),
                new Case(Distribution.pareto(3.5, 2), new ParetoDistribution(2, 3.5)));
    }

    @ParameterizedTest
    @MethodSource("closedForms")
    void sample_many_passesKolmogorovSmirnov(Case c) {
        double p = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(c.reference, draws(c.ours), false);
        System.out.println(c + ": seed " + SEED + ", Kolmogorov-Smirnov p = " + p);
        assertTrue(p > 1e-3, c + ", seed " + SEED + ": p = " + p);
    }

    @ParameterizedTest
    @MethodSource("closedForms")
    void sample_many_hasTheMomentsOfTheReference(Case c) {
        var statistics = new SummaryStatistics();
        for (double value : draws(c.ours)) {
            statistics.addValue(value);
        }
        double deviation = Math.sqrt(c.reference.getNumericalVariance());
        assertEquals(c.reference.getNumericalMean(), c.ours.mean(), 1e-9 * deviation);
        assertEquals(c.ours.mean(), statistics.getMean(), 4 * deviation / Math.sqrt(DRAWS), "seed " + SEED);
        assertEquals(1, statistics.getStandardDeviation() / deviation, 0.1, "seed " + SEED);
    }

    @ParameterizedTest
    @MethodSource("closedForms")
    void quantile_andCumulative_agreeWithTheReference(Case c) {
        for (double p : new double[] {0.01, 0.25, 0.5, 0.75, 0.99, 0.999_999}) {
            double x = c.ours.quantile(p);
            assertEquals(c.reference.cumulativeProbability(x), p, 1e-8, "at " + p);
            assertEquals(p, c.ours.cumulative(x), 1e-8, "at " + p);
        }
        assertThrows(IllegalArgumentException.class, () -> c.ours.quantile(-0.1));
        assertThrows(IllegalArgumentException.class, () -> c.ours.quantile(Double.NaN));
    }

    @Test
    void logNormal_fromMedianAndP99_hasThem() {
        Distribution lengths = Distribution.logNormal(400, 4000);
        assertEquals(400, lengths.quantile(0.5), 1e-9);
        assertEquals(4000, lengths.quantile(0.99), 1e-6);
        assertEquals(5, Distribution.logNormal(5, 5).sample(stream()), 1e-12);
    }

    @Test
    void mean_heavyPareto_isInfinite() {
        assertEquals(Double.POSITIVE_INFINITY, Distribution.pareto(1, 3).mean());
    }

    @Test
    void constant_isConstant() {
        Distribution three = Distribution.constant(3);
        assertEquals(3, three.sample(stream()));
        assertEquals(3, three.mean());
        assertEquals(0, three.cumulative(Math.nextDown(3.0)));
        assertEquals(1, three.cumulative(3));
    }

    @Test
    void empirical_weights_areMetInProportion() {
        Distribution mix = Distribution.empirical(new double[] {30, 10, 20, 40}, new double[] {3, 1, 2, 0});
        assertEquals((90 + 10 + 40) / 6.0, mix.mean(), 1e-12);
        assertEquals(10, mix.quantile(1 / 6.0), 0);
        assertEquals(20, mix.quantile(0.2), 0);
        assertEquals(30, mix.quantile(1), 0);
        assertEquals(10, mix.quantile(0), 0);
        assertEquals(0.5, mix.cumulative(29.9), 1e-15);
        var observed = new long[3];
        for (double value : draws(mix)) {
            observed[(int) value / 10 - 1]++;
        }
        double p = new ChiSquareTest().chiSquareTest(new double[] {1, 2, 3}, observed);
        assertTrue(p > 1e-3, "seed " + SEED + ": p = " + p);
    }

    @Test
    void empiricalCdf_betweenPoints_isStraight() {
        Distribution line = Distribution.empiricalCdf(new double[] {10, 20, 40}, new double[] {0.2, 0.6, 1});
        assertEquals(10, line.quantile(0.1), 0); // a fifth sits on the first value
        assertEquals(15, line.quantile(0.4), 1e-12);
        assertEquals(30, line.quantile(0.8), 1e-12);
        assertEquals(0.2, line.cumulative(10), 1e-15);
        assertEquals(0.4, line.cumulative(15), 1e-12);
        assertEquals(0, line.cumulative(9.9), 0);
        assertEquals(1, line.cumulative(41), 0);
        assertEquals(0.2 * 10 + 0.4 * 15 + 0.4 * 30, line.mean(), 1e-12);
        var plateau = Distribution.empiricalCdf(new double[] {1, 2, 3}, new double[] {0, 0, 1});
        assertEquals(2, plateau.quantile(0), 0);
        assertEquals(2.5, plateau.mean(), 1e-12);
    }

    @Test
    void truncated_exponential_hasTheClosedFormMean() {
        double a = 0.5;
        double b = 3;
        Distribution cut = Distribution.truncated(Distribution.exponential(1), a, b);
        // E[X | a < X <= b] for rate 1, by parts
        double closed = ((a + 1) * Math.exp(-a) - (b + 1) * Math.exp(-b)) / (Math.exp(-a) - Math.exp(-b));
        assertEquals(closed, cut.mean(), 1e-9);
        var statistics = new SummaryStatistics();
        for (double value : draws(cut)) {
            assertTrue(value >= a && value <= b);
            statistics.addValue(value);
        }
        assertEquals(
                closed, statistics.getMean(), 4 * statistics.getStandardDeviation() / Math.sqrt(DRAWS), "seed " + SEED);
    }

    @Test
    void truncated_gammaAndLogNormal_meanMatchesSamples() {
        for (Distribution whole : List.of(Distribution.gamma(2, 1), Distribution.logNormal(400, 4000))) {
            Distribution cut = Distribution.truncated(whole, whole.quantile(0.05), whole.quantile(0.9));
            var statistics = new SummaryStatistics();
            RandomStream stream = stream();
            for (int i = 0; i < 5_000; i++) {
                statistics.addValue(cut.sample(stream));
            }
            assertEquals(
                    cut.mean(),
                    statistics.getMean(),
                    4 * statistics.getStandardDeviation() / Math.sqrt(5_000),
                    "seed " + SEED);
        }
    }

    @Test
    void factories_impossibleParameters_areRefused() {
        List<Executable> wrong = new ArrayList<>();
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
            wrong.add(() -> Distribution.exponential(bad));
            wrong.add(() -> Distribution.gamma(bad, 1));
            wrong.add(() -> Distribution.weibull(1, bad));
            wrong.add(() -> Distribution.pareto(bad, 1));
            wrong.add(() -> Distribution.normal(0, bad));
            wrong.add(() -> Distribution.logNormal(bad, 1));
            wrong.add(() -> Distribution.empirical(new double[] {1}, new double[] {bad}));
        }
        wrong.add(() -> Distribution.constant(Double.NaN));
        wrong.add(() -> Distribution.uniform(1, 1));
        wrong.add(() -> Distribution.logNormal(10, 9));
        wrong.add(() -> Distribution.empirical(new double[0], new double[0]));
        wrong.add(() -> Distribution.empirical(new double[] {1, 2}, new double[] {0, 0}));
        wrong.add(() -> Distribution.empirical(new double[] {1, 2}, new double[] {1}));
        wrong.add(() -> Distribution.empiricalCdf(new double[] {1, 2}, new double[] {0.5, 0.9}));
        wrong.add(() -> Distribution.empiricalCdf(new double[] {2, 1}, new double[] {0.5, 1}));
        wrong.add(() -> Distribution.truncated(Distribution.exponential(1), 3, 3));
        wrong.add(() -> Distribution.truncated(Distribution.exponential(1), 100, 200));
        for (Executable call : wrong) {
            assertThrows(IllegalArgumentException.class, call);
        }
    }

    @Test
    void equals_sameParameters_areEqual() {
        assertEquals(Distribution.exponential(2), Distribution.exponential(2));
        assertEquals(
                Distribution.empirical(new double[] {2, 1}, new double[] {1, 1}),
                Distribution.empirical(new double[] {1, 2}, new double[] {3, 3}));
    }

    private static RandomStream stream() {
        return RandomStreams.of(SEED).stream("draws");
    }

    private static double[] draws(Distribution distribution) {
        RandomStream stream = stream();
        var values = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            values[i] = distribution.sample(stream);
        }
        return values;
    }
}
