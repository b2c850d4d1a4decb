package org.motleysim.hardware.power;

import org.motleysim.hardware.catalog.EfficiencyCatalog;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;

/**
 * What devices draw: a rule from a datasheet to watts and joules. Stateless and safe for use by many threads; what changes during a run
 * (clock, heat, charge) lives in the bound device and reaches the rule as an {@link OperatingPoint}.
 *
 * <pre>{@code
 * PowerModel flat = (kernel, seconds, spec, point) -> 25 * seconds; // 25 W on top of idle, whatever runs
 * }</pre>
 *
 * <p>The built-in cost models use {@link #shares()} already. A model plugged into a {@link PowerSetup} replaces the energies of whatever
 * cost model there is, and leaves its times alone.
 */
@FunctionalInterface
public interface PowerModel {
    /**
     * Returns the energy of a kernel on top of idle power, in joules, zero or more.
     *
     * @param seconds how long it takes at that point
     * @throws IllegalArgumentException if the datasheet lacks a number this model needs, naming it
     */
    double dynamicJoules(Kernel kernel, double seconds, DeviceSpec spec, OperatingPoint point);

    /**
     * Returns the power with nothing to do, in watts: by default that of the datasheet, else the share of the TDP of its kind.
     *
     * @throws IllegalArgumentException if the datasheet has neither idle power nor TDP
     */
    default double idleWatts(DeviceSpec spec) {
        return DynamicEnergy.idleWatts(spec, EfficiencyCatalog.builtIn().power(spec.kind()));
    }

    /** Returns shares of the TDP, the rule of {@link DynamicEnergy}: the default. */
    static PowerModel shares() {
        return SharesPowerModel.BUILT_IN;
    }
}
