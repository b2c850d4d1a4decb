package org.motleysim.workloads.collective;

import java.time.Duration;
import org.motleysim.hardware.collective.Overlap;

/**
 * What devices compute while they communicate.
 *
 * @param time alone
 * @param overlap what both cost each other
 */
public record Computing(Duration time, Overlap overlap) {
    /** @throws IllegalArgumentException if the time is negative */
    public Computing {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time (" + time + ") must be zero or more");
        }
    }
}
