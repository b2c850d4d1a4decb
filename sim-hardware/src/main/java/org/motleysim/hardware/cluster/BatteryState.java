package org.motleysim.hardware.cluster;

import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Series;
import org.motleysim.core.metric.TimeSeries;
import org.motleysim.hardware.power.Battery;
import org.motleysim.hardware.power.EnergyMeter;

/**
 * The battery of one device in a run. Its charge is linear between events, so the next time at which it is empty, full, charged enough to
 * start again, plugged in or unplugged is known, and one event waits there.
 */
final class BatteryState {
    private static final double NANOS_PER_SECOND = 1e9;

    /** A device may not ask for more than this share of a battery at once, or it would wait for the last joule for ever. */
    private static final double MOST_AT_ONCE = 0.99;

    private enum Next {
        EDGE,
        EMPTY,
        FULL,
        RESTART
    }

    private final Battery model;
    private final Simulation simulation;
    private final EventType change;
    private final Device device;
    private final double capacity;
    private final TimeSeries curve;
    private final EnergyMeter grid;
    private double joules;
    private double least;
    private double watts;
    private double net;
    private long since;
    private boolean full;
    private double restartJoules;
    private Next next = Next.EDGE;
    private long pending = EventHandle.NONE;

    BatteryState(Battery model, Simulation simulation, EventType change, Device device) {
        this.model = model;
        this.simulation = simulation;
        this.change = change;
        this.device = device;
        this.capacity = model.capacity().joules();
        this.restartJoules = model.restartShare() * capacity;
        this.curve = new TimeSeries(device.name(), "1");
        this.since = simulation.now();
        this.grid = new EnergyMeter(since, 0);
        this.joules = model.initialShare() * capacity;
        this.least = joules;
        this.full = model.initialShare() == 1;
        this.watts = device.idleWatts();
    }

    /** Schedules the first change. */
    void start() {
        plan();
    }

    double joules() {
        advance();
        return Math.max(0, joules);
    }

    double leastJoules() {
        advance();
        return Math.max(0, least);
    }

    double gridJoules() {
        return grid.joules(simulation.now());
    }

    double gridWatts() {
        return grid.watts();
    }

    Battery model() {
        return model;
    }

    Series curve() {
        advance();
        return curve.freeze(simulation.now());
    }

    void set(double newWatts) {
        advance();
        watts = newWatts;
        plan();
    }

    /** Says how much it must hold before the device starts again. */
    void waitFor(double needed) {
        if (needed > MOST_AT_ONCE * capacity) {
            throw new IllegalStateException("battery of " + device.name() + " (" + model.capacity()
                    + ") must hold what one iteration draws (" + needed + " J)\nMaybe a larger capacity.");
        }
        restartJoules = Math.max(restartJoules, needed);
    }

    /** What was waited for has happened. */
    void changed() {
        pending = EventHandle.NONE;
        advance();
        switch (next) {
            case EMPTY -> device.powerOff();
            case RESTART -> {
                restartJoules = model.restartShare() * capacity;
                device.powerOn();
            }
            case FULL -> {
                full = true;
                plan();
            }
            case EDGE -> plan();
        }
    }

    private void advance() {
        long now = simulation.now();
        if (now == since) {
            return;
        }
        double before = joules;
        joules += net * SimTime.seconds(now - since);
        least = Math.min(least, joules);
        curve.set(since, Math.max(0, (before + joules) / 2) / capacity);
        since = now;
    }

    private void plan() {
        long now = simulation.now();
        double charging = model.efficiency() * model.charger().watts();
        boolean plugged = model.windows().isOpen(now);
        full &= plugged && charging >= watts;
        double drawn = !plugged
                ? 0
                : full ? watts / model.efficiency() : model.charger().watts();
        net = full ? 0 : (plugged ? charging : 0) - watts;
        boolean gridMoved = drawn != grid.watts();
        grid.set(now, drawn);
        if (gridMoved) {
            device.gridChanged();
        }
        long at = model.windows().nextChange(now);
        next = Next.EDGE;
        if (net < 0) {
            // The nanosecond before it is empty, so that it never holds less than nothing.
            at = sooner(at, Next.EMPTY, now, joules / -net, 0);
        } else if (net > 0) {
            at = sooner(at, Next.FULL, now, (capacity - joules) / net, 0);
            if (!device.isOn()) {
                at = sooner(at, Next.RESTART, now, (restartJoules - joules) / net, 1);
            }
        }
        if (pending != EventHandle.NONE) {
            simulation.cancel(pending);
        }
        pending = at == Long.MAX_VALUE ? EventHandle.NONE : simulation.scheduleAt(at, change, device.index());
    }

    private long sooner(long at, Next kind, long now, double seconds, long later) {
        double nanos = Math.max(0, Math.floor(seconds * NANOS_PER_SECOND)) + later;
        if (nanos >= at - now) {
            return at;
        }
        next = kind;
        return now + (long) nanos;
    }
}
