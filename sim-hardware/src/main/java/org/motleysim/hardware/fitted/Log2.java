package org.motleysim.hardware.fitted;

/**
 * A logarithm to base 2 of a few nanoseconds. Features need a dozen of them per query; {@link StrictMath#log} would take longer than the
 * rest of the query. Only additions, products and one quotient, so that it is equal on every JVM.
 */
final class Log2 {
    private static final double SQRT2 = 1.4142135623730951;
    private static final double TWO_BY_LN2 = 2.8853900817779268;
    private static final long FRACTION = (1L << 52) - 1;
    private static final long ONE = 1023L << 52;

    private Log2() {}

    /** Returns the logarithm of a normal positive number, with an error below 1e-9. */
    static double of(double x) {
        long bits = Double.doubleToRawLongBits(x);
        int exponent = (int) (bits >>> 52) - 1023;
        double mantissa = Double.longBitsToDouble((bits & FRACTION) | ONE);
        if (mantissa > SQRT2) {
            mantissa *= 0.5;
            exponent++;
        }
        // log(m) = 2 artanh((m - 1) / (m + 1)); the argument is at most 0.172.
        double z = (mantissa - 1) / (mantissa + 1);
        double q = z * z;
        double series = 1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * (1.0 / 9 + q / 11))));
        return exponent + TWO_BY_LN2 * z * series;
    }
}
