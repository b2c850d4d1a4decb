package org.motleysim.core.quantity;

import java.time.Duration;
import java.util.List;

/**
 * Electrical power, in watts.
 *
 * @param watts watts, zero or more
 */
public record Power(double watts) implements Comparable<Power> {
    /** Switched off. */
    public static final Power ZERO = new Power(0);

    private static final Units UNITS =
            Units.of("power", "W").smallDecimal("W").decimal("W", 'G').build();

    /** @throws IllegalArgumentException if the number is NaN, infinite or negative */
    public Power {
        watts = Units.notNegative("power", watts, "W");
    }

    /** Returns that many watts. */
    public static Power watts(double watts) {
        return new Power(watts);
    }

    /** Returns that many times 1000 watts. */
    public static Power kilowatts(double kilowatts) {
        return new Power(kilowatts * 1e3);
    }

    /** Returns that many thousandths of a watt. */
    public static Power milliwatts(double milliwatts) {
        return new Power(milliwatts / 1e3);
    }

    /**
     * Reads a number and a unit: pW ... mW, W, kW, MW, GW.
     *
     * @throws IllegalArgumentException naming the text, the allowed units and the nearest one
     */
    public static Power parse(String text) {
        return new Power(UNITS.parse(text));
    }

    /** Returns the units that {@link #parse} knows. */
    public static List<String> units() {
        return UNITS.symbols();
    }

    /** Returns the sum. */
    public Power plus(Power other) {
        return new Power(watts + other.watts);
    }

    /**
     * Returns the difference.
     *
     * @throws IllegalArgumentException if {@code other} is larger
     */
    public Power minus(Power other) {
        return new Power(watts - other.watts);
    }

    /** Returns the product with a plain number. */
    public Power times(double factor) {
        return new Power(watts * factor);
    }

    /** Returns the energy this power delivers in the given time. */
    public Energy times(Duration time) {
        return new Energy(watts * Durations.seconds(time));
    }

    /**
     * Returns the quotient by a plain number.
     *
     * @throws IllegalArgumentException if the divisor is zero or NaN, or negative
     */
    public Power dividedBy(double divisor) {
        return new Power(watts / divisor);
    }

    /** Returns the ratio of the two; infinite or NaN when {@code other} is zero. */
    public double dividedBy(Power other) {
        return watts / other.watts;
    }

    @Override
    public int compareTo(Power other) {
        return Double.compare(watts, other.watts);
    }

    /** Prints to six significant digits, such as "700 W". */
    @Override
    public String toString() {
        return UNITS.format(watts);
    }
}
