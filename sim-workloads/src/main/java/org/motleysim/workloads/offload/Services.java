package org.motleysim.workloads.offload;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;

/** Where the services of devices run, and how they follow. Without rules of migration every site serves everybody. */
final class Services {
    private static final int AT_REST = -1;

    private final Simulation simulation;
    private final Fleet fleet;
    private final @Nullable Migration rules;
    private final @Nullable Link wire;
    private final EventType arrived;
    private final int[] heading; // site to which a service is on its way, by device; of length 0 without rules
    private long migrations;

    Services(Simulation simulation, Fleet fleet, Optional<Migration> rules, @Nullable Link wire) {
        this.simulation = simulation;
        this.fleet = fleet;
        this.rules = rules.orElse(null);
        this.wire = wire;
        this.arrived = simulation.register("migrated", device -> arrive((int) device));
        this.heading = new int[rules.isPresent() ? fleet.size : 0];
        Arrays.fill(heading, AT_REST);
    }

    int home(int device) {
        return rules == null ? fleet.site[device] : fleet.home[device];
    }

    boolean serves(int device, int site) {
        return rules == null || fleet.home[device] == site;
    }

    /** How long a task that is at a server has to wait for a service that is halted. */
    long waitNanos(int device, int server) {
        return rules == null || fleet.home[device] != server
                ? 0
                : Math.max(0, fleet.servedNanos[device] - simulation.now());
    }

    /** Sends the service of a device after it, unless it is on its way already: then it goes on from where it is heading. */
    void follow(int device) {
        if (rules == null || wire == null || heading[device] != AT_REST || fleet.home[device] == fleet.site[device]) {
            return;
        }
        heading[device] = fleet.site[device];
        wire.start(rules.state().value(), arrived, device);
    }

    private void arrive(int device) {
        if (rules == null || wire == null) {
            throw new IllegalStateException("service of device " + device + " cannot have moved");
        }
        wire.end(rules.state().value());
        migrations++;
        fleet.home[device] = heading[device];
        heading[device] = AT_REST;
        fleet.servedNanos[device] = simulation.now() + SimTime.nanos(rules.downtime());
        if (!fleet.dead[device]) {
            follow(device);
        }
    }

    long migrations() {
        return migrations;
    }

    /** Bytes of services that are on their way. */
    double bytesInFlight() {
        double bytes = 0;
        for (int site : heading) {
            bytes += site == AT_REST || rules == null ? 0 : rules.state().value();
        }
        return bytes;
    }
}
