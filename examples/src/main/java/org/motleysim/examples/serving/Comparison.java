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
    static Comparison prediction(String run, String figure, double predicted, String unit) {
        return new Comparison(run, figure, Double.NaN, predicted, unit, Double.NaN);
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

    String verdict() {
        return judged() ? (met() ? "yes" : "NO") : "";
    }

    static String percent(double share) {
        return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%+.1f%%", 100 * share);
    }
}
