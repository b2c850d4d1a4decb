package org.motleysim.hardware.network;

import java.util.List;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Series;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.random.RandomStreams;

/**
 * A network whose bits cost energy: 8 bits a byte, drawn when they are sent. What an endpoint sends to itself stays inside and costs
 * nothing.
 *
 * @param network what carries the bits
 * @param energyPerBit of all links a bit crosses together
 */
public record MeteredNetwork(NetworkModel network, Energy energyPerBit) implements NetworkModel {
    private static final int BITS_PER_BYTE = 8;

    @Override
    public Network bind(Simulation simulation, int endpoints) {
        return new Bound(network.bind(simulation, endpoints), energyPerBit.joules() * BITS_PER_BYTE);
    }

    @Override
    public Network bind(Simulation simulation, int endpoints, RandomStreams streams) {
        return new Bound(network.bind(simulation, endpoints, streams), energyPerBit.joules() * BITS_PER_BYTE);
    }

    @Override
    public void check(int devices) {
        network.check(devices);
    }

    @Override
    public double secondsAlone(int endpoints, int from, int to, double bytes) {
        return network.secondsAlone(endpoints, from, to, bytes);
    }

    private static final class Bound implements Network {
        private final Network network;
        private final double joulesPerByte;
        private EnergyListener listener = joules -> {};
        private long bytes;

        Bound(Network network, double joulesPerByte) {
            this.network = network;
            this.joulesPerByte = joulesPerByte;
        }

        @Override
        public void transfer(int from, int to, long size, EventType done, long argument) {
            network.transfer(from, to, size, done, argument);
            if (from != to) {
                bytes += size;
                listener.drawn(size * joulesPerByte);
            }
        }

        @Override
        public double joules() {
            return bytes * joulesPerByte;
        }

        @Override
        public boolean isMetered() {
            return true;
        }

        @Override
        public List<LinkUse> links() {
            return network.links();
        }

        @Override
        public void keepHistory() {
            network.keepHistory();
        }

        @Override
        public List<Series> linkCurves() {
            return network.linkCurves();
        }

        @Override
        public long handovers() {
            return network.handovers();
        }

        @Override
        public void onEnergy(EnergyListener told) {
            listener = told;
        }

        @Override
        public int endpoints() {
            return network.endpoints();
        }

        @Override
        public long bytesSent() {
            return network.bytesSent();
        }

        @Override
        public long bytesDelivered() {
            return network.bytesDelivered();
        }
    }
}
