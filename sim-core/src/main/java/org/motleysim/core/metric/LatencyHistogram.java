package org.motleysim.core.metric;

import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Durations, one per observation, with their quantiles. Built on HdrHistogram with three significant digits.
 *
 * <p>Count, mean, least and greatest are exact. A quantile is wrong by at most 0.1% of itself. Memory is bounded by half a megabyte
 * (for a range from 1 ns to 292 years) and does not depend on the number of observations; it grows when a longer duration than ever is
 * recorded and not otherwise. With no observations each statistic is NaN, which {@link MetricSet} leaves out. For one simulation and
 * one thread.
 */
public final class LatencyHistogram {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double FINEST_CDF_STEP = 1 / 400.0;

    private final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
    private double sumNanos;
    private long minNanos = Long.MAX_VALUE;
    private long maxNanos;

    /** Starts empty. */
    public LatencyHistogram() {
        histogram.setAutoResize(true);
    }

    /**
     * Records one duration.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public void record(long nanos) {
        record(nanos, 1);
    }

    /**
     * Records a duration that occurred {@code count} times.
     *
     * @throws IllegalArgumentException if either number is negative
     */
    public void record(long nanos, long count) {
        if (nanos < 0 || count < 0) {
            throw new IllegalArgumentException(
                    "duration (" + nanos + " ns) and count (" + count + ") must be zero or more");
        }
        if (count == 0) {
            return;
        }
        histogram.recordValueWithCount(nanos, count);
        sumNanos += (double) nanos * count;
        minNanos = Math.min(minNanos, nanos);
        maxNanos = Math.max(maxNanos, nanos);
    }

    /** Records all that another histogram has recorded. */
    public void add(LatencyHistogram other) {
        histogram.add(other.histogram);
        sumNanos += other.sumNanos;
        minNanos = Math.min(minNanos, other.minNanos);
        maxNanos = Math.max(maxNanos, other.maxNanos);
    }

    /** Returns the number of observations. */
    public long count() {
        return histogram.getTotalCount();
    }

    /** Returns the mean in seconds; NaN without observations. */
    public double meanSeconds() {
        return sumNanos / count() / NANOS_PER_SECOND;
    }

    /** Returns the least observation in seconds; NaN without observations. */
    public double minSeconds() {
        return count() == 0 ? Double.NaN : minNanos / NANOS_PER_SECOND;
    }

    /** Returns the greatest observation in seconds; NaN without observations. */
    public double maxSeconds() {
        return count() == 0 ? Double.NaN : maxNanos / NANOS_PER_SECOND;
    }

    /**
     * Returns the least duration that at least the fraction {@code q} of the observations do not exceed, in seconds, within 0.1%; NaN
     * without observations.
     *
     * @param q from 0 to 1, such as 0.99
     * @throws IllegalArgumentException if q is outside of that
     */
    public double quantileSeconds(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile (" + q + ") must be from 0 to 1");
        }
        return count() == 0 ? Double.NaN : seconds(histogram.getValueAtPercentile(100 * q));
    }

    /**
     * Returns the distribution for a chart: values in seconds, rising, each with the fraction of observations that do not exceed it.
     * Points are a quarter of a percent apart, closer towards the top; a few hundred in all.
     */
    public Cdf cdf(String name) {
        var seconds = new double[histogram.getTotalCount() == 0 ? 0 : 1024];
        var fractions = new double[seconds.length];
        int points = 0;
        double drawn = 0;
        long seen = 0;
        for (HistogramIterationValue step : histogram.recordedValues()) {
            seen += step.getCountAtValueIteratedTo();
            double fraction = (double) seen / count();
            boolean last = seen == count();
            boolean roomLeft = points < seconds.length - 1;
            double due = Math.min(FINEST_CDF_STEP, (1 - drawn) / 10);
            if (last || (roomLeft && (points == 0 || fraction - drawn >= due))) {
                seconds[points] = seconds(step.getValueIteratedTo());
                fractions[points] = fraction;
                drawn = fraction;
                points++;
            }
        }
        return new Cdf(name, "s", Arrays.copyOf(seconds, points), Arrays.copyOf(fractions, points));
    }

    /** Forgets all observations, as at the end of a warm-up. */
    public void reset() {
        histogram.reset();
        sumNanos = 0;
        minNanos = Long.MAX_VALUE;
        maxNanos = 0;
    }

    /** The middle of the bucket, which halves its error, but never outside of what was seen. */
    private double seconds(long bucketNanos) {
        long middle = histogram.medianEquivalentValue(bucketNanos);
        return Math.max(minNanos, Math.min(maxNanos, middle)) / NANOS_PER_SECOND;
    }
}
