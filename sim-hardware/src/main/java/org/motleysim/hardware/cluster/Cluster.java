package org.motleysim.hardware.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.power.CarbonIntensity;
import org.motleysim.hardware.power.PowerSetup;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.price.SpotMarket;

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
 * @param carbon what a kilowatt-hour of the grid emits; empty: emissions are not counted
 */
public record Cluster(
        String name,
        List<DeviceGroup> groups,
        NetworkModel network,
        PriceModel price,
        CostModel costModel,
        Optional<CarbonIntensity> carbon) {
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
        requirePrices(groups, price);
        network.check(groups.stream().mapToInt(DeviceGroup::count).sum());
    }

    /** All that cannot be priced, so that a file is mended at once. */
    private static void requirePrices(List<DeviceGroup> groups, PriceModel usual) {
        List<String> refusals = new ArrayList<>();
        for (DeviceGroup group : groups) {
            PriceModel price = group.price().orElse(usual);
            try {
                DeviceGroup.requireDevices(price, group.name(), group.count());
                price.tariff(group.spec());
            } catch (IllegalArgumentException e) {
                refusals.add(String.valueOf(e.getMessage()));
            }
        }
        if (!refusals.isEmpty()) {
            throw new IllegalArgumentException(refusals.stream().distinct().collect(Collectors.joining("\n")));
        }
    }

    /** A cluster whose emissions are not counted. */
    public Cluster(String name, List<DeviceGroup> groups, NetworkModel network, PriceModel price, CostModel costModel) {
        this(name, groups, network, price, costModel, Optional.empty());
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

    /** Returns what kernels cost on the devices of a group: their times by its cost model, their energies by its power model if it has one. */
    public CostModel costModel(DeviceGroup group) {
        CostModel times = group.costModel().orElse(costModel);
        return group.power().flatMap(PowerSetup::model).map(times::poweredBy).orElse(times);
    }

    /**
     * Returns the devices of one run, all idle from now on.
     *
     * @throws IllegalArgumentException if anything can go wrong with them, which takes randomness: {@link #bind(Simulation, RandomStreams)}
     */
    public BoundCluster bind(Simulation simulation) {
        if (isExposed()) {
            throw new IllegalArgumentException("cluster (" + name + ") has faults or is bought on a spot market, which"
                    + " takes randomness\nMaybe bind(simulation, RandomStreams.of(seed)).");
        }
        return new BoundCluster(this, simulation, Optional.empty());
    }

    /** Returns the devices of one run, idle from now on as far as they work; what goes wrong with them is drawn from the streams. */
    public BoundCluster bind(Simulation simulation, RandomStreams streams) {
        BoundCluster cluster = new BoundCluster(this, simulation, Optional.of(streams));
        if (isExposed()) {
            cluster.expose(streams);
        }
        return cluster;
    }

    /** Returns whether anything can go wrong with its devices, or their prices move. */
    public boolean isExposed() {
        return groups.stream()
                .anyMatch(group ->
                        !group.faults().isNone() || price(group).market().isPresent());
    }

    /** Returns what can happen to the devices of a group in the middle of a run. */
    public Set<Disturbance> disturbances(DeviceGroup group) {
        Set<Disturbance> found = EnumSet.noneOf(Disturbance.class);
        Faults faults = group.faults();
        if (faults.outages().isPresent()
                || price(group).market().filter(SpotMarket::mayInterrupt).isPresent()) {
            found.add(Disturbance.OUTAGES);
        }
        if (faults.stragglers().isPresent() || faults.slowPhases().isPresent()) {
            found.add(Disturbance.SLOWDOWN);
        }
        if (faults.softErrors().isPresent()) {
            found.add(Disturbance.SOFT_ERRORS);
        }
        group.power().ifPresent(setup -> {
            if (!setup.isNominal()) {
                found.add(Disturbance.CLOCKS);
            }
            if (setup.battery().isPresent()) {
                found.add(Disturbance.BATTERY);
            }
        });
        return found;
    }

    /** Returns what the devices of a group cost. */
    public PriceModel price(DeviceGroup group) {
        return group.price().orElse(price);
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
        private Optional<CarbonIntensity> carbon = Optional.empty();

        private Builder(String name) {
            this.name = name;
        }

        /** Adds devices in a group with a short name made of the device's, such as {@code "h100"}. */
        public Builder add(int count, DeviceSpec spec) {
            return add(freeName(spec), count, spec);
        }

        /** Adds devices in a named group. */
        public Builder add(String group, int count, DeviceSpec spec) {
            return add(new DeviceGroup(group, count, spec));
        }

        /** Adds devices powered in a way of their own. */
        public Builder add(int count, DeviceSpec spec, PowerSetup power) {
            return add(new DeviceGroup(freeName(spec), count, spec).withPower(power));
        }

        /** Adds devices whose kernels cost what the given model says. */
        public Builder add(int count, DeviceSpec spec, CostModel model) {
            return add(freeName(spec), count, spec, model);
        }

        /** Adds devices in a named group whose kernels cost what the given model says. */
        public Builder add(String group, int count, DeviceSpec spec, CostModel model) {
            return add(new DeviceGroup(group, count, spec).withCostModel(model));
        }

        /** Adds a group, such as one with faults or a price of its own. */
        public Builder add(DeviceGroup group) {
            groups.add(group);
            return this;
        }

        /** Adds groups, such as those of a {@link Fleet}. */
        public Builder addAll(List<DeviceGroup> more) {
            groups.addAll(more);
            return this;
        }

        /**
         * Puts the devices of a group into hosts with memory of their own.
         *
         * @throws IllegalArgumentException if there is no such group yet, or no link leads from its devices to the host
         */
        public Builder host(String group, HostSpec host) {
            for (int i = 0; i < groups.size(); i++) {
                DeviceGroup each = groups.get(i);
                if (each.name().equals(group)) {
                    groups.set(i, each.withHost(host));
                    return this;
                }
            }
            throw new IllegalArgumentException("group (" + group + ") must have been added before its host");
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

        /** Sets what a kilowatt-hour emits; by default emissions are not counted. */
        public Builder carbon(CarbonIntensity intensity) {
            this.carbon = Optional.of(intensity);
            return this;
        }

        /**
         * Returns the description.
         *
         * @throws IllegalArgumentException if there are no devices, two groups have one name, or a device has no price
         */
        public Cluster build() {
            return new Cluster(name, groups, network, price, costModel, carbon);
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
