package org.motleysim.workloads.llm;

/** Writes numbers with a fixed number of decimals: fast, and alike on every JVM, which {@code Double.toString} is not before 19. */
final class Decimals {
    private Decimals() {}

    /** Appends {@code scaled / 10^decimals}. */
    static void append(StringBuilder out, long scaled, int decimals) {
        long unit = pow10(decimals);
        long magnitude = Math.abs(scaled);
        if (scaled < 0) {
            out.append('-');
        }
        out.append(magnitude / unit).append('.');
        long rest = magnitude % unit;
        for (long digit = unit / 10; digit > 0; digit /= 10) {
            out.append((char) ('0' + rest / digit % 10));
        }
    }

    /** Appends {@code value} rounded to {@code decimals}; it must stay below 9.2e18 when scaled. */
    static void append(StringBuilder out, double value, int decimals) {
        append(out, (long) Math.rint(value * pow10(decimals)), decimals);
    }

    private static long pow10(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
