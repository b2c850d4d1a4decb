package org.motleysim.core.experiment;

import java.util.Locale;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.motleysim.core.report.Figures;

/**
 * By how much a metric of one variant differs from that of another: the second minus the first.
 *
 * @param metric its name
 * @param unit its unit
 * @param first the variant that is compared with
 * @param second the variant that is compared
 * @param firstMean the mean of the first, over the replications that count here
 * @param interval the difference of the means and its bounds
 * @param replications how many replications of each count
 * @param paired whether replications were paired (common random numbers), or the two are independent (Welch's t)
 */
public record Difference(
        String metric,
        String unit,
        String first,
        String second,
        double firstMean,
        Interval interval,
        int replications,
        boolean paired) {

    /**
     * From replications that had the same random numbers, pair by pair.
     *
     * @return the difference with Student's interval over the pairs in which both have a value
     * @throws IllegalArgumentException if fewer than two pairs have
     */
    static Difference paired(
            String metric, String unit, String first, double[] of, String second, double[] with, double level) {
        var differences = new SummaryStatistics();
        var mean = new SummaryStatistics();
        for (int i = 0; i < Math.min(of.length, with.length); i++) {
            double difference = with[i] - of[i];
            if (!Double.isNaN(difference)) {
                differences.addValue(difference);
                mean.addValue(of[i]);
            }
        }
        checkCount(metric, first, second, differences.getN());
        Summary summary = Summary.of(metric, unit, differences, level);
        return new Difference(
                metric, unit, first, second, mean.getMean(), summary.interval(), (int) summary.count(), true);
    }

    /** From replications that are independent, by Welch's t: the variances may differ. */
    static Difference independent(
            String metric, String unit, String first, double[] of, String second, double[] with, double level) {
        checkCount(metric, first, second, Math.min(measured(of), measured(with)));
        Summary a = Summary.of(metric, unit, of, level);
        Summary b = Summary.of(metric, unit, with, level);
        double va = a.deviation() * a.deviation() / a.count();
        double vb = b.deviation() * b.deviation() / b.count();
        double spread = va + vb;
        double halfWidth = 0;
        if (spread > 0) {
            double freedom = spread * spread / (va * va / (a.count() - 1) + vb * vb / (b.count() - 1));
            halfWidth = Summary.t(freedom, level) * Math.sqrt(spread);
        }
        double difference = b.mean() - a.mean();
        var interval = new Interval(difference, difference - halfWidth, difference + halfWidth, level);
        return new Difference(
                metric, unit, first, second, a.mean(), interval, (int) Math.min(a.count(), b.count()), false);
    }

    /** Whether the interval leaves out zero: chance alone hardly makes such a difference. */
    public boolean significant() {
        return interval.low() > 0 || interval.high() < 0;
    }

    /** What was found, in one sentence: {@code B lowers ttft.p99 by 41 ms +/- 6 ms (-12%)}. */
    public String sentence() {
        double size = Math.abs(interval.estimate());
        String spread = Figures.quantity(interval.halfWidth(), unit);
        if (interval.low() == 0 && interval.high() == 0) {
            return second + " and " + first + " have the same " + metric + " in every replication";
        }
        if (!significant()) {
            return "no difference in " + metric + " between " + second + " and " + first + " is seen: "
                    + Figures.quantity(interval.estimate(), unit) + " +/- " + spread;
        }
        String share = firstMean == 0
                ? ""
                : String.format(Locale.ROOT, " (%+.2g%%)", 100 * interval.estimate() / Math.abs(firstMean))
                        .replace("e+0", "e");
        return second + (interval.estimate() < 0 ? " lowers " : " raises ") + metric + " by "
                + Figures.quantity(size, unit) + " +/- " + spread + percent(share) + " against " + first;
    }

    /** Large shares print as plain digits. */
    private String percent(String share) {
        return share.contains("e")
                ? String.format(Locale.ROOT, " (%+.0f%%)", 100 * interval.estimate() / Math.abs(firstMean))
                : share;
    }

    private static long measured(double[] values) {
        long count = 0;
        for (double value : values) {
            count += Double.isNaN(value) ? 0 : 1;
        }
        return count;
    }

    private static void checkCount(String metric, String first, String second, long count) {
        if (count < 2) {
            throw new IllegalArgumentException("replications with " + metric + " of both " + first + " and " + second
                    + " (" + count + ") must be 2 or more");
        }
    }
}
