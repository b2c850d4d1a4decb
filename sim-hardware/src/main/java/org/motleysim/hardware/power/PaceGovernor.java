package org.motleysim.hardware.power;

import java.time.Duration;

/**
 * As fast as the last period needed, and some headroom; see {@link Governor#pace(double, Duration)}.
 *
 * @param headroom 1 or more
 * @param period over which the utilisation is measured, more than zero
 */
public record PaceGovernor(double headroom, Duration period) implements Governor {
    /** The headroom of Linux's schedutil (kernel documentation, "CPU Performance Scaling": 1.25). */
    public static final double USUAL_HEADROOM = 1.25;

    /** @throws IllegalArgumentException if a number is out of range */
    public PaceGovernor {
        if (!(headroom >= 1 && headroom < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("headroom (" + headroom + ") must be 1 or more");
        }
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period (" + period + ") must be more than zero\nMaybe 10 ms.");
        }
    }

    @Override
    public int choose(DeviceLoad load) {
        double clock = load.points().get(load.current()).clock();
        return load.points().atLeast(headroom * load.utilization() * clock);
    }
}
