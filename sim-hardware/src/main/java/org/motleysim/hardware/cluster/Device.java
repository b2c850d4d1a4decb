package org.motleysim.hardware.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Series;
import org.motleysim.core.metric.TimeSeries;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.memory.MemoryPool;
import org.motleysim.hardware.power.CarbonMeter;
import org.motleysim.hardware.power.EnergyMeter;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.price.Tariff;

/**
 * One installed device in a run: what kernels cost on it, its memory, and what it has drawn, earned and done so far. It draws its idle
 * power always, and the dynamic power it is told between {@link #beginBusy} and {@link #endBusy}.
 *
 * <p>Used by the thread of the simulation. Who may run on it and in which order is the workload's business.
 */
public final class Device {
    private final int index;
    private final String name;
    private final DeviceGroup group;
    private final Simulation simulation;
    private final BoundCluster cluster;
    private final BoundCostModel costModel;
    private final @Nullable MemoryPool memory;
    private final EnergyMeter meter;
    private final TimeSeries power;
    private final TimeSeries busyShare;
    private final BoundTime boundTime = new BoundTime();
    private final double idleWatts;
    private final CostMeter cost;
    private final Health health;
    private final long startNanos;
    private boolean busy;
    private double dynamicWatts; // of what is going on, if it is busy
    private long busySinceNanos;
    private long busyNanos;
    private final @Nullable DevicePower control;
    private final @Nullable CarbonMeter carbon;
    private final List<Runnable> whenOn = new ArrayList<>();
    private double gridWatts;
    private @Nullable Tariff heldTariff; // what it costs when it is taken again, while it is given back
    private boolean off;
    private long offSinceNanos;
    private long offNanos;
    private boolean down;
    private long settledNanos;
    private long litNanos; // neither off nor down
    private long restNanos; // that, and not busy

    Device(
            int index,
            String name,
            DeviceGroup group,
            Cluster description,
            BoundCluster cluster,
            Simulation simulation) {
        DeviceSpec spec = group.spec();
        CostModel model = description.costModel(group);
        this.index = index;
        this.name = name;
        this.group = group;
        this.simulation = simulation;
        this.cluster = cluster;
        this.costModel = model.bind(spec, OperatingPoint.nominal());
        this.memory = spec.memory().stream()
                .findFirst()
                .flatMap(MemoryTier::knownCapacity)
                .map(capacity -> new MemoryPool(name, capacity))
                .orElse(null);
        this.idleWatts = group.idleWatts();
        this.cost = new CostMeter(description.price(group).tariff(spec));
        this.health = new Health(this, simulation);
        this.startNanos = simulation.now();
        this.settledNanos = startNanos;
        this.meter = new EnergyMeter(startNanos, idleWatts);
        this.power = new TimeSeries(name, "W");
        power.set(startNanos, idleWatts);
        this.busyShare = new TimeSeries(name, "1");
        this.control = group.power()
                .map(setup -> new DevicePower(
                        this, setup, model, simulation, cluster.powerEvents(), cluster.groupCap(group, setup)))
                .orElse(null);
        this.gridWatts = control == null ? idleWatts : control.gridWatts();
        this.carbon = description
                .carbon()
                .map(intensity -> new CarbonMeter(intensity, startNanos, gridWatts))
                .orElse(null);
    }

    /** Returns its number in the cluster, from 0; also its endpoint in the network. */
    public int index() {
        return index;
    }

    /** Returns its name: that of its group and its number there, such as {@code "h100-0"}. */
    public String name() {
        return name;
    }

    /** Returns the group it belongs to. */
    public DeviceGroup group() {
        return group;
    }

    /** Returns its datasheet. */
    public DeviceSpec spec() {
        return group.spec();
    }

    /**
     * Returns its main memory.
     *
     * @throws IllegalArgumentException if its datasheet does not say how large that is
     */
    public MemoryPool memory() {
        if (memory == null) {
            throw spec().missing("capacity of its main memory", "models of memory");
        }
        return memory;
    }

    /** Returns what a kernel costs on it, if it does nothing else meanwhile; what begins next runs at the operating point of the answer. */
    public Cost cost(Kernel kernel) {
        return control == null ? costModel.cost(kernel) : control.cost(kernel);
    }

    /**
     * Marks it busy from now on, drawing that power on top of idle.
     *
     * @param dynamicWatts such as {@link Cost#dynamicWatts()}, zero or more
     * @throws IllegalStateException if it is busy already, off, or down
     */
    public void beginBusy(double dynamicWatts) {
        if (down || !health.isUp()) {
            throw new IllegalStateException("device " + name + " is down and cannot be busy");
        }
        if (off) {
            throw new IllegalStateException("device " + name + " is off since " + SimTime.format(offSinceNanos)
                    + "\nMaybe wait for whenPoweredOn.");
        }
        if (busy) {
            throw new IllegalStateException("device " + name + " is busy already since "
                    + SimTime.format(busySinceNanos) + "\nMaybe endBusy() was forgotten.");
        }
        settle();
        busy = true;
        busySinceNanos = simulation.now();
        busyShare.set(busySinceNanos, 1);
        if (control != null) {
            control.began();
        }
        this.dynamicWatts = dynamicWatts;
        draw();
    }

    /**
     * Marks it idle from now on.
     *
     * @throws IllegalStateException if it is not busy
     */
    public void endBusy() {
        if (!busy) {
            throw new IllegalStateException("device " + name + " is not busy\nMaybe beginBusy(watts) was forgotten.");
        }
        settle();
        busy = false;
        busyShare.set(simulation.now(), 0);
        busyNanos += simulation.now() - busySinceNanos;
        if (control != null) {
            control.ended();
        }
        draw();
    }

    /** Returns what its busy time was bound by, to which the workload adds. */
    public BoundTime boundTime() {
        return boundTime;
    }

    /** Returns its clock, heat and charge, if its group has a power setup. */
    public Optional<DevicePower> control() {
        return Optional.ofNullable(control);
    }

    /** Switches it off: it draws nothing, and nothing can begin on it. Nothing happens if it is off already. */
    public void powerOff() {
        if (!off) {
            settle();
            off = true;
            offSinceNanos = simulation.now();
            draw();
        }
    }

    /** Switches it on again and tells those who wait for it. Nothing happens if it is on. */
    public void powerOn() {
        if (off) {
            settle();
            off = false;
            offNanos += simulation.now() - offSinceNanos;
            draw();
            whenOn.forEach(Runnable::run);
        }
    }

    /** Gives it back to whom it is rented from: it is off, and costs nothing until it is taken again. */
    public void giveBack() {
        if (heldTariff == null) {
            Tariff before = cost.tariff();
            powerOff();
            changeTariff(new Tariff(0, 0));
            heldTariff = before;
        }
    }

    /** Rents it again after {@link #giveBack}, at the price of this moment, and switches it on. */
    public void takeAgain() {
        if (heldTariff != null) {
            changeTariff(heldTariff);
            heldTariff = null;
            powerOn();
        }
    }

    /** Returns whether it is switched on. */
    public boolean isOn() {
        return !off;
    }

    /** Asks to be told each time it is switched on again. */
    public void whenPoweredOn(Runnable listener) {
        whenOn.add(listener);
    }

    /** Returns the time it has been off so far, in seconds. */
    public double offSeconds() {
        return SimTime.seconds(offNanos + (off ? simulation.now() - offSinceNanos : 0));
    }

    /** Returns the grams of CO2 equivalent that its power from the grid has emitted so far; zero if the cluster has no carbon intensity. */
    public double carbonGrams() {
        return carbon == null ? 0 : carbon.grams(simulation.now());
    }

    void start() {
        if (control != null) {
            control.start();
        }
    }

    double gridWatts() {
        return gridWatts;
    }

    /** Its power from the grid is no longer what it was. */
    void gridChanged() {
        if (control == null || carbon == null) {
            return;
        }
        double change = control.gridWatts() - gridWatts;
        gridWatts = control.gridWatts();
        carbon.set(simulation.now(), gridWatts);
        cluster.gridChanged(change);
    }

    /** Returns whether it works, and how well. */
    public Health health() {
        return health;
    }

    /** Ends whatever it did; it draws nothing from now on. */
    void switchOff() {
        if (busy) {
            endBusy();
        }
        settle();
        down = true;
        draw();
    }

    /** It draws its idle power from now on. */
    void switchOn() {
        settle();
        down = false;
        draw();
    }

    /** Changes what it costs from now on. */
    void reprice(Tariff next) {
        if (heldTariff != null) {
            heldTariff = next;
        } else {
            changeTariff(next);
        }
    }

    private void changeTariff(Tariff next) {
        cost.change(next, new CostMeter.Reading(seconds(), joules(), restSeconds(), restJoules()));
    }

    /** Returns whether it is between {@link #beginBusy} and {@link #endBusy}. */
    public boolean isBusy() {
        return busy;
    }

    /** Returns the meter of what it draws. */
    public EnergyMeter meter() {
        return meter;
    }

    /** Returns its power over time so far, idle and dynamic. */
    public Series power() {
        return power.freeze(simulation.now());
    }

    /** Returns the share of the time it was busy, from 0 to 1, over time so far. */
    public Series busyShare() {
        return busyShare.freeze(simulation.now());
    }

    /** Returns its power with nothing to do. */
    public double idleWatts() {
        return idleWatts;
    }

    /** Returns its power of this moment. */
    public double watts() {
        return meter.watts();
    }

    /** Returns the energy it has drawn so far, idle and dynamic. */
    public double joules() {
        return meter.joules(simulation.now());
    }

    /** Returns the idle part of {@link #joules()}. */
    public double idleJoules() {
        settle();
        return idleWatts * SimTime.seconds(litNanos);
    }

    /** Returns the energy it has drawn while it was not busy. */
    public double restJoules() {
        settle();
        return idleWatts * SimTime.seconds(restNanos);
    }

    /** Returns what it has cost while it was not busy, down times included, in dollars. */
    public double restUsd() {
        return cost.restUsd(restSeconds(), restJoules());
    }

    private double restSeconds() {
        return seconds() - busySeconds();
    }

    /** Returns the time since it was installed, in seconds. */
    public double seconds() {
        return SimTime.seconds(simulation.now() - startNanos);
    }

    /** Returns the time it has been busy so far, in seconds. */
    public double busySeconds() {
        return SimTime.seconds(busyNanos + (busy ? simulation.now() - busySinceNanos : 0));
    }

    /** Returns the share of the time so far that it has been busy, from 0 to 1; 0 before time passes. */
    public double utilization() {
        double elapsed = seconds();
        return elapsed > 0 ? busySeconds() / elapsed : 0;
    }

    /** Returns what it has cost so far, in dollars. */
    public double usd() {
        return cost.usd(seconds(), joules());
    }

    /** Returns what it costs at this moment. */
    public Tariff tariff() {
        return cost.tariff();
    }

    @Override
    public String toString() {
        return name;
    }

    private boolean isDark() {
        return off || down;
    }

    /** Counts the time since its state changed last. */
    private void settle() {
        long now = simulation.now();
        if (!isDark()) {
            litNanos += now - settledNanos;
            restNanos += busy ? 0 : now - settledNanos;
        }
        settledNanos = now;
    }

    private void draw() {
        double watts = isDark() ? 0 : idleWatts + (busy ? dynamicWatts : 0);
        double change = watts - meter.watts();
        meter.set(simulation.now(), watts);
        power.set(simulation.now(), watts);
        cluster.powerChanged(change);
        if (control != null) {
            control.drawn(watts);
            gridChanged();
        } else if (carbon != null) {
            carbon.set(simulation.now(), watts);
            cluster.gridChanged(change);
        }
    }
}
