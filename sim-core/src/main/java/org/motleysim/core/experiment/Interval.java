package org.motleysim.core.experiment;

/**
 * An estimate and where the true value lies with the stated confidence.
 *
 * @param estimate the best guess
 * @param low the lower bound; negative infinity when the observations give none
 * @param high the upper bound; infinity when the observations give none
 * @param level the confidence, such as 0.95
 */
public record Interval(double estimate, double low, double high, double level) {
    /** @throws IllegalArgumentException if the level is not between 0 and 1 */
    public Interval {
        Summary.checkLevel(level);
    }

    /** Half of the width. */
    public double halfWidth() {
        return (high - low) / 2;
    }

    /** Whether a value lies within, bounds included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
