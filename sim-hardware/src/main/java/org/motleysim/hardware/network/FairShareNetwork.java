package org.motleysim.hardware.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Series;
import org.motleysim.core.quantity.Bandwidth;

/**
 * One access link up and one down per endpoint, shared max-min fairly.
 *
 * @param bandwidth of each link, more than zero
 * @param latency before the first byte, one way
 */
public record FairShareNetwork(Bandwidth bandwidth, Duration latency) implements NetworkModel {
    /** @throws IllegalArgumentException if the bandwidth is zero or the latency negative */
    public FairShareNetwork {
        AccessLink.check(bandwidth, latency);
    }

    @Override
    public Network bind(Simulation simulation, int endpoints) {
        return bind(simulation, endpoints, "network");
    }

    /** The same, with a name for what all endpoints are connected to. */
    Network bind(Simulation simulation, int endpoints, String hub) {
        return new Bound(simulation, endpoints, bandwidth.bytesPerSecond(), latency.toNanos(), hub);
    }

    @Override
    public double secondsAlone(int endpoints, int from, int to, double bytes) {
        return AccessLink.secondsAlone(bandwidth, latency, from, to, bytes);
    }

    /** Link {@code i} is the way up from endpoint i, link {@code endpoints + i} the way down to it. */
    private static final class Bound implements Network {
        private final Simulation simulation;
        private final Transfers transfers;
        private final MaxMinFlows flows;
        private final long latencyNanos;
        private final EventType departure;
        private final int[] path = new int[2];
        private final double bytesPerSecond;
        private final String hub;
        private final long startNanos;
        private boolean keepsHistory;

        Bound(Simulation simulation, int endpoints, double bytesPerSecond, long latencyNanos, String hub) {
            this.bytesPerSecond = bytesPerSecond;
            this.hub = hub;
            this.startNanos = simulation.now();
            this.simulation = simulation;
            this.transfers = new Transfers(simulation, endpoints);
            double[] capacities = new double[2 * endpoints];
            Arrays.fill(capacities, bytesPerSecond);
            this.flows = new MaxMinFlows(simulation, capacities, transfers::deliver);
            this.latencyNanos = latencyNanos;
            this.departure = simulation.register("network-departure", slot -> depart((int) slot));
        }

        @Override
        public void transfer(int from, int to, long bytes, EventType done, long argument) {
            int slot = transfers.open(from, to, bytes, done, argument);
            simulation.schedule(from == to ? 0 : latencyNanos, departure, slot);
        }

        private void depart(int slot) {
            int from = transfers.from(slot);
            int to = transfers.to(slot);
            if (from == to || transfers.bytes(slot) == 0) {
                transfers.deliver(slot);
            } else {
                path[0] = from;
                path[1] = transfers.endpoints() + to;
                flows.start(path, (double) transfers.bytes(slot), slot);
            }
        }

        /** The ports of all endpoints: their ways up, then their ways down. */
        @Override
        public List<LinkUse> links() {
            List<LinkUse> links = new ArrayList<>();
            int endpoints = transfers.endpoints();
            double seconds = SimTime.seconds(simulation.now() - startNanos);
            for (int link = 0; link < 2 * endpoints; link++) {
                boolean up = link < endpoints;
                String end = "e" + (up ? link : link - endpoints);
                double bytes = flows.bytesCarried(link);
                links.add(new LinkUse(
                        up ? end + "->" + hub : hub + "->" + end,
                        up ? end : hub,
                        up ? 0 : 1,
                        up ? hub : end,
                        up ? 1 : 0,
                        bytesPerSecond,
                        bytes,
                        seconds == 0 ? 0 : bytes / seconds / bytesPerSecond,
                        0));
            }
            return links;
        }

        @Override
        public void keepHistory() {
            keepsHistory = true;
            flows.keepHistory();
        }

        @Override
        public List<Series> linkCurves() {
            List<Series> curves = new ArrayList<>();
            for (int link = 0; keepsHistory && link < 2 * transfers.endpoints(); link++) {
                boolean up = link < transfers.endpoints();
                String end = "e" + (up ? link : link - transfers.endpoints());
                curves.add(flows.curve(link, up ? end + "->" + hub : hub + "->" + end));
            }
            return curves;
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
