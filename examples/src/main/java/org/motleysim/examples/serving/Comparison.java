package org.motleysim.examples.serving;

import java.util.Locale;

/**
 * One number held against what it should be.
 *
 * @param run what was run
 * @param figure such as "TTFT p50"
 * @param reference what was measured, or what the peer says; NaN for a prediction without one
 * @param predicted what Motley says, in the same unit
 * @param unit of both
 * @param goal largest |predicted / reference - 1| that is wanted; NaN when there is none
 */
record Comparison(String run, String figure, double reference, double predicted, String unit, double goal) {
    private static final String SHARE = "error";
    private static final String CORRELATION = "correlation";

    static Comparison prediction(String run, String figure, double predicted, String unit) {
        return new Comparison(run, figure, Double.NaN, predicted, unit, Double.NaN);
    }

    /** A number that is an error itself. */
    static Comparison atMost(String run, String figure, double value, double most) {
        return new Comparison(run, figure, 1, 1 + value, SHARE, most);
    }

    /** A correlation. */
    static Comparison atLeast(String run, String figure, double value, double least) {
        return new Comparison(run, figure, 1, value, CORRELATION, 1 - least);
    }

    double error() {
        return predicted / reference - 1;
    }

    boolean judged() {
        return !Double.isNaN(reference) && !Double.isNaN(goal);
    }

    boolean met() {
        return Math.abs(error()) <= goal;
    }

    /** The goal in words. */
    String goalText() {
        if (!judged()) {
            return "";
        }
        return unit.equals(CORRELATION)
                ? String.format(Locale.ROOT, ">= %.2f", 1 - goal)
                : String.format(Locale.ROOT, "%.0f%%", 100 * goal);
    }

    /** What is predicted, in words. */
    String shown() {
        return unit.equals(SHARE) ? String.format(Locale.ROOT, "%.1f%%", 100 * error()) : number(predicted);
    }

    /** The reference in words. */
    String referenceText() {
        return unit.equals(SHARE) || unit.equals(CORRELATION) ? "" : number(reference);
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                Math.abs(value) < 2 ? "%.3f" : value < 100 ? "%.2f" : value < 10_000 ? "%.1f" : "%.0f",
                value);
    }

    String errorText() {
        return unit.equals(SHARE) || unit.equals(CORRELATION) ? "" : percent(error());
    }

    String verdict() {
        return judged() ? (met() ? "yes" : "NO") : "";
    }

    static String percent(double share) {
        return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%+.1f%%", 100 * share);
    }
}
