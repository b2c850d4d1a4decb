package org.motleysim.hardware.power;

import java.time.Duration;

/**
 * Chooses the operating point of a device whenever a kernel or an iteration begins on it. Stateless; what it may know is in the {@link
 * DeviceLoad}. Caps and heat may force a lower point than the one it wants.
 *
 * <pre>{@code
 * Governor timid = load -> load.points().fastest() / 2;
 * }</pre>
 */
@FunctionalInterface
public interface Governor {
    /** Ten milliseconds: 1000 transitions of 10 us, the rule of Linux ({@code cpufreq_policy_transition_delay_us}). */
    Duration USUAL_PERIOD = Duration.ofMillis(10);

    /** Share above which {@link #ondemand()} runs at full speed ({@code DEF_FREQUENCY_UP_THRESHOLD} of Linux). */
    double USUAL_UP_THRESHOLD = 0.80;

    /** Returns the number of the wanted point in {@link DeviceLoad#points()}. */
    int choose(DeviceLoad load);

    /** Returns how long a period is over which {@link DeviceLoad#utilization()} is measured. */
    default Duration period() {
        return USUAL_PERIOD;
    }

    /** Returns the fastest point always, which races to idle: the default. */
    static Governor performance() {
        return ConstantGovernor.PERFORMANCE;
    }

    /** Returns the slowest point always. */
    static Governor powersave() {
        return ConstantGovernor.POWERSAVE;
    }

    /**
     * Returns the slowest point of at least that clock always.
     *
     * @param clock above 0 and at most 4, relative to the datasheet
     */
    static Governor fixed(double clock) {
        return new FixedGovernor(clock);
    }

    /** Returns Linux's ondemand with its usual settings. */
    static Governor ondemand() {
        return new OndemandGovernor(USUAL_UP_THRESHOLD, USUAL_PERIOD);
    }

    /**
     * Returns Linux's ondemand: full speed if the device was busy for more than the threshold of the last period, otherwise the slowest
     * point of at least {@code slowest + utilization * (fastest - slowest)} (drivers/cpufreq/cpufreq_ondemand.c).
     *
     * @param upThreshold share of the time, above 0 and at most 1
     * @param period over which the share is measured, more than zero
     */
    static Governor ondemand(double upThreshold, Duration period) {
        return new OndemandGovernor(upThreshold, period);
    }

    /** Returns {@link #pace(double, Duration)} with the headroom of Linux's schedutil, 1.25, and periods of 10 ms. */
    static Governor pace() {
        return new PaceGovernor(PaceGovernor.USUAL_HEADROOM, USUAL_PERIOD);
    }

    /**
     * Returns the opposite of a race to idle: just as fast as the work of the last period needed, and some headroom. The slowest point of
     * at least {@code headroom * utilization * present clock}, as Linux's schedutil computes it (kernel documentation, "CPU Performance
     * Scaling": next = 1.25 * current * util / max).
     *
     * @param headroom 1 or more
     * @param period over which the utilisation is measured, more than zero
     */
    static Governor pace(double headroom, Duration period) {
        return new PaceGovernor(headroom, period);
    }
}
