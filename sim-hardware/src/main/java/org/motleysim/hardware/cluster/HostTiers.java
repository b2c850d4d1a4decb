package org.motleysim.hardware.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.motleysim.core.engine.Simulation;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.memory.MemoryPool;
import org.motleysim.hardware.memory.Mover;
import org.motleysim.hardware.memory.TierMap;

/**
 * The memory tiers of one run: those of the hosts, and the main memory of the devices in them. A movement between a host and a device
 * crosses the link that the host's devices share, if it has one, and the device's own port. Tiers of one host reach each other directly.
 *
 * <p>Used by the thread of the simulation.
 */
public final class HostTiers {
    private static final int NONE = -1;

    private final Mover mover;
    private final int[] hostOf; // per device: its host, or NONE
    private final int[] tierOf; // per device: its main memory
    private final List<HostSpec> hosts;
    private final List<Integer> firstTier; // per host
    private final List<MemoryPool> pools = new ArrayList<>();

    private HostTiers(Simulation simulation, Layout layout) {
        this.mover = layout.map.build().bind(simulation);
        this.hostOf = layout.hostOf;
        this.tierOf = layout.tierOf;
        this.hosts = layout.hosts;
        this.firstTier = layout.firstTier;
        for (TierMap.Tier tier : mover.map().tiers()) {
            pools.add(new MemoryPool(tier.name(), tier.spec().capacity()));
        }
        for (Device device : layout.devices) {
            if (hostOf[device.index()] != NONE) {
                pools.set(tierOf[device.index()], device.memory());
            }
        }
    }

    /** Returns the tiers of the devices that have hosts; empty when none has. */
    static Optional<HostTiers> of(List<Device> devices, Simulation simulation) {
        if (devices.stream().allMatch(device -> device.group().host().isEmpty())) {
            return Optional.empty();
        }
        Layout layout = new Layout(devices);
        for (Device device : devices) {
            device.group().host().ifPresent(host -> layout.place(device, host));
        }
        return Optional.of(new HostTiers(simulation, layout));
    }

    /** Returns what moves bytes between the tiers. */
    public Mover mover() {
        return mover;
    }

    /**
     * Returns the number of the main memory of a device.
     *
     * @throws IllegalArgumentException if the device has no host
     */
    public int main(Device device) {
        return tierOf[checked(device)];
    }

    /**
     * Returns the number of a tier of a device's host.
     *
     * @throws IllegalArgumentException if the device has no host, or the host no such tier
     */
    public int host(Device device, String nameOrKind) {
        int host = hostOf[checked(device)];
        HostSpec spec = hosts.get(host);
        MemoryTier tier = spec.tier(nameOrKind)
                .orElseThrow(() -> new IllegalArgumentException("tier (\"" + nameOrKind
                        + "\") must be one of the host of " + device.name() + "\n" + spec.hint(nameOrKind)));
        return firstTier.get(host) + spec.tiers().indexOf(tier);
    }

    /** Returns the capacity of a tier. */
    public MemoryPool pool(int tier) {
        return pools.get(tier);
    }

    private int checked(Device device) {
        if (hostOf[device.index()] == NONE) {
            throw new IllegalArgumentException("device " + device.name() + " must have a host");
        }
        return device.index();
    }

    /** Numbers tiers and links, device by device; devices of a host come one after the other. */
    private static final class Layout {
        private final TierMap.Builder map = TierMap.builder();
        private final List<Device> devices;
        private final int[] hostOf;
        private final int[] tierOf;
        private final List<HostSpec> hosts = new ArrayList<>();
        private final List<Integer> firstTier = new ArrayList<>();
        private int down = NONE; // the shared link of the last host
        private int up = NONE;
        private int placed; // devices in the last host
        private int hostsOfGroup;
        private String group = "";

        Layout(List<Device> devices) {
            this.devices = devices;
            this.hostOf = IntStream.generate(() -> NONE).limit(devices.size()).toArray();
            this.tierOf = hostOf.clone();
        }

        void place(Device device, HostSpec host) {
            boolean newGroup = !device.group().name().equals(group);
            if (newGroup || placed == host.devicesPerHost()) {
                hostsOfGroup = newGroup ? 0 : hostsOfGroup;
                group = device.group().name();
                open(host, group + "-host-" + hostsOfGroup++);
            }
            placed++;
            int index = device.index();
            hostOf[index] = hosts.size() - 1;
            String memory = device.name() + "." + device.spec().mainMemory().name();
            tierOf[index] = map.tier(memory, device.spec().mainMemory());
            int[] in = {down, NONE};
            int[] out = {NONE, up};
            HostSpec.port(device.spec()).ifPresent(port -> {
                in[1] = link(device.name(), port, "down");
                out[0] = link(device.name(), port, "up");
            });
            for (int i = 0; i < host.tiers().size(); i++) {
                int tier = firstTier.get(hosts.size() - 1) + i;
                map.route(tier, tierOf[index], existing(in));
                map.route(tierOf[index], tier, existing(out));
            }
        }

        private void open(HostSpec host, String name) {
            placed = 0;
            hosts.add(host);
            down = host.link().map(link -> link(name, link, "down")).orElse(NONE);
            up = host.link().map(link -> link(name, link, "up")).orElse(NONE);
            int[] numbers = host.tiers().stream()
                    .mapToInt(tier -> map.tier(name + "." + tier.name(), tier))
                    .toArray();
            firstTier.add(numbers[0]);
            for (int from : numbers) {
                for (int to : numbers) {
                    if (from != to) {
                        map.route(from, to);
                    }
                }
            }
        }

        private int link(String owner, LinkSpec link, String direction) {
            return map.link(owner + "." + link.name() + " " + direction, link.bandwidth(), link.latency());
        }

        private static int[] existing(int[] links) {
            return IntStream.of(links).filter(link -> link != NONE).toArray();
        }
    }
}
