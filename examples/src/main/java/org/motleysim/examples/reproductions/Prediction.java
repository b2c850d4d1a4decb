package org.motleysim.examples.reproductions;

/**
 * What was computed for one claim: a value, a band where an input is unknown, or the reason why nothing was.
 *
 * @param low lowest value; not a number when not attempted
 * @param high highest value; equal to {@code low} when no input is unknown
 * @param reason how the number came about, why it is a band, why it misses or was not attempted; may be empty
 */
public record Prediction(double low, double high, String reason) {
    /** @throws IllegalArgumentException if the band is upside down or a value is infinite */
    public Prediction {
        if (low > high
                || Double.isInfinite(low)
                || Double.isInfinite(high)
                || Double.isNaN(low) != Double.isNaN(high)) {
            throw new IllegalArgumentException("band (" + low + " to " + high + ") must be finite and in rising order");
        }
    }

    /** Returns whether something was computed. */
    public boolean attempted() {
        return !Double.isNaN(low);
    }

    /** Returns whether an unknown input makes this a band. */
    public boolean band() {
        return high > low;
    }

    /** Returns the middle. */
    public double value() {
        return low == high ? low : 0.5 * (low + high);
    }
}
