package org.motleysim.hardware.fitted;

/** Bounds. */
final class Range {
    private Range() {}

    static double clip(double x, double low, double high) {
        return Math.max(low, Math.min(high, x));
    }
}
