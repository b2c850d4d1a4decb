package org.motleysim.core.random;

/**
 * Weibull; with shape 1 the exponential, of which {@code scale} is the mean.
 *
 * @param shape positive
 * @param scale positive
 */
public record Weibull(double shape, double scale) implements Distribution {
    /** @throws IllegalArgumentException if a number is out of its range */
    public Weibull {
        Checks.positive("shape", shape);
        Checks.positive(shape == 1 ? "mean" : "scale", scale);
    }

    @Override
    public double mean() {
        return shape == 1 ? scale : scale * org.apache.commons.math3.special.Gamma.gamma(1 + 1 / shape);
    }

    @Override
    public double quantile(double p) {
        Checks.probability(p);
        double hazard = -StrictMath.log1p(-p);
        return scale * (shape == 1 ? hazard : StrictMath.pow(hazard, 1 / shape));
    }

    @Override
    public double cumulative(double x) {
        return x <= 0 ? 0 : -StrictMath.expm1(-(shape == 1 ? x / scale : StrictMath.pow(x / scale, shape)));
    }
}
