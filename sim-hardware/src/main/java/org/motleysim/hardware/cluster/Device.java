package org.motleysim.hardware.cluster;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Series;
import org.motleysim.core.metric.TimeSeries;
import org.motleysim.hardware.catalog.EfficiencyCatalog;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.memory.MemoryPool;
import org.motleysim.hardware.power.DynamicEnergy;
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
    private final MemoryPool memory;
    private final EnergyMeter meter;
    private final TimeSeries power;
    private final TimeSeries busyShare;
    private final double idleWatts;
    private final CostMeter cost;
    private final Health health;
    private final long startNanos;
    private boolean busy;
    private long busySinceNanos;
    private long busyNanos;

    Device(
            int index,
            String name,
            DeviceGroup group,
            Cluster description,
            BoundCluster cluster,
            Simulation simulation) {
        DeviceSpec spec = group.spec();
        CostModel model = group.costModel().orElse(description.costModel());
        this.index = index;
        this.name = name;
        this.group = group;
        this.simulation = simulation;
        this.cluster = cluster;
        this.costModel = model.bind(spec, OperatingPoint.nominal());
        this.memory = new MemoryPool(name, spec.mainMemory().capacity());
        this.idleWatts =
                DynamicEnergy.idleWatts(spec, EfficiencyCatalog.builtIn().power(spec.kind()));
        this.cost = new CostMeter(description.price(group).tariff(spec));
        this.health = new Health(this, simulation);
        this.startNanos = simulation.now();
        this.meter = new EnergyMeter(startNanos, idleWatts);
        this.power = new TimeSeries(name, "W");
        power.set(startNanos, idleWatts);
        this.busyShare = new TimeSeries(name, "1");
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

    /** Returns its main memory. */
    public MemoryPool memory() {
        return memory;
    }

    /** Returns what a kernel costs on it, if it does nothing else meanwhile. */
    public Cost cost(Kernel kernel) {
        return costModel.cost(kernel);
    }

    /**
     * Marks it busy from now on, drawing that power on top of idle.
     *
     * @param dynamicWatts such as {@link Cost#dynamicWatts()}, zero or more
     * @throws IllegalStateException if it is busy already, or down
     */
    public void beginBusy(double dynamicWatts) {
        if (!health.isUp()) {
            throw new IllegalStateException("device " + name + " is down and cannot be busy");
        }
        if (busy) {
            throw new IllegalStateException("device " + name + " is busy already since "
                    + SimTime.format(busySinceNanos) + "\nMaybe endBusy() was forgotten.");
        }
        busy = true;
        busySinceNanos = simulation.now();
        busyShare.set(busySinceNanos, 1);
        draw(idleWatts + dynamicWatts);
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
        busy = false;
        busyShare.set(simulation.now(), 0);
        busyNanos += simulation.now() - busySinceNanos;
        draw(idleWatts);
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
        draw(0);
    }

    /** It draws its idle power from now on. */
    void switchOn() {
        draw(idleWatts);
    }

    /** Changes what it costs from now on. */
    void reprice(Tariff next) {
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
        return idleWatts * (seconds() - health.downSeconds());
    }

    /** Returns the energy it has drawn while it was not busy. */
    public double restJoules() {
        return idleWatts * (restSeconds() - health.downSeconds());
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

    private void draw(double watts) {
        double change = watts - meter.watts();
        meter.set(simulation.now(), watts);
        power.set(simulation.now(), watts);
        cluster.powerChanged(change);
    }
}
