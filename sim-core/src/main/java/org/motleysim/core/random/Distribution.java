package org.motleysim.core.random;

/**
 * A probability distribution of real numbers, described and shared freely; chance comes from the stream passed in.
 *
 * <pre>{@code
 * Distribution service = Distribution.exponential(0.25);
 * double seconds = service.sample(streams.stream("service"));
 * }</pre>
 *
 * <p>A sample is the {@link #quantile} of one uniform draw (inversion), unless a distribution says otherwise. One draw per sample keeps
 * two variants of a system in step, and a larger draw means a larger sample: that is what makes common random numbers work. A user's
 * own distribution implements the three abstract methods. Those made here are immutable, have value equality, and give identical
 * samples on every JVM.
 */
public interface Distribution {
    /** Returns the mean; infinite when it is. */
    double mean();

    /**
     * Returns the value that a sample does not exceed with probability {@code p}; the least such value where there are several.
     *
     * @param p from 0 to 1; at 0 and 1 the ends of the range, which may be infinite
     */
    double quantile(double p);

    /** Returns the probability that a sample does not exceed {@code x}. */
    double cumulative(double x);

    /** Returns a random value. */
    default double sample(RandomStream stream) {
        return quantile(stream.nextOpen());
    }

    /** Always the same value. */
    static Distribution constant(double value) {
        return new Constant(value);
    }

    /**
     * All values from {@code low} to {@code high} equally likely.
     *
     * @throws IllegalArgumentException unless low is less than high, both finite
     */
    static Distribution uniform(double low, double high) {
        return new Uniform(low, high);
    }

    /** Memoryless, with the given positive mean. */
    static Distribution exponential(double mean) {
        return new Weibull(1, mean);
    }

    /** Normal (Gaussian); the deviation is zero or more. */
    static Distribution normal(double mean, double deviation) {
        return new Normal(mean, deviation);
    }

    /**
     * Log-normal through two of its quantiles: the way measured lengths and latencies are reported.
     *
     * @param median exceeded by one half, positive
     * @param p99 exceeded by one in a hundred, at least the median
     */
    static Distribution logNormal(double median, double p99) {
        return LogNormal.ofMedianAndP99(median, p99);
    }

    /** Log-normal: the exponential of a normal with mean {@code mu} and deviation {@code sigma}. */
    static Distribution logNormalMuSigma(double mu, double sigma) {
        return new LogNormal(mu, sigma);
    }

    /**
     * Gamma with mean {@code shape * scale} and coefficient of variation {@code 1 / sqrt(shape)}; both positive. Sampled by the method
     * of Marsaglia and Tsang, which takes a varying number of draws.
     */
    static Distribution gamma(double shape, double scale) {
        return new Gamma(shape, scale);
    }

    /** Weibull with distribution function {@code 1 - exp(-(x / scale)^shape)}; both positive. */
    static Distribution weibull(double shape, double scale) {
        return new Weibull(shape, scale);
    }

    /** Pareto with distribution function {@code 1 - (scale / x)^shape} from {@code scale} on; both positive. */
    static Distribution pareto(double shape, double scale) {
        return new Pareto(shape, scale);
    }

    /**
     * The given values and no others, in proportion to their weights (no interpolation).
     *
     * @param values finite, in any order
     * @param weights one for each value: finite, zero or more, not all zero; they need not add up to one
     * @throws IllegalArgumentException naming the first number that breaks this
     */
    static Distribution empirical(double[] values, double[] weights) {
        return Empirical.ofWeights(values, weights);
    }

    /**
     * A measured distribution function, with straight lines between its points (interpolation).
     *
     * @param values finite and rising
     * @param cumulative for each value the probability that a sample does not exceed it: not falling, from 0 or more (then the first
     *     value has that probability itself) to exactly 1
     * @throws IllegalArgumentException naming the first number that breaks this
     */
    static Distribution empiricalCdf(double[] values, double[] cumulative) {
        return Empirical.ofCumulative(values, cumulative);
    }

    /**
     * Another distribution on condition that it exceeds {@code low} but not {@code high}; its mean is integrated numerically.
     *
     * @throws IllegalArgumentException if low is not less than high, or that happens less than once in a million
     */
    static Distribution truncated(Distribution distribution, double low, double high) {
        return new Truncated(distribution, low, high);
    }
}
