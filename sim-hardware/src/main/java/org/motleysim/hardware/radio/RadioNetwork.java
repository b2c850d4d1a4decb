package org.motleysim.hardware.radio;

import java.util.List;
import java.util.Optional;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Series;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.network.LinkUse;
import org.motleysim.hardware.network.MaxMinFlows;
import org.motleysim.hardware.network.Network;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.network.Transfers;

/**
 * Stations on one radio medium and their access point, which is the last endpoint (the frontend of a cluster). Both ways share the medium
 * fairly. What a station sends to another crosses it twice: up to the access point and down again.
 *
 * @param technology of the medium
 * @param contention what active stations get together; absent for the bandwidth of the technology, however many they are
 * @param fading caps each transfer at a rate drawn for it, from the stream {@code network/fading} of the run; absent for no cap
 */
public record RadioNetwork(RadioTechnology technology, Optional<Contention> contention, Optional<RayleighFading> fading)
        implements NetworkModel {
    /** Returns a medium with the bandwidth of its technology, without fading. */
    public static RadioNetwork of(RadioTechnology technology) {
        return new RadioNetwork(technology, Optional.empty(), Optional.empty());
    }

    /** @throws IllegalArgumentException if transfers fade, which takes randomness: {@link #bind(Simulation, int, RandomStreams)} */
    @Override
    public Network bind(Simulation simulation, int endpoints) {
        if (fading.isPresent()) {
            throw new IllegalArgumentException("radio network (" + technology.name()
                    + ") fades, which takes randomness\nMaybe bind(simulation, endpoints, streams).");
        }
        return new Bound(simulation, endpoints, this, Optional.empty());
    }

    @Override
    public Network bind(Simulation simulation, int endpoints, RandomStreams streams) {
        return new Bound(simulation, endpoints, this, fading.map(law -> streams.stream("network/fading")));
    }

    /** What it takes alone, with the median of the fading. */
    @Override
    public double secondsAlone(int endpoints, int from, int to, double bytes) {
        if (from == to) {
            return 0;
        }
        int crossings = from == endpoints - 1 || to == endpoints - 1 ? 1 : 2;
        double rate = Math.min(
                bytesPerSecond(crossings) / crossings,
                fading.map(RayleighFading::medianBytesPerSecond).orElse(Double.POSITIVE_INFINITY));
        return crossings * SimTime.seconds(technology.latency().toNanos()) + bytes / rate;
    }

    private double bytesPerSecond(int stations) {
        return contention
                .map(table -> table.bytesPerSecond(stations))
                .orElse(technology.bandwidth().bytesPerSecond());
    }

    /** The medium is link 0 of its flows; it has the rate that goes with the stations active on it. */
    private static final class Bound implements Network {
        private final Simulation simulation;
        private final RadioNetwork model;
        private final Transfers transfers;
        private final MaxMinFlows flows;
        private final EventType departure;
        private final Optional<RandomStream> draws;
        private final int accessPoint;
        private final int[] path = {0};
        private final double[] once = {1};
        private final double[] twice = {2};
        private final int[] activeOf; // transfers of each station
        private final long startNanos;
        private int active; // stations with transfers
        private long busySince;
        private long busyNanos;
        private double joules;
        private boolean keepsHistory;
        private EnergyListener listener = drawn -> {};

        Bound(Simulation simulation, int endpoints, RadioNetwork model, Optional<RandomStream> draws) {
            this.simulation = simulation;
            this.model = model;
            this.transfers = new Transfers(simulation, endpoints);
            this.flows = new MaxMinFlows(simulation, new double[] {model.bytesPerSecond(1)}, this::ended);
            this.departure = simulation.register("radio-departure", slot -> depart((int) slot));
            this.draws = draws;
            this.accessPoint = endpoints - 1;
            this.activeOf = new int[endpoints];
            this.startNanos = simulation.now();
        }

        @Override
        public void transfer(int from, int to, long bytes, EventType done, long argument) {
            int slot = transfers.open(from, to, bytes, done, argument);
            simulation.schedule(
                    from == to ? 0 : model.technology.latency().toNanos() * crossings(from, to), departure, slot);
        }

        private int crossings(int from, int to) {
            return from == accessPoint || to == accessPoint ? 1 : 2;
        }

        private void depart(int slot) {
            int from = transfers.from(slot);
            int to = transfers.to(slot);
            if (from == to || transfers.bytes(slot) == 0) {
                transfers.deliver(slot);
                return;
            }
            changeActive(from, 1);
            changeActive(to, 1);
            double cap = draws.isPresent()
                    ? model.fading.orElseThrow().bytesPerSecond(draws.get())
                    : Double.POSITIVE_INFINITY;
            double[] weight = crossings(from, to) == 1 ? once : twice;
            flows.startClass(path, weight, (double) transfers.bytes(slot), cap, slot);
        }

        private void ended(int slot) {
            int from = transfers.from(slot);
            int to = transfers.to(slot);
            double nanojoulesPerBit = (from == accessPoint ? 0 : model.technology.sendNanojoulesPerBit())
                    + (to == accessPoint ? 0 : model.technology.receiveNanojoulesPerBit());
            double drawn = transfers.bytes(slot) * 8e-9 * nanojoulesPerBit;
            joules += drawn;
            listener.drawn(drawn);
            changeActive(from, -1);
            changeActive(to, -1);
            transfers.deliver(slot);
        }

        private void changeActive(int endpoint, int by) {
            if (endpoint == accessPoint) {
                return;
            }
            int before = active;
            activeOf[endpoint] += by;
            if (by > 0 && activeOf[endpoint] == 1) {
                active++;
            } else if (by < 0 && activeOf[endpoint] == 0) {
                active--;
            }
            if (active == before) {
                return;
            }
            if (before == 0) {
                busySince = simulation.now();
            } else if (active == 0) {
                busyNanos += simulation.now() - busySince;
            }
            flows.capacity(0, model.bytesPerSecond(Math.max(1, active)));
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

        @Override
        public double joules() {
            return joules;
        }

        @Override
        public boolean isMetered() {
            return true;
        }

        @Override
        public void onEnergy(EnergyListener told) {
            listener = told;
        }

        @Override
        public void keepHistory() {
            keepsHistory = true;
            flows.keepHistory();
        }

        @Override
        public List<Series> linkCurves() {
            return keepsHistory ? List.of(flows.curve(0, "medium")) : List.of();
        }

        /** One link, whose utilisation is the share of time in which somebody used it. */
        @Override
        public List<LinkUse> links() {
            long now = simulation.now();
            long busy = busyNanos + (active > 0 ? now - busySince : 0);
            double share = now == startNanos ? 0 : SimTime.seconds(busy) / SimTime.seconds(now - startNanos);
            return List.of(new LinkUse(
                    "medium",
                    "stations",
                    0,
                    "access-point",
                    1,
                    model.bytesPerSecond(1),
                    flows.bytesCarried(0),
                    share,
                    joules));
        }
    }
}
