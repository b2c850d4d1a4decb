package org.motleysim.hardware.network;

import java.time.Duration;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;

/**
 * Latency plus bytes / bandwidth, without contention.
 *
 * @param bandwidth of each transfer, more than zero
 * @param latency before the first byte, one way
 */
public record UniformNetwork(Bandwidth bandwidth, Duration latency) implements NetworkModel {
    /** @throws IllegalArgumentException if the bandwidth is zero or the latency negative */
    public UniformNetwork {
        AccessLink.check(bandwidth, latency);
    }

    @Override
    public Network bind(Simulation simulation, int endpoints) {
        return new Bound(simulation, endpoints, bandwidth.bytesPerSecond(), latency.toNanos());
    }

    @Override
    public double secondsAlone(int endpoints, int from, int to, double bytes) {
        return AccessLink.secondsAlone(bandwidth, latency, from, to, bytes);
    }

    private static final class Bound implements Network {
        private final Simulation simulation;
        private final Transfers transfers;
        private final double bytesPerSecond;
        private final long latencyNanos;
        private final EventType arrival;

        Bound(Simulation simulation, int endpoints, double bytesPerSecond, long latencyNanos) {
            this.simulation = simulation;
            this.transfers = new Transfers(simulation, endpoints);
            this.bytesPerSecond = bytesPerSecond;
            this.latencyNanos = latencyNanos;
            this.arrival = simulation.register("network-arrival", slot -> transfers.deliver((int) slot));
        }

        @Override
        public void transfer(int from, int to, long bytes, EventType done, long argument) {
            int slot = transfers.open(from, to, bytes, done, argument);
            long delay = from == to ? 0 : Math.addExact(latencyNanos, SimTime.nanos(bytes / bytesPerSecond));
            simulation.schedule(delay, arrival, slot);
        }

        @Override
        public int endpoints() {
            return transfers.endpoints();
        }

        @Override
        public long bytesSent() {
            return transfers.bytesSent();
        }

        @Override
        public long bytesDelivered() {
            return transfers.bytesDelivered();
        }
    }
}
