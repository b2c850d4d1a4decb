package org.motleysim.hardware.topology;

import java.time.Duration;

/**
 * A time in which a cable carries nothing, either way. Flows on it go another way, or wait; what they have carried stays carried.
 *
 * @param link the name of one of its two links, such as {@code "e0->t1-0"}
 * @param from when it fails, since the start of the run
 * @param to when it is repaired, later than that
 */
public record LinkOutage(String link, Duration from, Duration to) {
    /** @throws IllegalArgumentException if it ends before it begins, or begins before the run */
    public LinkOutage {
        if (from.isNegative() || to.compareTo(from) <= 0) {
            throw new IllegalArgumentException("outage of " + link + " (" + from + " to " + to
                    + ") must begin at zero or later and end after that");
        }
    }
}
