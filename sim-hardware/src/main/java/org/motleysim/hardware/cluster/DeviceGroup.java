package org.motleysim.hardware.cluster;

import java.util.Optional;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.Outages;
import org.motleysim.hardware.fault.RecordedOutages;
import org.motleysim.hardware.fault.SlowPhases;
import org.motleysim.hardware.power.PowerModel;
import org.motleysim.hardware.power.PowerSetup;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.price.SpotMarket;

/**
 * Equal devices of a cluster.
 *
 * @param name unique in the cluster, such as {@code "h100"}
 * @param count one or more
 * @param spec what they are
 * @param costModel how their kernels cost, if not as the cluster says
 * @param power their operating points, caps, heat and batteries; empty: the nominal point, on the grid
 * @param faults what goes wrong with them
 * @param price what they cost, if not as the cluster says
 * @param host the machine around them, if its memory matters
 */
public record DeviceGroup(
        String name,
        int count,
        DeviceSpec spec,
        Optional<CostModel> costModel,
        Optional<PowerSetup> power,
        Faults faults,
        Optional<PriceModel> price,
        Optional<HostSpec> host) {
    /**
     * @throws IllegalArgumentException if the name is blank, the count less than one, the power setup does not suit the devices, recorded
     *     outages tell of more devices, or no link leads to the host
     */
    public DeviceGroup {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a device group (\"" + name + "\") must not be blank");
        }
        if (count < 1) {
            throw new IllegalArgumentException("count of device group " + name + " (" + count + ") must be 1 or more");
        }
        final int devices = count;
        power.ifPresent(setup -> setup.check(spec, devices));
        faults.outages().ifPresent(law -> requireDevices("outages", law, name, devices));
        faults.slowPhases().map(SlowPhases::phases).ifPresent(law -> requireDevices("slow phases", law, name, devices));
        price.ifPresent(model -> requireDevices(model, name, devices));
        host.ifPresent(around -> around.check(name, spec));
    }

    /** Devices at their nominal point that never fail, and are priced and costed as the cluster says. */
    public DeviceGroup(String name, int count, DeviceSpec spec) {
        this(name, count, spec, Optional.empty());
    }

    /** Devices at their nominal point that never fail, and are priced as the cluster says. */
    public DeviceGroup(String name, int count, DeviceSpec spec, Optional<CostModel> costModel) {
        this(name, count, spec, costModel, Optional.empty(), Faults.none(), Optional.empty(), Optional.empty());
    }

    /** Returns this group under another name. */
    public DeviceGroup withName(String other) {
        return new DeviceGroup(other, count, spec, costModel, power, faults, price, host);
    }

    /** Returns this group with kernels that cost what the model says. */
    public DeviceGroup withCostModel(CostModel model) {
        return new DeviceGroup(name, count, spec, Optional.of(model), power, faults, price, host);
    }

    /** Returns this group powered in another way. */
    public DeviceGroup withPower(PowerSetup setup) {
        return new DeviceGroup(name, count, spec, costModel, Optional.of(setup), faults, price, host);
    }

    /** Returns this group with things that go wrong. */
    public DeviceGroup withFaults(Faults value) {
        return new DeviceGroup(name, count, spec, costModel, power, value, price, host);
    }

    /** Returns this group with a price of its own. */
    public DeviceGroup withPrice(PriceModel model) {
        return new DeviceGroup(name, count, spec, costModel, power, faults, Optional.of(model), host);
    }

    /** Returns this group with a machine around it. */
    public DeviceGroup withHost(HostSpec around) {
        return new DeviceGroup(name, count, spec, costModel, power, faults, price, Optional.of(around));
    }

    /** Returns the power of one device with nothing to do, in watts. */
    double idleWatts() {
        return power.map(setup -> setup.idleWatts(spec))
                .orElseGet(() -> PowerModel.shares().idleWatts(spec));
    }

    static void requireDevices(PriceModel price, String name, int count) {
        price.market()
                .flatMap(SpotMarket::interruptions)
                .ifPresent(law -> requireDevices("interruptions", law, name, count));
    }

    private static void requireDevices(String what, Outages law, String name, int count) {
        if (law instanceof RecordedOutages recorded && recorded.lastDevice() >= count) {
            throw new IllegalArgumentException("device (" + recorded.lastDevice() + ") of the recorded " + what
                    + " of group " + name + " must be below its number of devices (" + count + ")"
                    + "\nMaybe devices are numbered from 1 in the file; here they are from 0.");
        }
    }
}
