package org.motleysim.workloads.arrival;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.RandomStream;

/**
 * Other arrivals with all gaps multiplied.
 *
 * @param arrivals the others
 * @param factor of every gap, positive; 0.5 doubles the rate
 */
public record StretchedArrivals(Arrivals arrivals, double factor) implements Arrivals {
    /** @throws IllegalArgumentException if a part is out of its range */
    public StretchedArrivals {
        Check.positive("factor", factor);
    }

    @Override
    public boolean endless() {
        return arrivals.endless();
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
