package org.motleysim.core.random;

/**
 * The exponential of a normal.
 *
 * @param mu mean of the logarithm
 * @param sigma deviation of the logarithm, zero or more
 */
public record LogNormal(double mu, double sigma) implements Distribution {
    /** The 99% quantile of the standard normal. */
    private static final double Z_99 = 2.3263478740408408;

    /** @throws IllegalArgumentException if a number is out of its range */
    public LogNormal {
        Checks.finite("mu", mu);
        Checks.notNegative("sigma", sigma);
    }

    /**
     * Returns the log-normal with this median and 99th percentile.
     *
     * @throws IllegalArgumentException if the median is not positive or above the 99th percentile
     */
    public static LogNormal ofMedianAndP99(double median, double p99) {
        Checks.positive("median", median);
        Checks.positive("p99", p99);
        if (p99 < median) {
            throw new IllegalArgumentException("p99 (" + p99 + ") must be at least the median (" + median + ")");
        }
        return new LogNormal(StrictMath.log(median), StrictMath.log(p99 / median) / Z_99);
    }

    @Override
    public double mean() {
        return StrictMath.exp(mu + sigma * sigma / 2);
    }

    @Override
    public double quantile(double p) {
        return StrictMath.exp(normal().quantile(p));
    }

    @Override
    public double cumulative(double x) {
        return x <= 0 ? 0 : normal().cumulative(StrictMath.log(x));
    }

    private Normal normal() {
        return new Normal(mu, sigma);
    }
}
