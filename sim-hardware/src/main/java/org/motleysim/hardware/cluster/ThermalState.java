package org.motleysim.hardware.cluster;

import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Series;
import org.motleysim.core.metric.TimeSeries;
import org.motleysim.hardware.power.Thermal;

/** The temperature of one device in a run. The time of the next crossing is computed and an event put there; nobody polls. */
final class ThermalState {
    /** Crossings later than 30 years are not waited for. */
    private static final double NEVER_SECONDS = 1e9;

    private final Thermal model;
    private final Simulation simulation;
    private final EventType crossing;
    private final int device;
    private final int levels;
    private final TimeSeries curve;
    private double celsius;
    private double hottest;
    private double watts;
    private long since;
    private int level;
    private boolean rising;
    private long steps;
    private long pending = EventHandle.NONE;

    ThermalState(Thermal model, Simulation simulation, EventType crossing, Device device, int levels) {
        this.model = model;
        this.simulation = simulation;
        this.crossing = crossing;
        this.device = device.index();
        this.levels = levels;
        this.curve = new TimeSeries(device.name(), "degC");
        this.since = simulation.now();
        this.watts = device.idleWatts();
        this.celsius = model.steadyCelsius(watts);
        this.hottest = celsius;
    }

    /** How many operating points heat has taken away. */
    int level() {
        return level;
    }

    long steps() {
        return steps;
    }

    double celsius() {
        advance();
        return celsius;
    }

    double hottest() {
        advance();
        return hottest;
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

    /** A temperature is reached that takes an operating point away, or gives one back. */
    void crossed() {
        pending = EventHandle.NONE;
        advance();
        if (rising) {
            level++;
            steps++;
        } else {
            level--;
        }
        plan();
    }

    private void advance() {
        long now = simulation.now();
        if (now == since) {
            return;
        }
        double seconds = SimTime.seconds(now - since);
        double before = celsius;
        celsius = model.celsiusAfter(before, watts, seconds);
        double tau = SimTime.seconds(SimTime.nanos(model.timeConstant()));
        // The mean of the exponential over the piece: tau dT/dt = steady - T, integrated.
        curve.set(since, model.steadyCelsius(watts) - tau * (celsius - before) / seconds);
        hottest = Math.max(hottest, celsius); // monotone within a piece
        since = now;
    }

    private void plan() {
        double hot = level < levels
                ? model.secondsUntil(celsius, watts, model.stepDownCelsius(level))
                : Double.POSITIVE_INFINITY;
        double cool =
                level > 0 ? model.secondsUntil(celsius, watts, model.stepUpCelsius(level)) : Double.POSITIVE_INFINITY;
        rising = hot < cool;
        double seconds = Math.min(hot, cool);
        if (seconds > NEVER_SECONDS) {
            if (pending != EventHandle.NONE) {
                simulation.cancel(pending);
                pending = EventHandle.NONE;
            }
            return;
        }
        long at = simulation.now() + SimTime.nanos(seconds) + 1; // past the crossing, never just before it
        pending = pending == EventHandle.NONE
                ? simulation.scheduleAt(at, crossing, device)
                : simulation.reschedule(pending, at);
    }
}
