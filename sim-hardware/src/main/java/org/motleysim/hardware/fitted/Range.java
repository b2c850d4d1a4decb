package org.motleysim.hardware.fitted;

/** Bounds. */
final class Range {
    private Range() {}

    static double clip(double x, double low, double high) {
        return Math.max(low, Math.min(high, x));
    }

    static double[] clip(double[] x, double[] low, double[] high) {
        double[] clipped = new double[x.length];
        for (int d = 0; d < x.length; d++) {
            clipped[d] = clip(x[d], low[d], high[d]);
        }
        return clipped;
    }
}
