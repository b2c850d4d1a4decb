package org.motleysim.core.metric;

import java.util.Arrays;

/**
 * A cumulative distribution, for a chart.
 *
 * <p>Equal to another with the same content. The arrays are copied in and out.
 *
 * @param name what is drawn, for the legend
 * @param unit unit of the values
 * @param values observed values, rising
 * @param fractions for each value the fraction of observations, from 0 to 1, that do not exceed it
 */
@SuppressWarnings("ArrayRecordComponent") // copied, and compared by content below
public record Cdf(String name, String unit, double[] values, double[] fractions) {
    /** @throws IllegalArgumentException if the arrays differ in length */
    public Cdf {
        if (values.length != fractions.length) {
            throw new IllegalArgumentException(
                    "values (" + values.length + ") and fractions (" + fractions.length + ") must be equally many");
        }
        values = values.clone();
        fractions = fractions.clone();
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    @Override
    public double[] fractions() {
        return fractions.clone();
    }

    /** Returns the number of points. */
    public int size() {
        return values.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cdf that
                && name.equals(that.name)
                && unit.equals(that.unit)
                && Arrays.equals(values, that.values)
                && Arrays.equals(fractions, that.fractions);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + Arrays.hashCode(values)) + Arrays.hashCode(fractions);
    }

    @Override
    public String toString() {
        return name + " [" + unit + "], " + size() + " points";
    }
}
