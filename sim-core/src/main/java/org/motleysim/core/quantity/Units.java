package org.motleysim.core.quantity;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.motleysim.core.name.NearestName;

/**
 * The units of one quantity: reads "3.35 TB/s" into a number of base units and prints it back. Each quantity holds one such table;
 * this is all they share.
 *
 * <p>A unit is {@code multiplier / divisor} base units, kept as two whole numbers, so that {@code parse("100 Gbit/s")} does the very
 * arithmetic of {@code gigabitsPerSecond(100)} and both are equal to the last bit.
 */
final class Units {
    private static final Pattern NUMBER_THEN_UNIT =
            Pattern.compile("\\s*([+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?)\\s*(\\S.*?)?\\s*");
    private static final int LONGEST_TEXT = 80;
    private static final MathContext SHOWN_DIGITS = new MathContext(6);

    /** @param shown whether printing may choose it */
    private record Unit(String symbol, double multiplier, double divisor, boolean shown) {}

    private record Reading(BigDecimal number, Unit unit) {}

    private final String quantity;
    private final String example;
    private final List<Unit> units;

    private Units(String quantity, String example, List<Unit> units) {
        this.quantity = quantity;
        this.example = example;
        this.units = units;
    }

    /** Starts a table; {@code example} is the unit suggested to a person who forgot it. */
    static Builder of(String quantity, String example) {
        return new Builder(quantity, example);
    }

    /** Returns {@code value} with -0.0 made 0.0; refuses NaN, infinite and negative numbers. */
    static double notNegative(String quantity, double value, String unit) {
        if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    quantity + " (" + value + " " + unit + ") must be a finite number, zero or more");
        }
        return value + 0.0;
    }

    /** Returns {@code value} with -0.0 made 0.0; refuses NaN and infinite numbers. */
    static double finite(String quantity, double value, String unit) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(quantity + " (" + value + " " + unit + ") must be a finite number");
        }
        return value + 0.0;
    }

    /** Reads a number and a unit; the result in base units is not range-checked. */
    double parse(String text) {
        Reading reading = read(text);
        return reading.number.doubleValue() * reading.unit.multiplier / reading.unit.divisor;
    }

    /** Like {@link #parse}, without rounding. Only for tables whose divisors are powers of ten or two. */
    BigDecimal parseExactly(String text) {
        Reading reading = read(text);
        return reading.number
                .multiply(new BigDecimal(reading.unit.multiplier))
                .divide(new BigDecimal(reading.unit.divisor));
    }

    /** Returns whether the text is written in the base unit itself. */
    boolean inBaseUnit(String text) {
        Unit unit = read(text).unit;
        return unit.multiplier == unit.divisor;
    }

    /** Prints with the largest shown unit that leaves at least 1 before it, to six significant digits. */
    String format(double value) {
        BigDecimal base = new BigDecimal(value);
        Unit chosen = null;
        BigDecimal number = BigDecimal.ZERO;
        for (Unit unit : units) {
            if (!unit.shown) {
                continue;
            }
            BigDecimal inUnit = base.multiply(new BigDecimal(unit.divisor))
                    .divide(new BigDecimal(unit.multiplier), MathContext.DECIMAL128)
                    .round(SHOWN_DIGITS);
            // Rounded first, so that 999,999.9 W prints as 1 MW and not as 1000 kW. Shown units are listed in rising
            // order.
            if (chosen == null || inUnit.abs().compareTo(BigDecimal.ONE) >= 0) {
                chosen = unit;
                number = inUnit;
            }
        }
        if (chosen == null) {
            throw new IllegalStateException(quantity + " has no unit to print");
        }
        if (base.signum() == 0) {
            return "0 " + baseSymbol();
        }
        return plain(number) + " " + chosen.symbol;
    }

    /** Prints a number without trailing zeros; with an exponent only when it is out of all proportion. */
    static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        int exponent = stripped.precision() - stripped.scale() - 1;
        return exponent < -9 || exponent > 15 ? stripped.toString() : stripped.toPlainString();
    }

    private String baseSymbol() {
        return units.stream()
                .filter(unit -> unit.shown && unit.multiplier == unit.divisor)
                .map(Unit::symbol)
                .findFirst()
                .orElse(example);
    }

    /** The units that are read. */
    List<String> symbols() {
        return units.stream().map(Unit::symbol).toList();
    }

    private Reading read(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(quantity + " (\"" + text.substring(0, 40) + "...\") has " + text.length()
                    + " characters; a number and a unit are expected" + maybe("80 " + example));
        }
        Matcher matcher = NUMBER_THEN_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(quantity + " (\"" + text + "\") must be a number and a unit; "
                    + allowed() + maybe("80 " + example));
        }
        String number = matcher.group(1);
        String symbol = Optional.ofNullable(matcher.group(2))
                .orElse("")
                .replace('\u00b5', 'u')
                .replace('\u03bc', 'u');
        for (Unit unit : units) {
            if (unit.symbol.equals(symbol)) {
                return new Reading(new BigDecimal(number), unit);
            }
        }
        if (symbol.isEmpty()) {
            throw new IllegalArgumentException(
                    quantity + " (\"" + text + "\") needs a unit; " + allowed() + maybe(number + " " + example));
        }
        String nearest = NearestName.of(
                        inOurSpelling(symbol), units.stream().map(Unit::symbol).toList())
                .orElse(example);
        throw new IllegalArgumentException(quantity + " (\"" + text + "\") has the unknown unit \"" + symbol + "\"; "
                + allowed() + maybe(number + " " + nearest));
    }

    /** What "Gbps" and "Gb/s" mean, so that the suggestion for them is not eight times too large. */
    private static String inOurSpelling(String symbol) {
        return symbol.replaceAll("bps$|b/s$", "bit/s").replaceAll("Bps$", "B/s").replaceAll("\\$", "USD");
    }

    private String allowed() {
        return "allowed units: " + units.stream().map(Unit::symbol).collect(Collectors.joining(", "));
    }

    private static String maybe(String suggestion) {
        return "\nMaybe \"" + suggestion + "\".";
    }

    /** Collects the units of a table, smallest first among those that are shown. */
    static final class Builder {
        private static final String SMALL_PREFIXES = "pnum";
        private static final String LARGE_PREFIXES = "kMGTPEZY";
        private static final double[] THOUSANDS = {1e3, 1e6, 1e9, 1e12, 1e15, 1e18, 1e21, 1e24};

        private final String quantity;
        private final String example;
        private final List<Unit> units = new ArrayList<>();

        private Builder(String quantity, String example) {
            this.quantity = quantity;
            this.example = example;
        }

        /** Adds a unit worth {@code multiplier / divisor} base units that is read and printed. */
        Builder unit(String symbol, double multiplier, double divisor) {
            units.add(new Unit(symbol, multiplier, divisor, true));
            return this;
        }

        /** Adds a unit that is read but never printed. */
        Builder alsoRead(String symbol, double multiplier, double divisor) {
            units.add(new Unit(symbol, multiplier, divisor, false));
            return this;
        }

        /** Adds {@code p, n, u, m} times the base unit. */
        Builder smallDecimal(String symbol) {
            for (int i = 0; i < SMALL_PREFIXES.length(); i++) {
                unit(SMALL_PREFIXES.charAt(i) + symbol, 1, THOUSANDS[SMALL_PREFIXES.length() - 1 - i]);
            }
            return this;
        }

        /** Adds the base unit and {@code k, M, G ...} times it, up to the given prefix. */
        Builder decimal(String symbol, char largest) {
            unit(symbol, 1, 1);
            for (int i = 0; i <= LARGE_PREFIXES.indexOf(largest); i++) {
                unit(LARGE_PREFIXES.charAt(i) + symbol, THOUSANDS[i], 1);
            }
            return this;
        }

        /** Adds {@code k, M, G, T} times a unit worth {@code 1 / divisor} and that unit itself; read, never printed. */
        Builder alsoReadDecimal(String symbol, double divisor) {
            alsoRead(symbol, 1, divisor);
            for (int i = 0; i <= LARGE_PREFIXES.indexOf('T'); i++) {
                alsoRead(LARGE_PREFIXES.charAt(i) + symbol, THOUSANDS[i], divisor);
            }
            return this;
        }

        /** Adds {@code Ki, Mi, Gi, Ti, Pi} times the base unit; read, never printed from here. */
        Builder alsoReadBinary(String symbol) {
            double multiplier = 1024;
            for (char prefix : "KMGTP".toCharArray()) {
                alsoRead(prefix + "i" + symbol, multiplier, 1);
                multiplier *= 1024;
            }
            return this;
        }

        Units build() {
            return new Units(quantity, example, List.copyOf(units));
        }
    }
}
