package org.motleysim.hardware.power;

import java.time.Duration;

/**
 * Full speed above a threshold of utilisation, in proportion to it below; see {@link Governor#ondemand(double, Duration)}.
 *
 * @param upThreshold share of the last period, above 0 and at most 1
 * @param period over which the share is measured, more than zero
 */
public record OndemandGovernor(double upThreshold, Duration period) implements Governor {
    /** @throws IllegalArgumentException if a number is out of range */
    public OndemandGovernor {
        if (!(upThreshold > 0 && upThreshold <= 1)) {
            throw new IllegalArgumentException("upThreshold (" + upThreshold + ") must be a share in (0, 1]");
        }
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period (" + period + ") must be more than zero\nMaybe 10 ms.");
        }
    }

    @Override
    public int choose(DeviceLoad load) {
        OperatingPoints points = load.points();
        if (load.utilization() > upThreshold) {
            return points.fastest();
        }
        double slowest = points.get(0).clock();
        double fastest = points.get(points.fastest()).clock();
        return points.atLeast(slowest + load.utilization() * (fastest - slowest));
    }
}
