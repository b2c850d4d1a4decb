package org.motleysim.hardware.fault;

import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStream;

/**
 * The upsets of one device in a run: a Poisson process in the time that the device computes, so that upsets are counted exactly however
 * that time is cut into steps, and a step without an upset takes no random number.
 */
public final class UpsetClock {
    private final SoftErrors law;
    private final RandomStream random;
    private final Distribution gap;
    private double secondsLeft;
    private long masked;
    private long detected;
    private long silent;

    /** Begins with nothing flipped; takes its chance from {@code random}. */
    public UpsetClock(SoftErrors law, RandomStream random) {
        this.law = law;
        this.random = random;
        double rate = law.upsetsPerSecond();
        this.gap = Distribution.exponential(rate > 0 ? 1 / rate : 1);
        this.secondsLeft = rate > 0 ? gap.sample(random) : Double.POSITIVE_INFINITY;
    }

    /**
     * Lets the device compute for so long.
     *
     * @param seconds zero or more
     * @return whether an upset was detected, so that what was computed in that time must be computed again
     */
    public boolean expose(double seconds) {
        long before = detected;
        secondsLeft -= seconds;
        while (secondsLeft < 0) {
            switch (law.effect(random.nextDouble())) {
                case MASKED -> masked++;
                case DETECTED -> detected++;
                case SILENT -> silent++;
            }
            secondsLeft += gap.sample(random);
        }
        return detected > before;
    }

    /** Upsets so far that changed nothing. */
    public long masked() {
        return masked;
    }

    /** Upsets so far that were noticed. */
    public long detected() {
        return detected;
    }

    /** Upsets so far that corrupted a result and were not noticed. */
    public long silent() {
        return silent;
    }
}
