package org.motleysim.workloads.arrival;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStream;

/**
 * Gamma-distributed gaps.
 *
 * @param perSecond mean rate, positive
 * @param coefficientOfVariation deviation of the gaps divided by their mean, positive
 */
public record GammaArrivals(double perSecond, double coefficientOfVariation) implements Arrivals {
    /** @throws IllegalArgumentException if a part is out of its range */
    public GammaArrivals {
        Check.positive("rate per second", perSecond);
        Check.positive("coefficientOfVariation", coefficientOfVariation);
    }

    @Override
    public ArrivalProcess bind(RandomStream stream) {
        double variance = coefficientOfVariation * coefficientOfVariation;
        Distribution gap = Distribution.gamma(1 / variance, variance / perSecond);
        return new Gaps(() -> SimTime.nanos(gap.sample(stream)));
    }
}
