package org.motleysim.workloads.llm;

import java.util.List;
import org.motleysim.core.engine.SimTime;
import org.motleysim.hardware.cluster.Device;

/**
 * What faults take from one replica in a run: how much longer its iterations are, and what was spent on iterations that came to nothing.
 * Of devices that nothing can happen to, it asks nothing.
 */
final class ReplicaLosses {
    private final List<Device> devices;
    private final boolean exposed;
    private double usdAtStart;

    /** Iterations that a failure ended. */
    long iterations;
    /** Iterations that were computed again because of an upset. */
    long repeated;
    /** Tokens that were computed for nothing: those of lost iterations, and those whose keys and values were lost. */
    long tokens;
    /** What lost iterations took. */
    double joules;

    double usd;

    ReplicaLosses(List<Device> devices) {
        this.devices = devices;
        this.exposed = devices.stream().anyMatch(device -> device.health().isExposed());
    }

    /** Whether anything can go wrong here. */
    boolean isExposed() {
        return exposed;
    }

    /** How many times as long an iteration takes that begins now: the devices wait for the slowest. */
    double slowdown() {
        double slowest = 1;
        if (exposed) {
            for (Device device : devices) {
                slowest = Math.max(slowest, device.health().slowdown());
            }
        }
        return slowest;
    }

    /** How many times the dynamic energy it takes; the devices are of one group and protected alike. */
    double energyFactor() {
        return devices.get(0).health().energyFactor();
    }

    /** An iteration begins. */
    void begin() {
        usdAtStart = exposed ? usdSoFar() : 0;
    }

    /** Dollars since the iteration began, whatever the prices did meanwhile. */
    double usdSinceStart() {
        return usdSoFar() - usdAtStart;
    }

    private double usdSoFar() {
        double sum = 0;
        for (Device device : devices) {
            sum += device.usd();
        }
        return sum;
    }

    /** The devices have computed for so long; returns whether that must be done again. */
    boolean upset(long nanos) {
        boolean detected = false;
        if (exposed) {
            double seconds = SimTime.seconds(nanos);
            for (Device device : devices) {
                if (device.health().upsets().isPresent()) {
                    detected |= device.health().upsets().get().expose(seconds);
                }
            }
        }
        return detected;
    }

    void waste(double moreJoules, double moreUsd, long moreTokens) {
        joules += moreJoules;
        usd += moreUsd;
        tokens += moreTokens;
    }
}
