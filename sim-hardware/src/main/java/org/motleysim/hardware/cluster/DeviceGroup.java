package org.motleysim.hardware.cluster;

import java.util.Optional;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.power.PowerModel;
import org.motleysim.hardware.power.PowerSetup;

/**
 * Equal devices of a cluster.
 *
 * @param name unique in the cluster, such as {@code "h100"}
 * @param count one or more
 * @param spec what they are
 * @param costModel how their kernels cost, if not as the cluster says
 * @param power their operating points, caps, heat and batteries; empty: the nominal point, on the grid
 */
public record DeviceGroup(
        String name, int count, DeviceSpec spec, Optional<CostModel> costModel, Optional<PowerSetup> power) {
    /** @throws IllegalArgumentException if the name is blank, the count less than one, or the power setup does not suit the devices */
    public DeviceGroup {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a device group (\"" + name + "\") must not be blank");
        }
        if (count < 1) {
            throw new IllegalArgumentException("count of device group " + name + " (" + count + ") must be 1 or more");
        }
        final int devices = count;
        power.ifPresent(setup -> setup.check(spec, devices));
    }

    /** Devices at their nominal point. */
    public DeviceGroup(String name, int count, DeviceSpec spec, Optional<CostModel> costModel) {
        this(name, count, spec, costModel, Optional.empty());
    }

    /** Returns devices whose kernels cost what the cluster says, at their nominal point. */
    public static DeviceGroup of(String name, int count, DeviceSpec spec) {
        return new DeviceGroup(name, count, spec, Optional.empty(), Optional.empty());
    }

    /** Returns the group with another cost model. */
    public DeviceGroup withCostModel(CostModel model) {
        return new DeviceGroup(name, count, spec, Optional.of(model), power);
    }

    /** Returns the group powered in another way. */
    public DeviceGroup withPower(PowerSetup setup) {
        return new DeviceGroup(name, count, spec, costModel, Optional.of(setup));
    }

    /** Returns the power of one device with nothing to do, in watts. */
    double idleWatts() {
        return power.map(setup -> setup.idleWatts(spec))
                .orElseGet(() -> PowerModel.shares().idleWatts(spec));
    }
}
