package org.motleysim.core.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Set;

/**
 * Numbers as a person reads them: three significant digits, an SI prefix, the unit. Plain ASCII and the same in every
 * locale. For reading only: files carry the full value.
 */
public final class Figures {

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);
    private static final String[] PREFIXES = {"p", "n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    private static final int NO_PREFIX = 4;

    /** Units that are counted rather than measured: a millitoken or a milliday is no help to anybody. */
    private static final Set<String> COUNTED = Set.of("1", "1/s", "d", "token", "token/s", "request", "request/s");

    private Figures() {}

    /**
     * A value with its unit, such as {@code 412 ms}, {@code 3.2 kJ}, {@code $0.31}.
     *
     * @param value the value in that unit
     * @param unit the unit; {@code 1} for a bare number; {@code USD} and {@code USD/...} are written with a dollar sign;
     *     {@code %} takes a fraction
     * @return the text; {@code n/a} for a value that is not finite
     */
    public static String quantity(double value, String unit) {
        if (!Double.isFinite(value)) {
            return "n/a";
        }
        if (unit.equals("%")) {
            return percent(value);
        }
        if (unit.equals("USD") || unit.startsWith("USD/")) {
            return dollars(value) + unit.substring(3);
        }
        if (COUNTED.contains(unit)) {
            return counted(value) + counterName(unit);
        }
        if (unit.equals("s")) {
            double magnitude = Math.abs(value);
            if (magnitude >= 7_200) {
                return digits(value / 3_600) + " h";
            }
            if (magnitude >= 120) {
                return digits(value / 60) + " min";
            }
        }
        return prefixed(value) + unit;
    }

    /**
     * A fraction in percent, such as {@code 98.7%}.
     *
     * @param fraction the share, 1 being the whole
     * @return the text; {@code n/a} for a value that is not finite
     */
    public static String percent(double fraction) {
        if (!Double.isFinite(fraction)) {
            return "n/a";
        }
        double percent = fraction * 100;
        // 99.97% of requests is not all of them: more digits near the end of the scale, where they matter.
        if (percent > 99 && percent < 100) {
            return BigDecimal.valueOf(percent).setScale(2, RoundingMode.DOWN).toPlainString() + "%";
        }
        return digits(percent) + "%";
    }

    private static String dollars(double value) {
        double magnitude = Math.abs(value);
        String sign = value < 0 ? "-$" : "$";
        if (magnitude == 0) {
            return "$0";
        }
        if (magnitude >= 1e6) {
            return sign + prefixed(magnitude);
        }
        if (magnitude >= 0.1) {
            return sign + String.format(Locale.ROOT, "%,.2f", magnitude);
        }
        return sign + digits(magnitude);
    }

    private static String counterName(String unit) {
        if (unit.equals("1")) {
            return "";
        }
        return unit.startsWith("1/") ? " " + unit.substring(1) : " " + unit;
    }

    private static String counted(double value) {
        if (Math.abs(value) >= 1e9) {
            return prefixed(value).stripTrailing();
        }
        if (Math.abs(value) >= 1_000 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        return digits(value);
    }

    /** The digits, a space, and the prefix to which the unit is appended. */
    private static String prefixed(double value) {
        if (value == 0) {
            return "0 ";
        }
        double rounded = new BigDecimal(value).round(THREE_DIGITS).doubleValue();
        int exponent = (int) Math.floor(StrictMath.log10(Math.abs(rounded)));
        int step = Math.max(-NO_PREFIX, Math.min(PREFIXES.length - 1 - NO_PREFIX, Math.floorDiv(exponent, 3)));
        BigDecimal scaled = new BigDecimal(value).scaleByPowerOfTen(-3 * step);
        return digits(scaled) + " " + PREFIXES[NO_PREFIX + step];
    }

    private static String digits(double value) {
        return digits(new BigDecimal(value));
    }

    private static String digits(BigDecimal value) {
        BigDecimal rounded = value.round(THREE_DIGITS);
        if (rounded.signum() == 0) {
            return "0";
        }
        if (rounded.abs().compareTo(BigDecimal.valueOf(1, 7)) < 0
                || rounded.abs().compareTo(BigDecimal.valueOf(1, -6)) >= 0) {
            return rounded.toString();
        }
        boolean whole = value.stripTrailingZeros().scale() <= 0;
        int decimals = Math.max(0, rounded.scale() + THREE_DIGITS.getPrecision() - rounded.precision());
        return whole
                ? value.setScale(0, RoundingMode.HALF_EVEN).toPlainString()
                : rounded.setScale(decimals, RoundingMode.UNNECESSARY).toPlainString();
    }
}
