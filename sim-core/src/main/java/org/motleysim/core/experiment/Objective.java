package org.motleysim.core.experiment;

/**
 * What is wanted of a metric.
 *
 * @param metric its name
 * @param aim whether little or much of it is good
 */
public record Objective(String metric, Aim aim) {
    /** Which way is better. */
    public enum Aim {
        /** Less is better. */
        LOW,
        /** More is better. */
        HIGH
    }

    /** As little as possible. */
    public static Objective low(String metric) {
        return new Objective(metric, Aim.LOW);
    }

    /** As much as possible. */
    public static Objective high(String metric) {
        return new Objective(metric, Aim.HIGH);
    }

    /** The value turned so that less is better. */
    double cost(double value) {
        return aim == Aim.LOW ? value : -value;
    }
}
