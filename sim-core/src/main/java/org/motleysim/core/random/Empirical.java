package org.motleysim.core.random;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Measured values: either these alone, or straight lines between the points of their distribution function. Made by
 * {@link Distribution#empirical} and {@link Distribution#empiricalCdf}.
 */
public final class Empirical implements Distribution {
    private final double[] values;
    private final double[] cumulative;
    private final double[] weights;
    private final boolean interpolated;

    private Empirical(double[] values, double[] cumulative, double[] weights, boolean interpolated) {
        this.values = values;
        this.cumulative = cumulative;
        this.weights = weights;
        this.interpolated = interpolated;
    }

    /** Returns the values, rising. */
    public double[] values() {
        return values.clone();
    }

    /** Returns the probability that a sample does not exceed each value. */
    public double[] cumulative() {
        return cumulative.clone();
    }

    /** Returns the weight of each value; empty if the distribution function was given instead. */
    public double[] weights() {
        return weights.clone();
    }

    /** Returns whether values between those given can occur. */
    public boolean isInterpolated() {
        return interpolated;
    }

    static Empirical ofWeights(double[] values, double[] weights) {
        checkLengths(values, weights);
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> Checks.finite("values[" + i + "]", values[i])))
                .mapToInt(i -> i)
                .toArray();
        var sorted = new double[values.length];
        var cumulative = new double[values.length];
        var heavy = new double[values.length];
        double sum = 0;
        for (int i = 0; i < order.length; i++) {
            sorted[i] = values[order[i]];
            heavy[i] = Checks.notNegative("weights[" + order[i] + "]", weights[order[i]]);
            sum += heavy[i];
            cumulative[i] = sum;
        }
        Checks.positive("sum of weights", sum);
        for (int i = 0; i < cumulative.length; i++) {
            cumulative[i] /= sum;
        }
        return new Empirical(sorted, cumulative, heavy, false);
    }

    static Empirical ofCumulative(double[] values, double[] cumulative) {
        checkLengths(values, cumulative);
        for (int i = 0; i < values.length; i++) {
            Checks.finite("values[" + i + "]", values[i]);
            Checks.notNegative("cumulative[" + i + "]", cumulative[i]);
            if (i > 0 && (values[i] <= values[i - 1] || cumulative[i] < cumulative[i - 1])) {
                throw new IllegalArgumentException("point " + i + " (" + values[i] + ", " + cumulative[i]
                        + ") must lie right of and not below (" + values[i - 1] + ", " + cumulative[i - 1] + ")");
            }
        }
        if (cumulative[cumulative.length - 1] != 1) {
            throw new IllegalArgumentException(
                    "last cumulative probability (" + cumulative[cumulative.length - 1] + ") must be 1");
        }
        return new Empirical(values.clone(), cumulative.clone(), new double[0], true);
    }

    private static void checkLengths(double[] values, double[] others) {
        if (values.length == 0 || values.length != others.length) {
            throw new IllegalArgumentException("values (" + values.length + ") and their probabilities ("
                    + others.length + ") must be equally many, at least one");
        }
    }

    @Override
    public double mean() {
        double mean = cumulative[0] * values[0];
        for (int i = 1; i < values.length; i++) {
            double value = interpolated ? values[i - 1] / 2 + values[i] / 2 : values[i];
            mean += (cumulative[i] - cumulative[i - 1]) * value;
        }
        return mean;
    }

    @Override
    public double quantile(double p) {
        Checks.probability(p);
        int i = firstAtLeast(cumulative, p);
        if (p == 0) {
            i = firstAtLeast(cumulative, Double.MIN_VALUE); // the first value that can occur
            return interpolated && i > 0 ? values[i - 1] : values[i];
        }
        if (!interpolated || i == 0) {
            return values[i];
        }
        double share = (p - cumulative[i - 1]) / (cumulative[i] - cumulative[i - 1]);
        return values[i - 1] + share * (values[i] - values[i - 1]);
    }

    @Override
    public double cumulative(double x) {
        int above = firstAtLeast(values, Math.nextUp(x));
        if (above == 0) {
            return 0;
        }
        if (!interpolated || above == values.length) {
            return cumulative[above - 1];
        }
        double share = (x - values[above - 1]) / (values[above] - values[above - 1]);
        return cumulative[above - 1] + share * (cumulative[above] - cumulative[above - 1]);
    }

    private static int firstAtLeast(double[] rising, double key) {
        int low = 0;
        int high = rising.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rising[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Empirical that
                && interpolated == that.interpolated
                && Arrays.equals(values, that.values)
                && Arrays.equals(cumulative, that.cumulative);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Arrays.hashCode(cumulative);
    }

    @Override
    public String toString() {
        return "Empirical[" + values.length + " values" + (interpolated ? ", interpolated]" : "]");
    }
}
