package org.motleysim.workloads.arrival;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.RandomStream;

record StretchedArrivals(Arrivals arrivals, double factor) implements Arrivals {
    StretchedArrivals {
        Check.positive("factor", factor);
    }

    @Override
    public ArrivalProcess bind(RandomStream stream) {
        ArrivalProcess process = arrivals.bind(stream);
        return () -> {
            long nanos = process.nextNanos();
            return nanos == ArrivalProcess.NEVER ? nanos : SimTime.nanos(SimTime.seconds(nanos) * factor);
        };
    }

    @Override
    public Arrivals stretched(double further) {
        return new StretchedArrivals(arrivals, factor * further);
    }
}
