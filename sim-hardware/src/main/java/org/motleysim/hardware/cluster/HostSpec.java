package org.motleysim.hardware.cluster;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.motleysim.core.name.NearestName;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.MemoryTier;

/**
 * The machine that devices sit in, as far as its memory goes.
 *
 * <pre>{@code
 * HostSpec host = HostSpec.of(8, tiers.tier("ddr5-4800-64gb").times(16), tiers.tier("samsung-pm9a3-3.84tb").times(4));
 * }</pre>
 *
 * @param devicesPerHost devices that share one host, 1 or more
 * @param tiers its memory, such as DDR and NVMe, each with a name of its own
 * @param link what all movements between the host and its devices share, each way, besides each device's own port to the host: a PCIe
 *     switch, a slot with few lanes. Needed where the datasheet of the device has no port to a host
 */
public record HostSpec(int devicesPerHost, List<MemoryTier> tiers, Optional<LinkSpec> link) {
    /** @throws IllegalArgumentException if no device shares it, it has no tiers, or two of one name */
    public HostSpec {
        tiers = List.copyOf(tiers);
        if (devicesPerHost < 1) {
            throw new IllegalArgumentException("devicesPerHost (" + devicesPerHost + ") must be at least 1");
        }
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("tiers of a host ([]) must not be empty");
        }
        if (tiers.stream().map(MemoryTier::name).distinct().count() < tiers.size()) {
            throw new IllegalArgumentException("tiers of a host ("
                    + tiers.stream().map(MemoryTier::name).toList()
                    + ") must have names of their own\nMaybe one tier with a count.");
        }
    }

    /** A host without a link of its own: each device has its port to it. */
    public static HostSpec of(int devicesPerHost, MemoryTier... tiers) {
        return new HostSpec(devicesPerHost, List.of(tiers), Optional.empty());
    }

    /** Returns this host with a link that its devices share. */
    public HostSpec sharing(LinkSpec shared) {
        return new HostSpec(devicesPerHost, tiers, Optional.of(shared));
    }

    /** Returns the tier of that name, or else the first of that kind, such as {@code "nvme"}. */
    public Optional<MemoryTier> tier(String nameOrKind) {
        return tiers.stream()
                .filter(tier -> tier.name().equals(nameOrKind))
                .findFirst()
                .or(() -> tiers.stream()
                        .filter(tier -> tier.kind().label().equals(nameOrKind))
                        .findFirst());
    }

    /** Returns what to say to somebody who asked for a tier that is not here. */
    public String hint(String nameOrKind) {
        Set<String> names = new LinkedHashSet<>();
        tiers.forEach(tier -> names.add(tier.name()));
        tiers.forEach(tier -> names.add(tier.kind().label()));
        return NearestName.of(nameOrKind, names)
                .map(nearest -> "Maybe \"" + nearest + "\".")
                .orElse("Maybe one of " + String.join(", ", new ArrayList<>(names)) + ".");
    }

    void check(String group, DeviceSpec device) {
        if (link.isEmpty() && port(device).isEmpty()) {
            throw new IllegalArgumentException("host of group " + group + " must have a link: " + device.name()
                    + " has no port to a host\nMaybe add \"link\" to the host.");
        }
    }

    static Optional<LinkSpec> port(DeviceSpec device) {
        return device.links().stream()
                .filter(port -> port.role() == LinkSpec.Role.HOST)
                .findFirst();
    }
}
