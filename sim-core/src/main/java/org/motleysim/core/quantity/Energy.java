package org.motleysim.core.quantity;

import java.time.Duration;
import java.util.List;

/**
 * Energy, in joules.
 *
 * @param joules joules, zero or more
 */
public record Energy(double joules) implements Comparable<Energy> {
    /** None. */
    public static final Energy ZERO = new Energy(0);

    private static final Units UNITS = Units.of("energy", "J")
            .smallDecimal("J")
            .decimal("J", 'E')
            .alsoRead("Wh", 3600, 1)
            .alsoRead("kWh", 3.6e6, 1)
            .alsoRead("MWh", 3.6e9, 1)
            .alsoRead("GWh", 3.6e12, 1)
            .build();

    /** @throws IllegalArgumentException if the number is NaN, infinite or negative */
    public Energy {
        joules = Units.notNegative("energy", joules, "J");
    }

    /** Returns that many joules. */
    public static Energy joules(double joules) {
        return new Energy(joules);
    }

    /** Returns that many kilowatt-hours (3.6 MJ each). */
    public static Energy kilowattHours(double kilowattHours) {
        return new Energy(kilowattHours * 3.6e6);
    }

    /** Returns that many times 10^-12 joules. */
    public static Energy picojoules(double picojoules) {
        return new Energy(picojoules / 1e12);
    }

    /**
     * Reads a number and a unit: pJ ... mJ, J, kJ ... EJ, Wh, kWh, MWh, GWh.
     *
     * @throws IllegalArgumentException naming the text, the allowed units and the nearest one
     */
    public static Energy parse(String text) {
        return new Energy(UNITS.parse(text));
    }

    /** Returns the units that {@link #parse} knows. */
    public static List<String> units() {
        return UNITS.symbols();
    }

    /** Returns the sum. */
    public Energy plus(Energy other) {
        return new Energy(joules + other.joules);
    }

    /**
     * Returns the difference.
     *
     * @throws IllegalArgumentException if {@code other} is larger
     */
    public Energy minus(Energy other) {
        return new Energy(joules - other.joules);
    }

    /** Returns the product with a plain number. */
    public Energy times(double factor) {
        return new Energy(joules * factor);
    }

    /** Returns the mean power that spends this energy in the given time, which must not be zero. */
    public Power dividedBy(Duration time) {
        return new Power(joules / Durations.seconds(time));
    }

    /**
     * Returns the quotient by a plain number.
     *
     * @throws IllegalArgumentException if the divisor is zero or NaN, or negative
     */
    public Energy dividedBy(double divisor) {
        return new Energy(joules / divisor);
    }

    /** Returns the ratio of the two; infinite or NaN when {@code other} is zero. */
    public double dividedBy(Energy other) {
        return joules / other.joules;
    }

    @Override
    public int compareTo(Energy other) {
        return Double.compare(joules, other.joules);
    }

    /** Prints to six significant digits, such as "1.25 MJ". */
    @Override
    public String toString() {
        return UNITS.format(joules);
    }
}
