package org.motleysim.core.quantity;

import java.util.List;

/**
 * How fast floating-point work is done, in operations per second. A multiply-add counts as two.
 *
 * @param flopsPerSecond operations per second, zero or more
 */
public record FlopRate(double flopsPerSecond) implements Comparable<FlopRate> {
    /** No progress. */
    public static final FlopRate ZERO = new FlopRate(0);

    private static final Units UNITS =
            Units.of("flop rate", "TFLOP/s").decimal("FLOP/s", 'Y').build();

    /** @throws IllegalArgumentException if the number is NaN, infinite or negative */
    public FlopRate {
        flopsPerSecond = Units.notNegative("flop rate", flopsPerSecond, "FLOP/s");
    }

    /** Returns that many operations per second. */
    public static FlopRate of(double flopsPerSecond) {
        return new FlopRate(flopsPerSecond);
    }

    /** Returns that many times 10^9 operations per second. */
    public static FlopRate gigaflopsPerSecond(double gigaflops) {
        return new FlopRate(gigaflops * 1e9);
    }

    /** Returns that many times 10^12 operations per second. */
    public static FlopRate teraflopsPerSecond(double teraflops) {
        return new FlopRate(teraflops * 1e12);
    }

    /** Returns that many times 10^15 operations per second. */
    public static FlopRate petaflopsPerSecond(double petaflops) {
        return new FlopRate(petaflops * 1e15);
    }

    /**
     * Reads a number and a unit: FLOP/s, kFLOP/s ... YFLOP/s.
     *
     * @throws IllegalArgumentException naming the text, the allowed units and the nearest one
     */
    public static FlopRate parse(String text) {
        return new FlopRate(UNITS.parse(text));
    }

    /** Returns the units that {@link #parse} reads. */
    public static List<String> units() {
        return UNITS.symbols();
    }

    /** Returns the sum. */
    public FlopRate plus(FlopRate other) {
        return new FlopRate(flopsPerSecond + other.flopsPerSecond);
    }

    /**
     * Returns the difference.
     *
     * @throws IllegalArgumentException if {@code other} is larger
     */
    public FlopRate minus(FlopRate other) {
        return new FlopRate(flopsPerSecond - other.flopsPerSecond);
    }

    /** Returns the product with a plain number. */
    public FlopRate times(double factor) {
        return new FlopRate(flopsPerSecond * factor);
    }

    /**
     * Returns the quotient by a plain number.
     *
     * @throws IllegalArgumentException if the divisor is zero or NaN, or negative
     */
    public FlopRate dividedBy(double divisor) {
        return new FlopRate(flopsPerSecond / divisor);
    }

    /** Returns the ratio of the two; infinite or NaN when {@code other} is zero. */
    public double dividedBy(FlopRate other) {
        return flopsPerSecond / other.flopsPerSecond;
    }

    @Override
    public int compareTo(FlopRate other) {
        return Double.compare(flopsPerSecond, other.flopsPerSecond);
    }

    /** Prints to six significant digits, such as "989 TFLOP/s". */
    @Override
    public String toString() {
        return UNITS.format(flopsPerSecond);
    }
}
