package org.motleysim.core.random;

/**
 * Pareto: a power-law tail. Its mean is infinite for shapes up to 1.
 *
 * @param shape positive; the smaller, the heavier the tail
 * @param scale the least value, positive
 */
public record Pareto(double shape, double scale) implements Distribution {
    /** @throws IllegalArgumentException if a number is out of its range */
    public Pareto {
        Checks.positive("shape", shape);
        Checks.positive("scale", scale);
    }

    @Override
    public double mean() {
        return shape <= 1 ? Double.POSITIVE_INFINITY : shape * scale / (shape - 1);
    }

    @Override
    public double quantile(double p) {
        Checks.probability(p);
        return scale * StrictMath.pow(1 - p, -1 / shape);
    }

    @Override
    public double cumulative(double x) {
        return x <= scale ? 0 : 1 - StrictMath.pow(scale / x, shape);
    }
}
