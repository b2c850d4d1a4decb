package org.motleysim.hardware.power;

import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.PowerShares;
import org.motleysim.hardware.device.DeviceSpec;

/**
 * What a device draws: idle power always, and on top of it, while a kernel runs, the dynamic energy
 *
 * <pre>
 * joules = min( (TDP - idle) * seconds,
 *               (active * TDP - idle) * seconds + flops * compute * TDP / peak + bytes * memory * TDP / bandwidth )
 * </pre>
 *
 * <p>The three shares of the TDP are {@link PowerShares}. So every format costs the same power at its own peak (an operation of half the
 * width costs half the energy), and the mean power of a kernel never exceeds the TDP. Where it would, a real device lowers its clock;
 * that is already in the measured efficiencies, so the cap trims energy and leaves time alone. See docs/models/power.md.
 *
 * <p>Immutable.
 */
public final class DynamicEnergy {
    private final double idleWatts;
    private final double tdpWatts;
    private final double activeWatts;
    private final double memoryWatts;
    private final double computeWatts;

    /**
     * Binds the rule to a device.
     *
     * @throws IllegalArgumentException if the device has no TDP
     */
    public DynamicEnergy(DeviceSpec spec, PowerShares shares) {
        this.tdpWatts = spec.tdp()
                .orElseThrow(() -> spec.missing("tdp", "models of energy"))
                .watts();
        this.idleWatts = idleWatts(spec, shares);
        this.activeWatts = Math.max(0, shares.active() * tdpWatts - idleWatts);
        this.memoryWatts = shares.memory() * tdpWatts;
        this.computeWatts = shares.compute() * tdpWatts;
    }

    /**
     * Returns the idle power: that of the datasheet, else the class share of the TDP.
     *
     * @throws IllegalArgumentException if the device has neither idle power nor TDP
     */
    public static double idleWatts(DeviceSpec spec, PowerShares shares) {
        return spec.idle()
                .map(Power::watts)
                .orElseGet(() -> shares.idle()
                        * spec.tdp()
                                .orElseThrow(() -> spec.missing("idle or tdp", "models of energy"))
                                .watts());
    }

    /**
     * Returns the energy of a kernel on top of idle power.
     *
     * @param seconds its duration
     * @param secondsAtPeakRate flops divided by the peak rate of the format computed in
     * @param secondsAtPeakBandwidth bytes divided by the peak bandwidth
     * @param point clock and voltage; operations cost their energy times the square of the voltage
     */
    public double joules(
            double seconds, double secondsAtPeakRate, double secondsAtPeakBandwidth, OperatingPoint point) {
        double square = point.voltage() * point.voltage();
        double joules = activeWatts * point.clock() * square * seconds
                + computeWatts * square * secondsAtPeakRate
                + memoryWatts * secondsAtPeakBandwidth;
        return Math.min(joules, (tdpWatts - idleWatts) * seconds);
    }
}
