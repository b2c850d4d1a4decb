package org.motleysim.core.metric;

import java.util.Arrays;

/**
 * A level or a flow over simulated time, in bounded memory.
 *
 * <p>Time from zero on is cut into a fixed number of equal buckets. When the run outgrows them, neighbours merge and each bucket
 * becomes twice as wide, so a run of any length is drawn with between half and all of the buckets. A bucket holds an integral:
 *
 * <ul>
 *   <li>{@link #set} records a <i>level</i> (watts, requests in a batch); the frozen value is its mean over the bucket.
 *   <li>{@link #add} records an <i>amount</i> at an instant (tokens); the frozen value is the amount per second in the bucket.
 * </ul>
 *
 * Nothing is lost by merging: the integral over all buckets stays what it was. Use one instance for one of the two. For one
 * simulation and one thread.
 */
public final class TimeSeries {
    private static final int DEFAULT_BUCKETS = 512;
    private static final long DEFAULT_WIDTH_NANOS = 1_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final String name;
    private final String unit;
    private final double[] integrals;
    private long widthNanos;
    private long lastNanos;
    private double level;

    /**
     * Starts empty with 512 buckets of a millisecond.
     *
     * @param name what is measured
     * @param unit unit of the level, or of the amount per second
     */
    public TimeSeries(String name, String unit) {
        this(name, unit, DEFAULT_BUCKETS, DEFAULT_WIDTH_NANOS);
    }

    /**
     * Starts empty.
     *
     * @param name what is measured
     * @param unit unit of the level, or of the amount per second
     * @param buckets how many points at most: even, 2 to 2^20
     * @param widthNanos width of a bucket at the start, in nanoseconds, at least 1
     * @throws IllegalArgumentException if the last two are out of range
     */
    public TimeSeries(String name, String unit, int buckets, long widthNanos) {
        if (buckets < 2 || buckets > 1 << 20 || buckets % 2 != 0) {
            throw new IllegalArgumentException("buckets (" + buckets + ") must be an even number from 2 to 2^20");
        }
        if (widthNanos < 1 || widthNanos > Long.MAX_VALUE / buckets) {
            throw new IllegalArgumentException(
                    "width (" + widthNanos + " ns) must be from 1 ns to 292 years over the buckets");
        }
        this.name = name;
        this.unit = unit;
        this.integrals = new double[buckets];
        this.widthNanos = widthNanos;
    }

    /**
     * Sets the level from now on; it was zero before the first call.
     *
     * @throws IllegalArgumentException if time runs backwards
     */
    public void set(long nowNanos, double newLevel) {
        advance(nowNanos);
        level = newLevel;
    }

    /**
     * Adds an amount at this instant.
     *
     * @throws IllegalArgumentException if time runs backwards
     */
    public void add(long nowNanos, double amount) {
        advance(nowNanos);
        makeRoomFor(nowNanos);
        integrals[(int) (nowNanos / widthNanos)] += amount;
    }

    /**
     * Freezes what was recorded from zero until now. A point sits in the middle of its bucket; the last bucket may be cut short.
     *
     * @throws IllegalArgumentException if time runs backwards
     */
    public Series freeze(long nowNanos) {
        advance(nowNanos);
        int points = (int) ((nowNanos - 1 + widthNanos) / widthNanos);
        int filled = Math.max(points, lastFilled() + 1); // an amount added at this very instant may open one more
        var seconds = new double[filled];
        var values = new double[filled];
        for (int i = 0; i < filled; i++) {
            long start = i * widthNanos;
            long width = i < points ? Math.min(widthNanos, nowNanos - start) : widthNanos;
            seconds[i] = (start + width / 2.0) / NANOS_PER_SECOND;
            values[i] = integrals[i] / (width / NANOS_PER_SECOND);
        }
        return new Series(name, unit, seconds, values);
    }

    private int lastFilled() {
        int i = integrals.length - 1;
        while (i >= 0 && integrals[i] == 0) {
            i--;
        }
        return i;
    }

    /** Spreads the present level over the buckets between the last time and now. */
    private void advance(long nowNanos) {
        if (nowNanos < lastNanos) {
            throw new IllegalArgumentException("time (" + nowNanos + " ns) must not be before " + lastNanos + " ns");
        }
        if (level != 0 && nowNanos > lastNanos) {
            makeRoomFor(nowNanos - 1);
            long from = lastNanos;
            while (from < nowNanos) {
                int bucket = (int) (from / widthNanos);
                long to = Math.min(nowNanos, (bucket + 1) * widthNanos);
                integrals[bucket] += level * ((to - from) / NANOS_PER_SECOND);
                from = to;
            }
        }
        makeRoomFor(Math.max(0, nowNanos - 1));
        lastNanos = nowNanos;
    }

    private void makeRoomFor(long nanos) {
        while (nanos / widthNanos >= integrals.length) {
            int half = integrals.length / 2;
            for (int i = 0; i < half; i++) {
                integrals[i] = integrals[2 * i] + integrals[2 * i + 1];
            }
            Arrays.fill(integrals, half, integrals.length, 0);
            widthNanos *= 2;
        }
    }
}
