package org.motleysim.core.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * An amount of memory or data, in whole bytes. Arithmetic is exact; what does not fit in a {@code long} is refused.
 *
 * <pre>{@code
 * Bytes memory = Bytes.gibibytes(80);     // 80 * 1024^3
 * Bytes disk = Bytes.parse("3.84 TB");    // 3.84 * 1000^4
 * }</pre>
 *
 * @param value bytes, zero or more
 */
public record Bytes(long value) implements Comparable<Bytes> {
    /** No bytes at all. */
    public static final Bytes ZERO = new Bytes(0);

    private static final Units UNITS =
            Units.of("bytes", "GiB").decimal("B", 'E').alsoReadBinary("B").build();
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int FEW_DIGITS = 6;

    /** @throws IllegalArgumentException if the value is negative */
    public Bytes {
        if (value < 0) {
            throw new IllegalArgumentException("bytes (" + value + " B) must be zero or more");
        }
    }

    /** Returns that many bytes. */
    public static Bytes of(long bytes) {
        return new Bytes(bytes);
    }

    /**
     * Returns the nearest whole number of bytes (half to even).
     *
     * @throws IllegalArgumentException if the number is NaN, negative or too large
     */
    public static Bytes rounded(double bytes) {
        Units.notNegative("bytes", bytes, "B");
        return exact(new BigDecimal(bytes).setScale(0, RoundingMode.HALF_EVEN));
    }

    /** Returns that many times 1000 bytes. */
    public static Bytes kilobytes(long kilobytes) {
        return scaled(kilobytes, 1_000L);
    }

    /** Returns that many times 1000^2 bytes. */
    public static Bytes megabytes(long megabytes) {
        return scaled(megabytes, 1_000_000L);
    }

    /** Returns that many times 1000^3 bytes. */
    public static Bytes gigabytes(long gigabytes) {
        return scaled(gigabytes, 1_000_000_000L);
    }

    /** Returns that many times 1000^4 bytes. */
    public static Bytes terabytes(long terabytes) {
        return scaled(terabytes, 1_000_000_000_000L);
    }

    /** Returns that many times 1024 bytes. */
    public static Bytes kibibytes(long kibibytes) {
        return scaled(kibibytes, 1L << 10);
    }

    /** Returns that many times 1024^2 bytes. */
    public static Bytes mebibytes(long mebibytes) {
        return scaled(mebibytes, 1L << 20);
    }

    /** Returns that many times 1024^3 bytes. */
    public static Bytes gibibytes(long gibibytes) {
        return scaled(gibibytes, 1L << 30);
    }

    /** Returns that many times 1024^4 bytes. */
    public static Bytes tebibytes(long tebibytes) {
        return scaled(tebibytes, 1L << 40);
    }

    /**
     * Reads a number and a unit: B, kB ... EB (powers of 1000), KiB ... PiB (powers of 1024). A fraction is rounded to the nearest
     * byte, except in "B" itself, where it is refused.
     *
     * @throws IllegalArgumentException naming the text, the allowed units and the nearest one
     */
    public static Bytes parse(String text) {
        BigDecimal bytes = UNITS.parseExactly(text);
        BigDecimal whole = bytes.setScale(0, RoundingMode.HALF_EVEN);
        if (whole.compareTo(bytes) != 0 && UNITS.inBaseUnit(text)) {
            throw new IllegalArgumentException("bytes (\"" + text + "\") must be a whole number of bytes");
        }
        return exact(whole);
    }

    /** Returns the units that {@link #parse} reads. */
    public static List<String> units() {
        return UNITS.symbols();
    }

    /** Returns the sum. */
    public Bytes plus(Bytes other) {
        return exact(BigDecimal.valueOf(value).add(BigDecimal.valueOf(other.value)));
    }

    /**
     * Returns the difference.
     *
     * @throws IllegalArgumentException if {@code other} is larger
     */
    public Bytes minus(Bytes other) {
        if (other.value > value) {
            throw new IllegalArgumentException("bytes to subtract (" + other + ") must not exceed " + this);
        }
        return new Bytes(value - other.value);
    }

    /** Returns this many bytes so many times. */
    public Bytes times(long factor) {
        return scaled(factor, value);
    }

    /** Returns the ratio of two amounts; infinite or NaN when {@code other} is zero. */
    public double dividedBy(Bytes other) {
        return (double) value / other.value;
    }

    /** Returns the seconds in which this amount passes at the given bandwidth; infinite when that is zero. */
    public double secondsAt(Bandwidth bandwidth) {
        return value == 0 ? 0.0 : value / bandwidth.bytesPerSecond();
    }

    @Override
    public int compareTo(Bytes other) {
        return Long.compare(value, other.value);
    }

    /** Prints exactly where a unit allows it in few digits ("80 GiB", "16 GB"), else to six digits ("70.2721 kB"). */
    @Override
    public String toString() {
        String decimal = UNITS.format((double) value);
        if (isExact(decimal)) {
            return decimal;
        }
        int power = Math.min(5, Long.numberOfTrailingZeros(value) / 10); // not zero: "0 B" is exact
        String number = Long.toString(value >> (10 * power));
        return power > 0 && number.length() <= FEW_DIGITS ? number + " " + "KMGTP".charAt(power - 1) + "iB" : decimal;
    }

    private boolean isExact(String text) {
        return UNITS.parseExactly(text).compareTo(BigDecimal.valueOf(value)) == 0;
    }

    private static Bytes scaled(long number, long unit) {
        return exact(BigDecimal.valueOf(number).multiply(BigDecimal.valueOf(unit)));
    }

    private static Bytes exact(BigDecimal bytes) {
        if (bytes.signum() < 0 || bytes.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("bytes (" + Units.plain(bytes) + " B) must be from 0 to 2^63 - 1");
        }
        return new Bytes(bytes.longValueExact());
    }
}
