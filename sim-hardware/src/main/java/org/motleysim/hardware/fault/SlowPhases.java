package org.motleysim.hardware.fault;

/**
 * A device that is slow now and then: while a phase lasts, what it starts takes that many times as long.
 *
 * @param phases when it is slow: what is called down there is slow here
 * @param slowdown how many times as long, at least 1
 */
public record SlowPhases(Outages phases, double slowdown) {
    /** @throws IllegalArgumentException if the slow-down is below 1 or not finite */
    public SlowPhases {
        if (!(slowdown >= 1 && slowdown < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("slowdown (" + slowdown + ") must be at least 1"
                    + (slowdown > 0 && slowdown < 1
                            ? "\nMaybe " + 1 / slowdown + ": it multiplies the time, not the speed."
                            : ""));
        }
    }
}
