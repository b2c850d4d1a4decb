package org.motleysim.core.quantity;

import java.util.List;

/**
 * How often something happens, in events per second.
 *
 * @param perSecond events per second, zero or more
 */
public record Rate(double perSecond) implements Comparable<Rate> {
    /** Never. */
    public static final Rate ZERO = new Rate(0);

    private static final Units UNITS = Units.of("rate", "/s")
            .unit("/s", 1, 1)
            .alsoRead("/ms", 1e3, 1)
            .alsoRead("/min", 1, 60)
            .alsoRead("/h", 1, 3600)
            .alsoRead("/d", 1, 86_400)
            .alsoRead("Hz", 1, 1)
            .alsoRead("kHz", 1e3, 1)
            .alsoRead("MHz", 1e6, 1)
            .alsoRead("GHz", 1e9, 1)
            .build();

    /** @throws IllegalArgumentException if the number is NaN, infinite or negative */
    public Rate {
        perSecond = Units.notNegative("rate", perSecond, "/s");
    }

    /** Returns that many events per second. */
    public static Rate perSecond(double events) {
        return new Rate(events);
    }

    /** Returns that many events per minute. */
    public static Rate perMinute(double events) {
        return new Rate(events / 60);
    }

    /** Returns that many events per hour. */
    public static Rate perHour(double events) {
        return new Rate(events / 3600);
    }

    /**
     * Reads a number and a unit: /s, /ms, /min, /h, /d, Hz, kHz, MHz, GHz.
     *
     * @throws IllegalArgumentException naming the text, the allowed units and the nearest one
     */
    public static Rate parse(String text) {
        return new Rate(UNITS.parse(text));
    }

    /** Returns the units that {@code parse} reads. */
    public static List<String> units() {
        return UNITS.symbols();
    }

    /** Returns the sum. */
    public Rate plus(Rate other) {
        return new Rate(perSecond + other.perSecond);
    }

    /**
     * Returns the difference.
     *
     * @throws IllegalArgumentException if {@code other} is larger
     */
    public Rate minus(Rate other) {
        return new Rate(perSecond - other.perSecond);
    }

    /** Returns the product with a plain number. */
    public Rate times(double factor) {
        return new Rate(perSecond * factor);
    }

    /** Returns the mean time between two events in seconds; infinite when the rate is zero. */
    public double meanSeconds() {
        return 1 / perSecond;
    }

    /**
     * Returns the quotient by a plain number.
     *
     * @throws IllegalArgumentException if the divisor is zero or NaN, or negative
     */
    public Rate dividedBy(double divisor) {
        return new Rate(perSecond / divisor);
    }

    /** Returns the ratio of the two; infinite or NaN when {@code other} is zero. */
    public double dividedBy(Rate other) {
        return perSecond / other.perSecond;
    }

    @Override
    public int compareTo(Rate other) {
        return Double.compare(perSecond, other.perSecond);
    }

    /** Prints to six significant digits, such as "12 /s". */
    @Override
    public String toString() {
        return UNITS.format(perSecond);
    }
}
