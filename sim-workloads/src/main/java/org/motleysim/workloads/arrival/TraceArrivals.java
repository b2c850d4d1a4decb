package org.motleysim.workloads.arrival;

import org.motleysim.core.random.RandomStream;
import org.motleysim.workloads.traces.RequestTrace;

/**
 * The arrival times of a trace, once.
 *
 * @param trace the recorded requests
 */
public record TraceArrivals(RequestTrace trace) implements Arrivals {
    @Override
    public boolean endless() {
        return false;
    }

    @Override
    public ArrivalProcess bind(RandomStream stream) {
        return new ArrivalProcess() {
            private int next;

            @Override
            public long nextNanos() {
                return next < trace.size() ? trace.arrivalNanos(next++) : NEVER;
            }
        };
    }
}
