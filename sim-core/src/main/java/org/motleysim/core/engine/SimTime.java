package org.motleysim.core.engine;

import java.time.Duration;

/**
 * Conversions to and from virtual time: a {@code long} count of nanoseconds since the start of the simulation, good for
 * 292 years. Integer time makes ties exact and sums associative. {@link #nanos(double)} is the only place where the
 * seconds of a model are rounded.
 */
public final class SimTime {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NANOS = 1_000_000_000L;
    private static final double RANGE = 0x1p63;

    private SimTime() {}

    /**
     * Rounds seconds to nanoseconds, half to even.
     *
     * @param seconds a time or duration in seconds, zero or more
     * @return the same in nanoseconds
     * @throws IllegalArgumentException if {@code seconds} is not a number, negative, or beyond 292 years
     */
    public static long nanos(double seconds) {
        double nanos = Math.rint(seconds * NANOS_PER_SECOND);
        if (!(seconds >= 0 && nanos < RANGE)) {
            throw new IllegalArgumentException(
                    "seconds (" + seconds + ") must be at least 0 and below 9.22e9 (292 years).\n"
                            + "Maybe a rate of zero was divided by, or a unit was mistaken?");
        }
        return (long) nanos;
    }

    /**
     * Converts a duration exactly.
     *
     * @param duration zero or more
     * @return the same in nanoseconds
     * @throws IllegalArgumentException if {@code duration} is negative or beyond 292 years
     */
    public static long nanos(Duration duration) {
        if (duration.isNegative() || duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("duration (" + duration + ") must be at least 0 and at most 292 years.");
        }
        return duration.toNanos();
    }

    /**
     * Converts nanoseconds to seconds, to the nearest {@code double}.
     *
     * @param nanos nanoseconds
     * @return seconds
     */
    public static double seconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }

    /**
     * Writes a time in seconds with all its digits and no more: {@code 0 s}, {@code 1.5 s}, {@code 0.000000001 s}.
     *
     * @param nanos nanoseconds, zero or more
     * @return the text
     * @throws IllegalArgumentException if {@code nanos} is negative
     */
    public static String format(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("nanos (" + nanos + ") must be at least 0.");
        }
        StringBuilder text = new StringBuilder().append(nanos / NANOS);
        long fraction = nanos % NANOS;
        if (fraction > 0) {
            // The leading 1 keeps the zeros after the point; it is overwritten by the point.
            int point = text.length();
            text.append(NANOS + fraction).setCharAt(point, '.');
            int end = text.length();
            while (text.charAt(end - 1) == '0') {
                end--;
            }
            text.setLength(end);
        }
        return text.append(" s").toString();
    }
}
