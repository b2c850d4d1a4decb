package org.motleysim.workloads.offload;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.Simulation;
import org.motleysim.hardware.power.CarbonIntensity;
import org.motleysim.hardware.power.CarbonMeter;
import org.motleysim.hardware.power.EnergyMeter;

/**
 * The power of everything at once, integrated along the clock. Devices, servers and links keep books of their own; at the end the sum of
 * those must be this integral.
 */
final class EnergyBooks {
    private final Simulation simulation;
    private final EnergyMeter meter;
    private final @Nullable CarbonMeter carbon;
    private double watts;
    private double amounts;

    EnergyBooks(Simulation simulation, Optional<CarbonIntensity> intensity) {
        this.simulation = simulation;
        this.meter = new EnergyMeter(simulation.now(), 0);
        this.carbon = intensity
                .map(curve -> new CarbonMeter(curve, simulation.now(), 0))
                .orElse(null);
    }

    /** Adds to the power from now on. */
    void change(double moreWatts) {
        if (moreWatts == 0) {
            return;
        }
        watts += moreWatts;
        // Sums of many terms leave a residue of about 1e-16 of them where nothing is drawn.
        double drawn = Math.max(0, watts);
        meter.set(simulation.now(), drawn);
        if (carbon != null) {
            carbon.set(simulation.now(), drawn);
        }
    }

    /** Adds energy that is spent at this instant. */
    void add(double joules) {
        amounts += joules;
        if (carbon != null) {
            carbon.add(simulation.now(), joules);
        }
    }

    double joules() {
        return meter.joules(simulation.now()) + amounts;
    }

    double watts() {
        return Math.max(0, watts);
    }

    boolean countsCarbon() {
        return carbon != null;
    }

    double grams() {
        return carbon == null ? 0 : carbon.grams(simulation.now());
    }
}
