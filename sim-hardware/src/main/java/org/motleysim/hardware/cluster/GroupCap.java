package org.motleysim.hardware.cluster;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.power.PowerSetup;

/**
 * The power that the devices of a group share. Each is guaranteed what its slowest point needs at most; the rest goes to whoever begins
 * first. At any time the sum over the devices of max(power, guarantee) is at most the cap, so nobody waits and the cap holds.
 */
final class GroupCap {
    private final double capWatts;
    private final double guaranteeWatts;
    private final List<Device> members = new ArrayList<>();

    GroupCap(Power cap, PowerSetup setup, DeviceGroup group) {
        double idle = setup.idleWatts(group.spec());
        double equal = cap.watts() / group.count();
        OperatingPoint slowest = setup.points().get(0);
        double factor = slowest.clock() * slowest.voltage() * slowest.voltage();
        double most = group.spec()
                .tdp()
                .map(tdp -> idle + Math.max(0, tdp.watts() - idle) * factor)
                .orElse(equal);
        this.capWatts = cap.watts();
        this.guaranteeWatts = Math.min(equal, most);
    }

    void add(Device device) {
        members.add(device);
    }

    /** The most power that a device may draw, if it and {@code together - 1} idle others begin at once. */
    double allows(Device asking, int together) {
        double others = 0;
        for (Device device : members) {
            others += device == asking ? 0 : Math.max(device.watts(), guaranteeWatts);
        }
        return guaranteeWatts + Math.max(0, capWatts - others - guaranteeWatts) / together;
    }
}
