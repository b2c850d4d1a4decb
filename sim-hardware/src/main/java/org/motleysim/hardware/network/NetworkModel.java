package org.motleysim.hardware.network;

import java.time.Duration;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.random.RandomStreams;

/** How bytes travel between endpoints. An immutable description; {@link #bind} makes the network of one run. */
@FunctionalInterface
public interface NetworkModel {
    /**
     * Returns this network in a simulation, between endpoints numbered from 0.
     *
     * @param endpoints how many, zero or more
     */
    Network bind(Simulation simulation, int endpoints);

    /**
     * Returns this network in a simulation, with chance: what it draws comes from streams of its own. By default nothing is drawn.
     *
     * @param endpoints how many, zero or more
     * @param streams all randomness of the run
     */
    default Network bind(Simulation simulation, int endpoints, RandomStreams streams) {
        return bind(simulation, endpoints);
    }

    /**
     * Checks that this network can connect so many devices.
     *
     * @throws IllegalArgumentException if it cannot
     */
    default void check(int devices) {}

    /**
     * Returns how long a transfer takes that has the network to itself, in seconds; 0 to oneself. Schedulers plan with it. Unless a model
     * knows better, this sends the bytes through a network of its own.
     *
     * @param endpoints how many there are
     * @param bytes zero or more
     */
    default double secondsAlone(int endpoints, int from, int to, double bytes) {
        if (from == to) {
            return 0;
        }
        Simulation simulation = new Simulation();
        long[] arrived = new long[1];
        var done = simulation.register("arrived", unused -> arrived[0] = simulation.now());
        bind(simulation, endpoints).transfer(from, to, (long) Math.ceil(bytes), done, 0);
        simulation.run();
        return SimTime.seconds(arrived[0]);
    }

    /**
     * Returns this network with an energy for each bit that is sent over it.
     *
     * @param energyPerBit of all links a bit crosses together, such as that of {@code EnergyFacts.builtIn().perLinkBit("infiniband-800g")}
     *     times the links of the path
     */
    default NetworkModel metered(Energy energyPerBit) {
        return new MeteredNetwork(this, energyPerBit);
    }

    /**
     * Returns a network without contention: a transfer takes the latency plus bytes / bandwidth, whatever else is going on. The latency
     * is one way.
     *
     * @throws IllegalArgumentException if the bandwidth is zero or the latency negative
     */
    static NetworkModel uniform(Bandwidth bandwidth, Duration latency) {
        return new UniformNetwork(bandwidth, latency);
    }

    /**
     * Returns a network in which each endpoint has one access link up and one down, of this bandwidth each, and transfers share them
     * max-min fairly. A transfer starts to move bytes after the latency, one way.
     *
     * @throws IllegalArgumentException if the bandwidth is zero or the latency negative
     */
    static NetworkModel fairShare(Bandwidth bandwidth, Duration latency) {
        return new FairShareNetwork(bandwidth, latency);
    }
}
