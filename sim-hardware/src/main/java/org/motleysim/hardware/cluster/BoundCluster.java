package org.motleysim.hardware.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.network.Network;
import org.motleysim.hardware.power.CarbonMeter;
import org.motleysim.hardware.power.EnergyMeter;
import org.motleysim.hardware.power.PowerSetup;
import org.motleysim.hardware.price.PriceModel;

/**
 * The cluster of one run: its devices and its network. It integrates the power of all devices by itself, so that the energy of a run can
 * be checked: see {@link #finish()}.
 *
 * <p>Used by the thread of the simulation.
 */
public final class BoundCluster {
    private static final double TOLERANCE = 1e-9;

    private final Cluster description;
    private final Simulation simulation;
    private final List<Device> devices;
    private final Network network;
    private final EnergyMeter meter;
    private final Optional<HostTiers> hostTiers;
    private double watts;
    private double lostWatts; // what rounding took from watts (Neumaier)
    private final @Nullable CarbonMeter carbon;
    private final Map<String, GroupCap> groupCaps = new HashMap<>(); // looked up by name only
    private @Nullable PowerEvents powerEvents;
    private double gridWatts;
    private double lostGridWatts;
    private double networkGrams;
    private double toldJoules; // of the network
    private final List<GroupFaults> faults = new ArrayList<>();
    private final List<GroupMarket> markets = new ArrayList<>();
    private int working;

    BoundCluster(Cluster description, Simulation simulation, Optional<RandomStreams> streams) {
        this.description = description;
        this.simulation = simulation;
        List<Device> all = new ArrayList<>(description.deviceCount());
        for (DeviceGroup group : description.groups()) {
            for (int i = 0; i < group.count(); i++) {
                all.add(new Device(all.size(), group.name() + "-" + i, group, description, this, simulation));
            }
        }
        this.devices = List.copyOf(all);
        int endpoints = devices.size() + 1;
        this.network = streams.isPresent()
                ? description.network().bind(simulation, endpoints, streams.get())
                : description.network().bind(simulation, endpoints);
        this.hostTiers = HostTiers.of(devices, simulation);
        this.watts = devices.stream().mapToDouble(Device::idleWatts).sum();
        this.meter = new EnergyMeter(simulation.now(), watts);
        this.gridWatts = devices.stream().mapToDouble(Device::gridWatts).sum();
        this.carbon = description
                .carbon()
                .map(intensity -> new CarbonMeter(intensity, simulation.now(), gridWatts))
                .orElse(null);
        if (carbon != null) {
            CarbonMeter whole = carbon;
            network.onEnergy(joules -> networkDrew(whole, joules));
        }
        devices.forEach(Device::start);
    }

    /** Begins whatever can go wrong. */
    void expose(RandomStreams streams) {
        for (DeviceGroup group : description.groups()) {
            List<Device> members = devices(group);
            if (!group.faults().isNone()) {
                faults.add(new GroupFaults(group, members, simulation, streams));
            }
            PriceModel price = description.price(group);
            price.market()
                    .ifPresent(
                            market -> markets.add(new GroupMarket(group, price, market, members, simulation, streams)));
        }
        markets.forEach(GroupMarket::start);
        faults.forEach(GroupFaults::start);
    }

    /**
     * Tells that a workload, which comes to an end by itself, begins: faults and spot prices, which never end, go on until as many have
     * ended as begun. Needed only in runs without a horizon.
     */
    public void workBegins() {
        working++;
    }

    /** Tells that a workload which began has ended. */
    public void workEnds() {
        if (--working == 0) {
            faults.forEach(GroupFaults::stop);
            markets.forEach(GroupMarket::stop);
        }
    }

    /** Returns the mean price so far of each group that is bought on a spot market, as a share of its price on demand, by group. */
    public Map<String, Double> meanSpotLevels() {
        Map<String, Double> levels = new LinkedHashMap<>();
        markets.forEach(market -> levels.put(market.name(), market.meanLevel()));
        return levels;
    }

    /** Returns what this was made from. */
    public Cluster description() {
        return description;
    }

    /** Returns the devices, by index. */
    public List<Device> devices() {
        return devices;
    }

    /** Returns the devices of a group. */
    public List<Device> devices(DeviceGroup group) {
        return devices.stream().filter(device -> device.group().equals(group)).toList();
    }

    /** Returns a device. */
    public Device device(int index) {
        return devices.get(index);
    }

    /** Returns what connects the devices; endpoint i is device i, and one more is the {@link #frontend}. */
    public Network network() {
        return network;
    }

    /** Returns the memory tiers of the devices and their hosts, and what moves bytes between them; empty when no group has a host. */
    public Optional<HostTiers> hostTiers() {
        return hostTiers;
    }

    /** Returns the endpoint where work enters the cluster: a host with a link of its own and no device. */
    public int frontend() {
        return devices.size();
    }

    /** Returns the power of this moment, of all devices. */
    public double watts() {
        return meter.watts();
    }

    /** Returns the meter of all devices together; it is fed with changes of power, not with the devices' energies. */
    public EnergyMeter meter() {
        return meter;
    }

    /** Returns the energy so far: the sum over the devices. */
    public double joules() {
        return devices.stream().mapToDouble(Device::joules).sum();
    }

    /** Returns the energy that transfers over the network have drawn so far; it is no part of {@link #joules()}. */
    public double networkJoules() {
        return network.joules();
    }

    /** Returns the grams of CO2 equivalent so far, of all devices and the network, from the whole power; zero without a carbon intensity. */
    public double carbonGrams() {
        return carbon == null ? 0 : carbon.grams(simulation.now());
    }

    /** Returns the grams of the network alone. */
    public double networkCarbonGrams() {
        return networkGrams;
    }

    /** Returns the cost so far, in dollars: the sum over the devices. */
    public double usd() {
        return devices.stream().mapToDouble(Device::usd).sum();
    }

    /**
     * Checks that the devices' energies add up to the integral of the cluster's power, to 1e-9 of it.
     *
     * @throws IllegalStateException if they do not
     */
    public void finish() {
        if (carbon != null) {
            // What is under way, and what changes of paths have made of the rest.
            networkDrew(carbon, network.joules() - toldJoules);
        }
        double parts = joules();
        double whole = meter.joules(simulation.now());
        if (Math.abs(parts - whole) > TOLERANCE * Math.max(parts, whole)) {
            throw new IllegalStateException("energy of the devices of " + description.name() + " (" + parts
                    + " J) must equal the integral of the cluster's power (" + whole + " J)");
        }
    }

    /** The events of heat and charge, registered when the first device asks for them. */
    PowerEvents powerEvents() {
        PowerEvents known = powerEvents;
        if (known == null) {
            known = new PowerEvents(
                    simulation.register(
                            "power.thermal", device -> control(device).crossed()),
                    simulation.register(
                            "power.battery", device -> control(device).chargeChanged()));
            powerEvents = known;
        }
        return known;
    }

    /** The cap that the devices of a group share. */
    @Nullable
    GroupCap groupCap(DeviceGroup group, PowerSetup setup) {
        return setup.groupCap()
                .map(cap -> groupCaps.computeIfAbsent(group.name(), name -> new GroupCap(cap, setup, group)))
                .orElse(null);
    }

    void gridChanged(double change) {
        if (carbon != null) {
            double sum = gridWatts + change;
            lostGridWatts +=
                    Math.abs(gridWatts) >= Math.abs(change) ? (gridWatts - sum) + change : (change - sum) + gridWatts;
            gridWatts = sum;
            carbon.set(simulation.now(), Math.max(0, gridWatts + lostGridWatts));
        }
    }

    private void networkDrew(CarbonMeter meter, double joules) {
        toldJoules += joules;
        networkGrams += meter.add(simulation.now(), joules);
    }

    private DevicePower control(long device) {
        return devices.get((int) device).control().orElseThrow();
    }

    void powerChanged(double change) {
        double sum = watts + change;
        lostWatts += Math.abs(watts) >= Math.abs(change) ? (watts - sum) + change : (change - sum) + watts;
        watts = sum;
        meter.set(simulation.now(), Math.max(0, watts + lostWatts));
    }
}
