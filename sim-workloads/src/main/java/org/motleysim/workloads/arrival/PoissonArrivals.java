package org.motleysim.workloads.arrival;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.RandomStream;

record PoissonArrivals(double perSecond) implements Arrivals {
    PoissonArrivals {
        Check.positive("rate per second", perSecond);
    }

    @Override
    public ArrivalProcess bind(RandomStream stream) {
        double mean = 1 / perSecond;
        return new Gaps(() -> SimTime.nanos(stream.nextExponential(mean)));
    }
}
