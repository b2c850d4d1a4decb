package org.motleysim.core.random;

import org.apache.commons.math3.distribution.GammaDistribution;

/**
 * Gamma. Quantiles come from Commons Math, by iteration to 1e-12 scales, which is too slow for sampling; samples by Marsaglia and
 * Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3), 2000, without the squeeze, and with their power of a
 * uniform for shapes below 1.
 *
 * @param shape positive
 * @param scale positive; the mean is shape times scale
 */
public record Gamma(double shape, double scale) implements Distribution {
    private static final double QUANTILE_ERROR = 1e-12;

    /** @throws IllegalArgumentException if a number is out of its range */
    public Gamma {
        Checks.positive("shape", shape);
        Checks.positive("scale", scale);
    }

    @Override
    public double mean() {
        return shape * scale;
    }

    @Override
    public double quantile(double p) {
        Checks.probability(p);
        return reference().inverseCumulativeProbability(p);
    }

    @Override
    public double cumulative(double x) {
        return reference().cumulativeProbability(x);
    }

    @Override
    public double sample(RandomStream stream) {
        double boost = shape < 1 ? StrictMath.pow(stream.nextOpen(), 1 / shape) : 1;
        double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3;
        double c = 1 / (3 * Math.sqrt(d));
        while (true) {
            double x = stream.nextGaussian();
            double root = 1 + c * x;
            double v = root * root * root;
            if (v > 0 && StrictMath.log(stream.nextOpen()) < x * x / 2 + d * (1 - v + StrictMath.log(v))) {
                return scale * boost * d * v;
            }
        }
    }

    /** Without a generator: the distribution is only asked for its functions. */
    @SuppressWarnings("NullAway") // Commons Math documents that null is fine then
    private GammaDistribution reference() {
        return new GammaDistribution(null, shape, scale, QUANTILE_ERROR * scale);
    }
}
