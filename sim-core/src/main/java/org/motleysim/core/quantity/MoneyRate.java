package org.motleysim.core.quantity;

import java.time.Duration;
import java.util.List;

/**
 * A price by time, such as rent, held in US dollars per second and printed by the hour.
 *
 * @param usdPerSecond US dollars per second, zero or more
 */
public record MoneyRate(double usdPerSecond) implements Comparable<MoneyRate> {
    /** Free. */
    public static final MoneyRate ZERO = new MoneyRate(0);

    private static final Units UNITS = Units.of("price", "USD/h")
            .alsoRead("USD/s", 1, 1)
            .unit("USD/h", 1, 3600)
            .alsoRead("USD/d", 1, 86_400)
            .build();

    /** @throws IllegalArgumentException if the number is NaN, infinite or negative */
    public MoneyRate {
        usdPerSecond = Units.notNegative("price", usdPerSecond, "USD/s");
    }

    /** Returns that many dollars per hour. */
    public static MoneyRate usdPerHour(double usd) {
        return new MoneyRate(usd / 3600);
    }

    /**
     * Reads a number and a unit: USD/s, USD/h, USD/d.
     *
     * @throws IllegalArgumentException naming the text, the allowed units and the nearest one
     */
    public static MoneyRate parse(String text) {
        return new MoneyRate(UNITS.parse(text));
    }

    /** Returns the units that {@code parse} reads. */
    public static List<String> units() {
        return UNITS.symbols();
    }

    /** Returns the sum. */
    public MoneyRate plus(MoneyRate other) {
        return new MoneyRate(usdPerSecond + other.usdPerSecond);
    }

    /**
     * Returns the difference.
     *
     * @throws IllegalArgumentException if {@code other} is larger
     */
    public MoneyRate minus(MoneyRate other) {
        return new MoneyRate(usdPerSecond - other.usdPerSecond);
    }

    /** Returns the product with a plain number. */
    public MoneyRate times(double factor) {
        return new MoneyRate(usdPerSecond * factor);
    }

    /** Returns the price of an hour in dollars. */
    public double usdPerHour() {
        return usdPerSecond * 3600;
    }

    /** Returns what the given time costs. */
    public Money times(Duration time) {
        return new Money(usdPerSecond * Durations.seconds(time));
    }

    /**
     * Returns the quotient by a plain number.
     *
     * @throws IllegalArgumentException if the divisor is zero or NaN, or negative
     */
    public MoneyRate dividedBy(double divisor) {
        return new MoneyRate(usdPerSecond / divisor);
    }

    /** Returns the ratio of the two; infinite or NaN when {@code other} is zero. */
    public double dividedBy(MoneyRate other) {
        return usdPerSecond / other.usdPerSecond;
    }

    @Override
    public int compareTo(MoneyRate other) {
        return Double.compare(usdPerSecond, other.usdPerSecond);
    }

    /** Prints to six significant digits, such as "2.5 USD/h". */
    @Override
    public String toString() {
        return UNITS.format(usdPerSecond);
    }
}
