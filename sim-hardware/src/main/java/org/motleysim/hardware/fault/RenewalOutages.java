package org.motleysim.hardware.fault;

import org.motleysim.core.random.Distribution;

/**
 * An alternating renewal process for each device: up for a random time, down for a random time, as new after that. Time passes for a
 * device whether it works or not. With fewer crews than devices, a failed device waits for one (first come, first served): the machine
 * repair model.
 *
 * @param uptime seconds from a repair to the next failure (MTBF is its mean)
 * @param downtime seconds of a repair, without the wait for a crew (MTTR is its mean)
 * @param crews repairs that can go on at once in a group of devices, at least 1
 */
public record RenewalOutages(Distribution uptime, Distribution downtime, int crews) implements Outages {
    /** A crew for each device. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** @throws IllegalArgumentException if a time can be negative or is always zero, or there is no crew */
    public RenewalOutages {
        Checks.times("uptime", uptime);
        Checks.times("downtime", downtime);
        if (crews < 1) {
            throw new IllegalArgumentException("crews (" + crews + ") must be at least 1");
        }
    }

    /** Returns these outages with a number of repair crews for the whole group. */
    public RenewalOutages withCrews(int count) {
        return new RenewalOutages(uptime, downtime, count);
    }

    /**
     * Returns the share of the time in which a device is up, in the long run and with a crew for each:
     * {@code MTBF / (MTBF + MTTR)}, whatever the distributions (renewal reward theorem).
     */
    public double availability() {
        return uptime.mean() / (uptime.mean() + downtime.mean());
    }
}
