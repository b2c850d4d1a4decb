package org.motleysim.hardware.network;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;

/**
 * A table of bandwidths between blocks of endpoints, without contention: what is known of many networks on chip. A transfer takes bytes /
 * bandwidth; with a tick it takes whole ticks, the rest dropped, as simulators with a clock count.
 *
 * @param sizes endpoints of each block, in the order of their numbers, one or more each; together all endpoints, or all but further ones
 *     that send nothing
 * @param bandwidths by block of the sender, then by block of the receiver; more than zero each
 * @param tick of which a transfer takes a whole number; empty when it takes what it takes
 */
public record PairwiseNetwork(List<Integer> sizes, List<List<Bandwidth>> bandwidths, Optional<Duration> tick)
        implements NetworkModel {
    /** @throws IllegalArgumentException if the table is not square or has a zero, or the tick is not positive */
    public PairwiseNetwork {
        sizes = List.copyOf(sizes);
        bandwidths = bandwidths.stream().map(List::copyOf).toList();
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("sizes (" + sizes + ") must be one or more each");
            }
        }
        int blocks = sizes.size();
        if (blocks == 0 || bandwidths.size() != blocks || bandwidths.stream().anyMatch(row -> row.size() != blocks)) {
            throw new IllegalArgumentException("bandwidths (" + bandwidths.size()
                    + " rows) must be a square table with a row and a column for each of the " + blocks + " blocks");
        }
        for (List<Bandwidth> row : bandwidths) {
            row.forEach(each -> AccessLink.check(each, Duration.ZERO));
        }
        if (tick.isPresent() && (tick.get().isNegative() || tick.get().isZero())) {
            throw new IllegalArgumentException("tick (" + tick.get() + ") must be more than zero");
        }
    }

    @Override
    public Network bind(Simulation simulation, int endpoints) {
        return new Bound(simulation, endpoints, this);
    }

    @Override
    public double secondsAlone(int endpoints, int from, int to, double bytes) {
        return from == to
                ? 0
                : SimTime.seconds(nanos(
                        bytes,
                        bandwidths.get(block(from)).get(block(to)).bytesPerSecond(),
                        tick.map(Duration::toNanos).orElse(0L)));
    }

    private static long nanos(double bytes, double bytesPerSecond, long tickNanos) {
        double seconds = bytes / bytesPerSecond;
        if (tickNanos == 0) {
            return SimTime.nanos(seconds);
        }
        // A whole number of ticks may come out a trillionth short.
        return (long) Math.floor(seconds / SimTime.seconds(tickNanos) * (1 + 1e-12)) * tickNanos;
    }

    private int block(int endpoint) {
        int rest = endpoint;
        for (int block = 0; block < sizes.size(); block++) {
            rest -= sizes.get(block);
            if (rest < 0) {
                return block;
            }
        }
        throw new IllegalArgumentException("endpoint (" + endpoint + ") must be in a block of " + sizes
                + "\nMaybe a block is missing in the table.");
    }

    private static final class Bound implements Network {
        private final Simulation simulation;
        private final Transfers transfers;
        private final PairwiseNetwork model;
        private final EventType arrival;

        Bound(Simulation simulation, int endpoints, PairwiseNetwork model) {
            this.simulation = simulation;
            this.transfers = new Transfers(simulation, endpoints);
            this.model = model;
            this.arrival = simulation.register("network-arrival", slot -> transfers.deliver((int) slot));
        }

        @Override
        public void transfer(int from, int to, long bytes, EventType done, long argument) {
            int slot = transfers.open(from, to, bytes, done, argument);
            simulation.schedule(
                    SimTime.nanos(model.secondsAlone(endpoints(), from, to, (double) bytes)), arrival, slot);
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
