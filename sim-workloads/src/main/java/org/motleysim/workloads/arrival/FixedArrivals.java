package org.motleysim.workloads.arrival;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.RandomStream;

/**
 * Equal gaps.
 *
 * @param perSecond rate, positive
 */
public record FixedArrivals(double perSecond) implements Arrivals {
    /** @throws IllegalArgumentException if a part is out of its range */
    public FixedArrivals {
        Check.positive("rate per second", perSecond);
    }

    @Override
    public ArrivalProcess bind(RandomStream stream) {
        return new ArrivalProcess() {
            private long count;

            @Override
            public long nextNanos() {
                count++;
                return SimTime.nanos(count / perSecond);
            }
        };
    }
}
