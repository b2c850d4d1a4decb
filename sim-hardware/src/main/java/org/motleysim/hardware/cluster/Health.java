package org.motleysim.hardware.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.hardware.fault.SoftErrors;
import org.motleysim.hardware.fault.UpsetClock;

/**
 * Whether a device works, and how well: up or down, warned that it will be taken away, slower than its datasheet, hit by upsets. A device
 * may be down for several reasons at once (broken and outbid); it is up when none is left.
 *
 * <p>A device that is down draws nothing. What it costs by time runs on, unless it was taken away by a spot market.
 */
public final class Health {
    /** Learns what happens to a device. A workload must stop what it runs on a device that goes down. */
    public interface Listener {
        /** The device is out of order from now on; it may still be busy, and must not be after this call. */
        void down(Device device);

        /** The device works again, with nothing in its memory. */
        void up(Device device);

        /** The device, which is up, will not be taken away after all. */
        default void warningWithdrawn(Device device) {}
    }

    private final Device device;
    private final Simulation simulation;
    private final List<Listener> listeners = new ArrayList<>();
    private boolean exposed;
    private int causes;
    private int warnings;
    private long failures;
    private long downSinceNanos;
    private long downNanos;
    private double forGood = 1;
    private double forNow = 1;
    private double protection = 1;
    private double energyFactor = 1;
    private Optional<UpsetClock> upsets = Optional.empty();

    Health(Device device, Simulation simulation) {
        this.device = device;
        this.simulation = simulation;
    }

    /** Adds somebody who is told, after those who were added before. */
    public void watch(Listener listener) {
        listeners.add(listener);
    }

    /** Returns whether anything can go wrong with the device in this run: its group has faults, or is bought on a spot market. */
    public boolean isExposed() {
        return exposed;
    }

    /** Returns whether it works. */
    public boolean isUp() {
        return causes == 0;
    }

    /** Returns whether new work should be sent to it: it works, and has no notice of being taken away. */
    public boolean isAccepting() {
        return causes == 0 && warnings == 0;
    }

    /**
     * Returns how many times as long as its datasheet and models say things take that begin now: a straggler, times a slow phase, times
     * what protection against soft errors takes; 1 for most.
     */
    public double slowdown() {
        return forGood * forNow * protection;
    }

    /** Returns how many times the dynamic energy things take: what protection against soft errors takes; 1 without. */
    public double energyFactor() {
        return energyFactor;
    }

    /** Returns its upsets; empty where no soft errors are modelled. */
    public Optional<UpsetClock> upsets() {
        return upsets;
    }

    /** Returns how often it went down so far. */
    public long failures() {
        return failures;
    }

    /** Returns how long it was down so far, in seconds. */
    public double downSeconds() {
        return SimTime.seconds(downNanos + (causes > 0 ? simulation.now() - downSinceNanos : 0));
    }

    /** Returns the share of the time so far in which it was up; 1 before time passes. */
    public double availability() {
        double seconds = device.seconds();
        return seconds > 0 ? 1 - downSeconds() / seconds : 1;
    }

    void expose() {
        exposed = true;
    }

    void slowForGood(double factor) {
        forGood = factor;
    }

    void slowForNow(double factor) {
        forNow = factor;
    }

    void protect(SoftErrors errors, UpsetClock clock) {
        protection = 1 + errors.timeOverhead();
        energyFactor = 1 + errors.energyOverhead();
        upsets = Optional.of(clock);
    }

    /** One reason more to be down. */
    void fail() {
        if (causes++ == 0) {
            failures++;
            downSinceNanos = simulation.now();
            listeners.forEach(listener -> listener.down(device));
            device.switchOff();
        }
    }

    /** One reason less to be down. */
    void repair() {
        if (--causes == 0) {
            downNanos += simulation.now() - downSinceNanos;
            device.switchOn();
            listeners.forEach(listener -> listener.up(device));
        }
    }

    void warn() {
        warnings++;
    }

    /** The announced has happened: the device is down. */
    void warningOver() {
        warnings--;
    }

    /** The announced will not happen. */
    void withdrawWarning() {
        if (--warnings == 0 && causes == 0) {
            listeners.forEach(listener -> listener.warningWithdrawn(device));
        }
    }
}
