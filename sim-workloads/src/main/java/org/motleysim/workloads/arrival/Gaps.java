package org.motleysim.workloads.arrival;

import java.util.function.LongSupplier;

/** Arrivals made of gaps, added up exactly. */
final class Gaps implements ArrivalProcess {
    private final LongSupplier gapNanos;
    private long nanos;

    Gaps(LongSupplier gapNanos) {
        this.gapNanos = gapNanos;
    }

    @Override
    public long nextNanos() {
        nanos = Math.addExact(nanos, gapNanos.getAsLong());
        return nanos;
    }
}
