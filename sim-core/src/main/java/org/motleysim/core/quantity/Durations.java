package org.motleysim.core.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/** Reads and prints spans of time: "500 ms", "30 min", "10 us". A span is a {@link Duration}, exact to the nanosecond. */
public final class Durations {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final Units UNITS = Units.of("duration", "s")
            .unit("ns", 1, 1e9)
            .unit("us", 1, 1e6)
            .unit("ms", 1, 1e3)
            .unit("s", 1, 1)
            .alsoRead("min", 60, 1)
            .alsoRead("h", 3600, 1)
            .alsoRead("d", 86_400, 1)
            .build();

    private Durations() {}

    /**
     * Reads a number and a unit: ns, us, ms, s, min, h, d. Fractions of a nanosecond are rounded (half to even).
     *
     * @throws IllegalArgumentException naming the text, the allowed units and the nearest one; or if the span is negative or longer
     *     than 292 years, the range of the simulated clock
     */
    public static Duration parse(String text) {
        BigDecimal nanos = UNITS.parseExactly(text).movePointRight(9).setScale(0, RoundingMode.HALF_EVEN);
        if (nanos.signum() < 0 || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("duration (\"" + text + "\") must be from 0 to 292 years");
        }
        return Duration.ofNanos(nanos.longValueExact());
    }

    /** Returns the units that {@code parse} reads. */
    public static List<String> units() {
        return UNITS.symbols();
    }

    /** Prints exactly: whole hours and minutes as such, anything else in s, ms, us or ns. {@link #parse} reads it back unchanged. */
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0 s";
        }
        if (duration.toNanosPart() == 0 && duration.toSeconds() % 60 == 0) {
            return duration.toSeconds() % 3600 == 0 ? duration.toHours() + " h" : duration.toMinutes() + " min";
        }
        BigDecimal seconds =
                BigDecimal.valueOf(duration.toSeconds()).add(BigDecimal.valueOf(duration.toNanosPart(), 9));
        BigDecimal magnitude = seconds.abs();
        if (magnitude.compareTo(BigDecimal.ONE) >= 0) {
            return Units.plain(seconds) + " s";
        } else if (magnitude.compareTo(BigDecimal.valueOf(1, 3)) >= 0) {
            return Units.plain(seconds.movePointRight(3)) + " ms";
        } else if (magnitude.compareTo(BigDecimal.valueOf(1, 6)) >= 0) {
            return Units.plain(seconds.movePointRight(6)) + " us";
        }
        return Units.plain(seconds.movePointRight(9)) + " ns";
    }

    /**
     * Prints a computed number of seconds to six significant digits, in s, ms, us or ns.
     *
     * @throws IllegalArgumentException if the number is NaN or infinite
     */
    public static String formatSeconds(double seconds) {
        return UNITS.format(Units.finite("seconds", seconds, "s"));
    }

    /** Returns the span in seconds. */
    public static double seconds(Duration duration) {
        return duration.toSeconds() + (double) duration.toNanosPart() / NANOS_PER_SECOND;
    }
}
