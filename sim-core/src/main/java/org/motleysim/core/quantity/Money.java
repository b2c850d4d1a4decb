package org.motleysim.core.quantity;

/**
 * An amount of money, in US dollars. Unlike the other quantities it may be negative: a credit, or one cost less another.
 *
 * @param usd US dollars; negative for a credit
 */
public record Money(double usd) implements Comparable<Money> {
    /** Free. */
    public static final Money ZERO = new Money(0);

    private static final Units UNITS =
            Units.of("money", "USD").unit("USD", 1, 1).build();

    /** @throws IllegalArgumentException if the number is NaN or infinite */
    public Money {
        usd = Units.finite("money", usd, "USD");
    }

    /** Returns that many dollars. */
    public static Money usd(double usd) {
        return new Money(usd);
    }

    /**
     * Reads a number and a unit: USD.
     *
     * @throws IllegalArgumentException naming the text, the allowed units and the nearest one
     */
    public static Money parse(String text) {
        return new Money(UNITS.parse(text));
    }

    /** Returns the sum. */
    public Money plus(Money other) {
        return new Money(usd + other.usd);
    }

    /** Returns the difference. */
    public Money minus(Money other) {
        return new Money(usd - other.usd);
    }

    /** Returns the product with a plain number. */
    public Money times(double factor) {
        return new Money(usd * factor);
    }

    /**
     * Returns the quotient by a plain number.
     *
     * @throws IllegalArgumentException if the divisor is zero or NaN
     */
    public Money dividedBy(double divisor) {
        return new Money(usd / divisor);
    }

    /** Returns the ratio of the two; infinite or NaN when {@code other} is zero. */
    public double dividedBy(Money other) {
        return usd / other.usd;
    }

    @Override
    public int compareTo(Money other) {
        return Double.compare(usd, other.usd);
    }

    /** Prints to six significant digits, such as "12.5 USD". */
    @Override
    public String toString() {
        return UNITS.format(usd);
    }
}
