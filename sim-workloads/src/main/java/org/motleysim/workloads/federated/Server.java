package org.motleysim.workloads.federated;

import java.time.Duration;
import java.util.Optional;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Flops;

/**
 * The server that aggregates. Its machine, its power and its price are a device group of the scenario's cluster; here is what it costs in
 * time.
 *
 * @param speed compute rate for aggregation; absent: aggregation takes no time
 * @param perUpdate operations to add one update to the model
 * @param ingress what all uploads share, max-min fairly; absent: as much as is sent
 * @param egress what all downloads share; absent: as much as is asked
 * @param latency one way between a client and the server
 */
public record Server(
        Optional<FlopRate> speed,
        Flops perUpdate,
        Optional<Bandwidth> ingress,
        Optional<Bandwidth> egress,
        Duration latency) {
    /** @throws IllegalArgumentException if a rate is zero, or the latency negative */
    public Server {
        if (speed.isPresent() && speed.get().flopsPerSecond() == 0) {
            throw new IllegalArgumentException("speed (0) of the server must be more than zero");
        }
        if (ingress.filter(Bandwidth.ZERO::equals).isPresent()
                || egress.filter(Bandwidth.ZERO::equals).isPresent()) {
            throw new IllegalArgumentException("ingress and egress of the server must be more than zero"
                    + "\nMaybe leave them out: then as much gets through as clients send.");
        }
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency (" + latency + ") must be zero or more");
        }
    }

    /** Returns a server that takes no time, on a network without limits. */
    public static Server unlimited() {
        return new Server(Optional.empty(), Flops.ZERO, Optional.empty(), Optional.empty(), Duration.ZERO);
    }

    /** Returns what an aggregation takes, in seconds. */
    double seconds(int updates, double more) {
        return speed.map(rate -> (updates * perUpdate.value() + more) / rate.flopsPerSecond())
                .orElse(0.0);
    }
}
