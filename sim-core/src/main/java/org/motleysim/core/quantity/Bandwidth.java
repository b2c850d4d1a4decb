package org.motleysim.core.quantity;

import java.util.List;

/**
 * How fast data moves, in bytes per second. Bits and bytes never mix: 100 Gbit/s is 12.5 GB/s, and both say which they are.
 *
 * @param bytesPerSecond bytes per second, zero or more
 */
public record Bandwidth(double bytesPerSecond) implements Comparable<Bandwidth> {
    /** Nothing moves. */
    public static final Bandwidth ZERO = new Bandwidth(0);

    private static final Units UNITS = Units.of("bandwidth", "GB/s")
            .decimal("B/s", 'E')
            .alsoReadBinary("B/s")
            .alsoReadDecimal("bit/s", 8)
            .build();

    /** @throws IllegalArgumentException if the number is NaN, infinite or negative */
    public Bandwidth {
        bytesPerSecond = Units.notNegative("bandwidth", bytesPerSecond, "B/s");
    }

    /** Returns that many bytes per second. */
    public static Bandwidth of(double bytesPerSecond) {
        return new Bandwidth(bytesPerSecond);
    }

    /** Returns that many times 10^6 bytes per second. */
    public static Bandwidth megabytesPerSecond(double megabytes) {
        return new Bandwidth(megabytes * 1e6);
    }

    /** Returns that many times 10^9 bytes per second. */
    public static Bandwidth gigabytesPerSecond(double gigabytes) {
        return new Bandwidth(gigabytes * 1e9);
    }

    /** Returns that many times 10^12 bytes per second. */
    public static Bandwidth terabytesPerSecond(double terabytes) {
        return new Bandwidth(terabytes * 1e12);
    }

    /** Returns that many times 10^6 bits per second. */
    public static Bandwidth megabitsPerSecond(double megabits) {
        return new Bandwidth(megabits * 1e6 / 8);
    }

    /** Returns that many times 10^9 bits per second. */
    public static Bandwidth gigabitsPerSecond(double gigabits) {
        return new Bandwidth(gigabits * 1e9 / 8);
    }

    /**
     * Reads a number and a unit: B/s, kB/s ... EB/s, KiB/s ... PiB/s, bit/s, kbit/s ... Tbit/s.
     *
     * @throws IllegalArgumentException naming the text, the allowed units and the nearest one
     */
    public static Bandwidth parse(String text) {
        return new Bandwidth(UNITS.parse(text));
    }

    /** Returns the units that {@code parse} reads. */
    public static List<String> units() {
        return UNITS.symbols();
    }

    /** Returns the sum. */
    public Bandwidth plus(Bandwidth other) {
        return new Bandwidth(bytesPerSecond + other.bytesPerSecond);
    }

    /**
     * Returns the difference.
     *
     * @throws IllegalArgumentException if {@code other} is larger
     */
    public Bandwidth minus(Bandwidth other) {
        return new Bandwidth(bytesPerSecond - other.bytesPerSecond);
    }

    /** Returns the product with a plain number. */
    public Bandwidth times(double factor) {
        return new Bandwidth(bytesPerSecond * factor);
    }

    /**
     * Returns the quotient by a plain number.
     *
     * @throws IllegalArgumentException if the divisor is zero or NaN, or negative
     */
    public Bandwidth dividedBy(double divisor) {
        return new Bandwidth(bytesPerSecond / divisor);
    }

    /** Returns the ratio of the two; infinite or NaN when {@code other} is zero. */
    public double dividedBy(Bandwidth other) {
        return bytesPerSecond / other.bytesPerSecond;
    }

    @Override
    public int compareTo(Bandwidth other) {
        return Double.compare(bytesPerSecond, other.bytesPerSecond);
    }

    /** Prints to six significant digits, such as "3.35 TB/s". */
    @Override
    public String toString() {
        return UNITS.format(bytesPerSecond);
    }
}
