package org.motleysim.core.quantity;

import java.util.List;

/**
 * An amount of floating-point work, in operations. A multiply-add counts as two, as vendors and papers count.
 *
 * @param value operations, zero or more; not whole above 2^53
 */
public record Flops(double value) implements Comparable<Flops> {
    /** No work. */
    public static final Flops ZERO = new Flops(0);

    private static final Units UNITS =
            Units.of("flops", "TFLOP").decimal("FLOP", 'Y').build();

    /** @throws IllegalArgumentException if the number is NaN, infinite or negative */
    public Flops {
        value = Units.notNegative("flops", value, "FLOP");
    }

    /** Returns that many operations. */
    public static Flops of(double flops) {
        return new Flops(flops);
    }

    /** Returns that many times 10^9 operations. */
    public static Flops giga(double gigaflops) {
        return new Flops(gigaflops * 1e9);
    }

    /** Returns that many times 10^12 operations. */
    public static Flops tera(double teraflops) {
        return new Flops(teraflops * 1e12);
    }

    /**
     * Reads a number and a unit: FLOP, kFLOP ... YFLOP.
     *
     * @throws IllegalArgumentException naming the text, the allowed units and the nearest one
     */
    public static Flops parse(String text) {
        return new Flops(UNITS.parse(text));
    }

    /** Returns the units that {@link #parse} reads. */
    public static List<String> units() {
        return UNITS.symbols();
    }

    /** Returns the sum. */
    public Flops plus(Flops other) {
        return new Flops(value + other.value);
    }

    /**
     * Returns the difference.
     *
     * @throws IllegalArgumentException if {@code other} is larger
     */
    public Flops minus(Flops other) {
        return new Flops(value - other.value);
    }

    /** Returns the product with a plain number. */
    public Flops times(double factor) {
        return new Flops(value * factor);
    }

    /** Returns the seconds this work takes at the given rate; infinite when that is zero. */
    public double secondsAt(FlopRate rate) {
        return value == 0 ? 0.0 : value / rate.flopsPerSecond();
    }

    /**
     * Returns the quotient by a plain number.
     *
     * @throws IllegalArgumentException if the divisor is zero or NaN, or negative
     */
    public Flops dividedBy(double divisor) {
        return new Flops(value / divisor);
    }

    /** Returns the ratio of the two; infinite or NaN when {@code other} is zero. */
    public double dividedBy(Flops other) {
        return value / other.value;
    }

    @Override
    public int compareTo(Flops other) {
        return Double.compare(value, other.value);
    }

    /** Prints to six significant digits, such as "1.2 TFLOP". */
    @Override
    public String toString() {
        return UNITS.format(value);
    }
}
