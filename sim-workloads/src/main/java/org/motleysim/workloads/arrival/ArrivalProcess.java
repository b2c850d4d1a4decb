package org.motleysim.workloads.arrival;

/** The arrivals of one run, in order. Used by one thread. */
@FunctionalInterface
public interface ArrivalProcess {
    /** What {@link #nextNanos} returns when nothing arrives any more. */
    long NEVER = Long.MAX_VALUE;

    /** Returns the time of the next arrival in nanoseconds since the start, never less than the one before; or {@link #NEVER}. */
    long nextNanos();
}
