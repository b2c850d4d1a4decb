package org.motleysim.core.metric;

/**
 * A level that changes in steps (queue length, busy servers, watts) and its average over time.
 *
 * <p>The average is the integral of the level divided by the time since the start or the last reset; a level held for no time weighs
 * nothing. The integral is summed with compensation (Kahan, CACM 8(1), 1965), so that its relative error stays near 1e-15 however many
 * steps there are. For one simulation and one thread.
 */
public final class TimeWeighted {
    private long startNanos;
    private long lastNanos;
    private double level;
    private double min;
    private double max;
    private double integral;
    private double lost;

    /** Starts at time zero with level zero. */
    public TimeWeighted() {
        this(0, 0);
    }

    /** Starts at the given time with the given level. */
    public TimeWeighted(long nowNanos, double level) {
        this.level = level;
        reset(nowNanos, nowNanos);
    }

    /**
     * Sets the level from now on.
     *
     * @throws IllegalArgumentException if time runs backwards or the level is NaN or infinite
     */
    public void set(long nowNanos, double newLevel) {
        if (!Double.isFinite(newLevel)) {
            throw new IllegalArgumentException("level (" + newLevel + ") must be finite");
        }
        advance(nowNanos);
        level = newLevel;
        min = Math.min(min, newLevel);
        max = Math.max(max, newLevel);
    }

    /** Changes the level by the given amount from now on. */
    public void add(long nowNanos, double change) {
        set(nowNanos, level + change);
    }

    /** Returns the level. */
    public double level() {
        return level;
    }

    /** Returns the average over the time since the start or the last reset; the level itself when no time has passed. */
    public double mean(long nowNanos) {
        advance(nowNanos);
        return lastNanos == startNanos ? level : integral / (lastNanos - startNanos);
    }

    /** Returns the integral of the level over time, in units of the level times seconds: watts become joules. */
    public double integralSeconds(long nowNanos) {
        advance(nowNanos);
        return integral / 1e9;
    }

    /** Returns the lowest level since the start or the last reset. */
    public double min() {
        return min;
    }

    /** Returns the highest level since the start or the last reset. */
    public double max() {
        return max;
    }

    /** Forgets the past, as at the end of a warm-up. The level stays what it is. */
    public void reset(long nowNanos) {
        reset(nowNanos, lastNanos);
    }

    private void reset(long nowNanos, long notBefore) {
        checkForward(nowNanos, notBefore);
        startNanos = nowNanos;
        lastNanos = nowNanos;
        min = level;
        max = level;
        integral = 0;
        lost = 0;
    }

    private void advance(long nowNanos) {
        checkForward(nowNanos, lastNanos);
        double term = level * (nowNanos - lastNanos) - lost;
        double sum = integral + term;
        lost = (sum - integral) - term;
        integral = sum;
        lastNanos = nowNanos;
    }

    private static void checkForward(long nowNanos, long lastNanos) {
        if (nowNanos < lastNanos) {
            throw new IllegalArgumentException("time (" + nowNanos + " ns) must not be before " + lastNanos + " ns");
        }
    }
}
