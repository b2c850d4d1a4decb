package org.motleysim.hardware.fitted;

import java.util.Arrays;

/**
 * Absolute relative errors of predictions, {@code |predicted / measured - 1|}.
 *
 * @param rows measurements
 * @param mape mean
 * @param median half of them are below
 * @param p90 nine tenths of them are below
 * @param worst largest
 */
public record ErrorSummary(int rows, double mape, double median, double p90, double worst) {
    /**
     * Returns the summary of some errors; a quantile is the smallest error that at least so many do not exceed.
     *
     * @throws IllegalArgumentException if there are none, or one is negative or not a number
     */
    public static ErrorSummary of(double[] errors) {
        if (errors.length == 0) {
            throw new IllegalArgumentException("errors (none) must be one or more");
        }
        double[] sorted = errors.clone();
        Arrays.sort(sorted);
        if (!(sorted[0] >= 0) || Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("errors must be numbers, zero or more");
        }
        double sum = 0;
        for (double error : sorted) {
            sum += error;
        }
        return new ErrorSummary(
                sorted.length,
                sum / sorted.length,
                quantile(sorted, 0.5),
                quantile(sorted, 0.9),
                sorted[sorted.length - 1]);
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
