package org.motleysim.core.metric;

import java.util.Arrays;

/**
 * A curve over simulated time, for a chart.
 *
 * <p>Equal to another with the same content. The arrays are copied in and out.
 *
 * @param name what is drawn, for the legend
 * @param unit unit of the values
 * @param seconds simulated time of each point, rising
 * @param values value at each point
 */
@SuppressWarnings("ArrayRecordComponent") // copied, and compared by content below
public record Series(String name, String unit, double[] seconds, double[] values) {
    /** @throws IllegalArgumentException if the arrays differ in length */
    public Series {
        if (seconds.length != values.length) {
            throw new IllegalArgumentException(
                    "seconds (" + seconds.length + ") and values (" + values.length + ") must be equally many");
        }
        seconds = seconds.clone();
        values = values.clone();
    }

    @Override
    public double[] seconds() {
        return seconds.clone();
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    /** Returns the number of points. */
    public int size() {
        return values.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series that
                && name.equals(that.name)
                && unit.equals(that.unit)
                && Arrays.equals(seconds, that.seconds)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + Arrays.hashCode(seconds)) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return name + " [" + unit + "], " + size() + " points";
    }
}
