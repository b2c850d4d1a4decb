package org.motleysim.hardware.fitted;

import java.util.Arrays;

/** Numbers with as many digits as a file of fits keeps. */
final class Rounding {
    private Rounding() {}

    static double to(double value, double steps) {
        return Math.rint(value * steps) / steps;
    }

    static double[] to(double[] values, double steps) {
        return Arrays.stream(values).map(value -> to(value, steps)).toArray();
    }
}
