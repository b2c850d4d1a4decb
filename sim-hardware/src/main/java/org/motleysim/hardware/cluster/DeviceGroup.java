package org.motleysim.hardware.cluster;

import java.util.Optional;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;

/**
 * Equal devices of a cluster.
 *
 * @param name unique in the cluster, such as {@code "h100"}
 * @param count one or more
 * @param spec what they are
 * @param costModel how their kernels cost, if not as the cluster says
 * @param host the machine around them, if its memory matters
 */
public record DeviceGroup(
        String name, int count, DeviceSpec spec, Optional<CostModel> costModel, Optional<HostSpec> host) {
    /** Devices whose host does not matter. */
    public DeviceGroup(String name, int count, DeviceSpec spec, Optional<CostModel> costModel) {
        this(name, count, spec, costModel, Optional.empty());
    }

    /** @throws IllegalArgumentException if the name is blank, the count less than one, or no link leads to the host */
    public DeviceGroup {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a device group (\"" + name + "\") must not be blank");
        }
        if (count < 1) {
            throw new IllegalArgumentException("count of device group " + name + " (" + count + ") must be 1 or more");
        }
        host.ifPresent(around -> around.check(name, spec));
    }
}
