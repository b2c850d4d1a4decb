package org.motleysim.core.experiment;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.motleysim.core.report.Figures;

/**
 * What independent replications say of one metric.
 *
 * @param metric its name
 * @param unit its unit
 * @param count how many replications measured it
 * @param mean their mean
 * @param deviation their standard deviation; NaN for a single one
 * @param halfWidth half the width of the interval of the mean (Student's t with {@code count - 1} degrees of freedom); infinite for a
 *     single one
 * @param least the smallest
 * @param most the largest
 * @param level the confidence of the interval
 */
public record Summary(
        String metric,
        String unit,
        long count,
        double mean,
        double deviation,
        double halfWidth,
        double least,
        double most,
        double level) {

    /** The usual confidence: 95%. */
    public static final double USUAL_LEVEL = 0.95;

    /**
     * Summarises observations that are independent of each other.
     *
     * @param values one or more; NaN is left out
     * @param level the confidence, between 0 and 1
     * @throws IllegalArgumentException if there are none, or the level is out of range
     */
    public static Summary of(String metric, String unit, double[] values, double level) {
        var statistics = new SummaryStatistics();
        for (double value : values) {
            if (!Double.isNaN(value)) {
                statistics.addValue(value);
            }
        }
        return of(metric, unit, statistics, level);
    }

    static Summary of(String metric, String unit, SummaryStatistics statistics, double level) {
        checkLevel(level);
        long n = statistics.getN();
        if (n == 0) {
            throw new IllegalArgumentException("values of " + metric + " must not be empty");
        }
        double deviation = n == 1 ? Double.NaN : statistics.getStandardDeviation();
        double halfWidth = n == 1 ? Double.POSITIVE_INFINITY : t(n - 1.0, level) * deviation / Math.sqrt((double) n);
        return new Summary(
                metric,
                unit,
                n,
                statistics.getMean(),
                deviation,
                halfWidth,
                statistics.getMin(),
                statistics.getMax(),
                level);
    }

    /** Where the true mean lies. */
    public Interval interval() {
        return new Interval(mean, mean - halfWidth, mean + halfWidth, level);
    }

    /** The mean and its interval for a reader, such as {@code 412 ms +/- 6 ms}. */
    public String text() {
        String value = Figures.quantity(mean, unit);
        return Double.isFinite(halfWidth) ? value + " +/- " + Figures.quantity(halfWidth, unit) : value;
    }

    /**
     * A quantile of the observations, with the interval that order statistics give whatever the distribution is: of n observations the
     * number below the true quantile is binomial (n, p).
     *
     * @param values one or more; NaN is left out
     * @param p which quantile, between 0 and 1
     * @param level the confidence, between 0 and 1; the interval has at least that
     * @return the estimate by linear interpolation (type 7 of Hyndman and Fan), and its bounds; a bound is infinite when there are too few
     *     observations for one
     * @throws IllegalArgumentException if there are none, or a number is out of range
     */
    public static Interval quantile(double[] values, double p, double level) {
        checkLevel(level);
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("quantile (" + p + ") must be between 0 and 1");
        }
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("values must not be empty");
        }
        double estimate = new Percentile(100 * p)
                .withEstimationType(Percentile.EstimationType.R_7)
                .evaluate(sorted);
        var below = new BinomialDistribution(null, sorted.length, p);
        double tail = (1 - level) / 2;
        int low = below.inverseCumulativeProbability(tail);
        int high = below.inverseCumulativeProbability(1 - tail) + 1;
        return new Interval(
                estimate,
                low >= 1 ? sorted[low - 1] : Double.NEGATIVE_INFINITY,
                high <= sorted.length ? sorted[high - 1] : Double.POSITIVE_INFINITY,
                level);
    }

    /** The factor of a two-sided interval. */
    static double t(double degreesOfFreedom, double level) {
        return new TDistribution(null, degreesOfFreedom).inverseCumulativeProbability(1 - (1 - level) / 2);
    }

    static void checkLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level (" + level + ") must be between 0 and 1\nMaybe 0.95.");
        }
    }
}
