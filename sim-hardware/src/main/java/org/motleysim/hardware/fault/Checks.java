package org.motleysim.hardware.fault;

import org.motleysim.core.random.Distribution;

/** The rules that numbers of faults obey. */
final class Checks {
    private Checks() {}

    static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " (" + value + ") must be from 0 to 1"
                    + (value > 1 && value <= 100 ? "\nMaybe " + value / 100 + ": shares are not in percent." : ""));
        }
    }

    static void notNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " (" + value + ") must be a finite number, zero or more");
        }
    }

    /** A distribution of times: no negative values, and a mean above zero, or time would stand still. */
    static void times(String name, Distribution seconds) {
        if (!(seconds.quantile(0) >= 0)) {
            throw new IllegalArgumentException(name + " (" + seconds + ") must have no negative values"
                    + "\nMaybe truncate it, or take a log-normal.");
        }
        if (!(seconds.mean() > 0)) {
            throw new IllegalArgumentException(name + " (" + seconds + ") must have a mean above zero");
        }
    }
}
