package org.motleysim.workloads.arrival;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.RandomStream;

/**
 * Exponential gaps.
 *
 * @param perSecond mean rate, positive
 */
public record PoissonArrivals(double perSecond) implements Arrivals {
    /** @throws IllegalArgumentException if a part is out of its range */
    public PoissonArrivals {
        Check.positive("rate per second", perSecond);
    }

    @Override
    public ArrivalProcess bind(RandomStream stream) {
        double mean = 1 / perSecond;
        return new Gaps(() -> SimTime.nanos(stream.nextExponential(mean)));
    }
}
