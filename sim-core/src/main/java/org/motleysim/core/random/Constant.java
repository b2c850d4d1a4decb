package org.motleysim.core.random;

/**
 * One value, always.
 *
 * @param value that value, finite
 */
public record Constant(double value) implements Distribution {
    /** @throws IllegalArgumentException if a number is out of its range */
    public Constant {
        Checks.finite("value", value);
    }

    @Override
    public double mean() {
        return value;
    }

    @Override
    public double quantile(double p) {
        Checks.probability(p);
        return value;
    }

    @Override
    public double cumulative(double x) {
        return x >= value ? 1 : 0;
    }
}
