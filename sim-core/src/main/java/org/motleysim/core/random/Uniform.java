package org.motleysim.core.random;

/**
 * All values of an interval equally likely.
 *
 * @param low where it begins
 * @param high where it ends, above {@code low}
 */
public record Uniform(double low, double high) implements Distribution {
    /** @throws IllegalArgumentException if a number is out of its range */
    public Uniform {
        Checks.finite("low", low);
        Checks.finite("high", high);
        if (low >= high) {
            throw new IllegalArgumentException("low (" + low + ") must be less than high (" + high + ")");
        }
    }

    @Override
    public double mean() {
        return low / 2 + high / 2;
    }

    @Override
    public double quantile(double p) {
        Checks.probability(p);
        return low * (1 - p) + high * p;
    }

    @Override
    public double cumulative(double x) {
        return Math.max(0, Math.min(1, (x - low) / (high - low)));
    }
}
