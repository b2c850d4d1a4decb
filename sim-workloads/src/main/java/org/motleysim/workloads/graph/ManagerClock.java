package org.motleysim.workloads.graph;

import java.time.Duration;

/**
 * The clock of a manager that starts tasks on a chip, as simulators with a tick have it (Arda et al., "DS3: A system-level domain-specific
 * system-on-chip simulation framework", IEEE TC 69(8), 2020). It looks once a tick. A running task is advanced from one power sample to the
 * next. One that was never advanced by more than a tick is seen to be done a tick later, because the manager of that tick has looked
 * already; so is a job that comes at the same instant as another.
 *
 * @param tick time between two looks, more than zero
 * @param sample time between two power samples, a whole number of ticks
 */
public record ManagerClock(Duration tick, Duration sample) {
    /** @throws IllegalArgumentException if the tick is not positive, or the sample not a whole number of ticks */
    public ManagerClock {
        if (tick.isNegative() || tick.isZero()) {
            throw new IllegalArgumentException("tick (" + tick + ") must be more than zero");
        }
        if (sample.compareTo(tick) < 0 || sample.toNanos() % tick.toNanos() != 0) {
            throw new IllegalArgumentException("sample (" + sample + ") must be a whole number of ticks of " + tick);
        }
    }

    /** How long after its end a task is seen to be done. */
    long delayNanos(long startNanos, long endNanos) {
        long nextSample = (startNanos / sample.toNanos() + 1) * sample.toNanos();
        long tickNanos = tick.toNanos();
        boolean first = Math.min(nextSample, endNanos) - startNanos <= tickNanos;
        boolean rest = endNanos <= nextSample || endNanos - nextSample <= tickNanos;
        return first && rest ? tickNanos : 0;
    }
}
