package org.motleysim.core.random;

/** All values of an interval equally likely. */
record Uniform(double low, double high) implements Distribution {
    Uniform {
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
