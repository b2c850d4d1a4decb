package org.motleysim.core.random;

import org.apache.commons.math3.special.Erf;

/**
 * Normal; with deviation zero, its mean always.
 *
 * @param mean the mean
 * @param deviation the standard deviation, zero or more
 */
public record Normal(double mean, double deviation) implements Distribution {
    private static final double SQRT_2 = 1.4142135623730951;

    /** @throws IllegalArgumentException if a number is out of its range */
    public Normal {
        Checks.finite("mean", mean);
        Checks.notNegative("deviation", deviation);
    }

    @Override
    public double quantile(double p) {
        Checks.probability(p);
        return deviation == 0 ? mean : mean + deviation * RandomStream.standardNormalQuantile(p);
    }

    @Override
    public double cumulative(double x) {
        if (deviation == 0) {
            return x >= mean ? 1 : 0;
        }
        return Erf.erfc((mean - x) / (deviation * SQRT_2)) / 2;
    }
}
