package org.motleysim.hardware.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.price.PriceModel;

/**
 * Devices and what connects, prices and costs them. An immutable description with value equality (as far as the models plugged in have
 * it); {@link #bind} makes the devices of one run.
 *
 * <pre>{@code
 * Cluster cluster = Cluster.builder("2xH100+6xA10G")
 *     .add(2, catalog.device("nvidia-h100-sxm-80gb"))
 *     .add(6, catalog.device("nvidia-a10g-24gb"))
 *     .network(NetworkModel.fairShare(Bandwidth.gigabitsPerSecond(100), Duration.ofNanos(10_000)))
 *     .build();
 * }</pre>
 *
 * @param name for people
 * @param groups the devices, in the order of their numbers
 * @param network connects the devices; endpoint i is device i
 * @param price what the devices cost
 * @param costModel what kernels cost where a group does not say otherwise
 */
public record Cluster(
        String name, List<DeviceGroup> groups, NetworkModel network, PriceModel price, CostModel costModel) {
    /**
     * @throws IllegalArgumentException if there are no groups or two of one name, the price model cannot price a device, or the network
     *     cannot connect them
     */
    public Cluster {
        groups = List.copyOf(groups);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("cluster (" + name + ") must have devices\nMaybe add(1, spec).");
        }
        long distinct = groups.stream().map(DeviceGroup::name).distinct().count();
        if (distinct < groups.size()) {
            throw new IllegalArgumentException("device groups of cluster " + name + " ("
                    + groups.stream().map(DeviceGroup::name).toList() + ") must have names of their own");
        }
        for (DeviceGroup group : groups) {
            price.tariff(group.spec());
        }
        network.check(groups.stream().mapToInt(DeviceGroup::count).sum());
    }

    /** Starts a description. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Returns the number of devices. */
    public int deviceCount() {
        return groups.stream().mapToInt(DeviceGroup::count).sum();
    }

    /** Returns the group of that name, if there is one. */
    public Optional<DeviceGroup> group(String groupName) {
        return groups.stream().filter(group -> group.name().equals(groupName)).findFirst();
    }

    /** Returns the devices of one run, all idle from now on. */
    public BoundCluster bind(Simulation simulation) {
        return new BoundCluster(this, simulation);
    }

    /** Collects the parts of a cluster; not safe for use by two threads. */
    public static final class Builder {
        /** 100 Gbit/s and 10 us: one port of a common data-centre Ethernet and a software stack. */
        private static final NetworkModel DEFAULT_NETWORK =
                NetworkModel.fairShare(Bandwidth.gigabitsPerSecond(100), Duration.ofNanos(10_000));

        private final String name;
        private final List<DeviceGroup> groups = new ArrayList<>();
        private NetworkModel network = DEFAULT_NETWORK;
        private PriceModel price = PriceModel.hourly();
        private CostModel costModel = CostModel.builtIn();

        private Builder(String name) {
            this.name = name;
        }

        /** Adds devices in a group with a short name made of the device's, such as {@code "h100"}. */
        public Builder add(int count, DeviceSpec spec) {
            return add(freeName(spec), count, spec);
        }

        /** Adds devices in a named group. */
        public Builder add(String group, int count, DeviceSpec spec) {
            groups.add(new DeviceGroup(group, count, spec, Optional.empty()));
            return this;
        }

        /** Adds devices whose kernels cost what the given model says. */
        public Builder add(int count, DeviceSpec spec, CostModel model) {
            return add(freeName(spec), count, spec, model);
        }

        /** Adds devices in a named group whose kernels cost what the given model says. */
        public Builder add(String group, int count, DeviceSpec spec, CostModel model) {
            groups.add(new DeviceGroup(group, count, spec, Optional.of(model)));
            return this;
        }

        /** Sets what connects the devices; the default is fair-share access links of 100 Gbit/s and 10 us. */
        public Builder network(NetworkModel network) {
            this.network = network;
            return this;
        }

        /** Sets what the devices cost; the default is their hourly price. */
        public Builder price(PriceModel price) {
            this.price = price;
            return this;
        }

        /** Sets what kernels cost; the default is the calibrated roofline. */
        public Builder costModel(CostModel costModel) {
            this.costModel = costModel;
            return this;
        }

        /**
         * Returns the description.
         *
         * @throws IllegalArgumentException if there are no devices, two groups have one name, or a device has no price
         */
        public Cluster build() {
            return new Cluster(name, groups, network, price, costModel);
        }

        /** Returns the name of the group that {@code add(count, spec)} would make. */
        public String freeName(DeviceSpec spec) {
            String base = shortName(spec.name());
            String candidate = base;
            for (int i = 2; isTaken(candidate); i++) {
                candidate = base + "-" + i;
            }
            return candidate;
        }

        private boolean isTaken(String groupName) {
            return groups.stream().anyMatch(group -> group.name().equals(groupName));
        }

        /** The second part of {@code "nvidia-h100-sxm-80gb"}: our names start with the vendor. */
        private static String shortName(String deviceName) {
            String[] parts = deviceName.split("-", -1);
            return parts.length > 2 ? parts[1] : deviceName;
        }
    }
}
