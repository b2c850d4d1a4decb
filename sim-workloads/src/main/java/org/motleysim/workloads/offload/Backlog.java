package org.motleysim.workloads.offload;

import org.motleysim.core.engine.SimTime;

/**
 * How many are in a queue and its server, over time, and whether that number grows without bound.
 *
 * <p>It does when, in the second half of the run, more than 2% of what came did not leave, and the number in the last quarter is on
 * average more than one and a half times that in the second quarter, by at least ten. A queue that takes in more than it can serve grows
 * by straight lines and gives 7/3 (0.875 over 0.375 of the run). A queue near its limit may pass for stable in a short run.
 */
final class Backlog {
    private static final double LEFT_OVER = 0.02;
    private static final double GROWTH = 1.5;
    private static final double LEAST = 10;
    private static final int QUARTERS = 4;

    private final double[] integralAt = new double[QUARTERS + 1];
    private final long[] nanosAt = new long[QUARTERS + 1];
    private final long[] arrivedAt = new long[QUARTERS + 1];
    private final long[] leftAt = new long[QUARTERS + 1];
    private long level;
    private long most;
    private long arrived;
    private long left;
    private long sinceNanos;
    private double integralNanos;

    void enter(long now) {
        advance(now);
        level++;
        arrived++;
        most = Math.max(most, level);
    }

    void leave(long now) {
        advance(now);
        level--;
        left++;
    }

    /** Remembers the end of a quarter of the run, 1 to 4. */
    void mark(int quarter, long now) {
        advance(now);
        integralAt[quarter] = integralNanos;
        nanosAt[quarter] = now;
        arrivedAt[quarter] = arrived;
        leftAt[quarter] = left;
    }

    long level() {
        return level;
    }

    long most() {
        return most;
    }

    long arrived() {
        return arrived;
    }

    double mean(long now) {
        advance(now);
        return now == 0 ? 0 : integralNanos / now;
    }

    /** How many times as many there were in the last quarter as in the second; 1 when there was no time to tell. */
    double growth() {
        double before = mean(2);
        return before > 0 ? mean(QUARTERS) / before : 1;
    }

    boolean grows() {
        long came = arrivedAt[QUARTERS] - arrivedAt[2];
        long went = leftAt[QUARTERS] - leftAt[2];
        return came > 0
                && came - went > LEFT_OVER * came
                && mean(QUARTERS) > GROWTH * mean(2)
                && mean(QUARTERS) - mean(2) >= LEAST;
    }

    private double mean(int quarter) {
        long nanos = nanosAt[quarter] - nanosAt[quarter - 1];
        return nanos > 0 ? (integralAt[quarter] - integralAt[quarter - 1]) / nanos : 0;
    }

    private void advance(long now) {
        if (now > sinceNanos) {
            integralNanos += (double) level * (now - sinceNanos);
            sinceNanos = now;
        }
    }

    @Override
    public String toString() {
        return level + " of " + arrived + " at " + SimTime.format(sinceNanos);
    }
}
