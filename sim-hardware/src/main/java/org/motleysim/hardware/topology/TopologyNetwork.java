package org.motleysim.hardware.topology;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.hardware.network.FlowClasses;
import org.motleysim.hardware.network.NetworkModel;

/**
 * Transfers as flows over the links of a topology, shared max-min fairly. A transfer takes the latencies of its links before its first
 * byte moves. Immutable, with value equality, and safe to share between threads.
 *
 * <p>Endpoint i of the network is endpoint i of the topology. One more than the topology has, which a cluster needs for its frontend, is
 * put on a cable of its own at the first switch of the highest tier, as fast as the fastest cable there (at the first endpoint where
 * there are no switches).
 */
public final class TopologyNetwork implements NetworkModel {
    private final TopologyShape shape;
    private final Routing routing;
    private final List<LinkBackground> background;
    private final List<LinkOutage> outages;
    private final Topology topology;
    private final Alone alone;

    private TopologyNetwork(
            TopologyShape shape, Routing routing, List<LinkBackground> background, List<LinkOutage> outages) {
        this.shape = shape;
        this.routing = routing;
        this.background = List.copyOf(background);
        this.outages = List.copyOf(outages);
        this.topology = shape.build();
        checkLinks();
        this.alone = new Alone(this);
    }

    /** Returns the network of a shape, with {@link Routing#ECMP}. */
    public static TopologyNetwork of(TopologyShape shape) {
        return new TopologyNetwork(shape, Routing.ECMP, List.of(), List.of());
    }

    /**
     * Returns a network of a shape.
     *
     * @param routing which of the shortest paths is taken
     * @param background traffic that is not simulated
     * @param outages when links are down
     * @throws IllegalArgumentException naming all links that do not exist, or have background twice or more than they can carry
     */
    public static TopologyNetwork of(
            TopologyShape shape, Routing routing, List<LinkBackground> background, List<LinkOutage> outages) {
        return new TopologyNetwork(shape, routing, background, outages);
    }

    /** Returns this network with another routing. */
    public TopologyNetwork routing(Routing other) {
        return new TopologyNetwork(shape, other, background, outages);
    }

    /**
     * Returns this network with this background traffic, and no other.
     *
     * @throws IllegalArgumentException naming all links that do not exist, are named twice or have less than that
     */
    public TopologyNetwork background(List<LinkBackground> traffic) {
        return new TopologyNetwork(shape, routing, traffic, outages);
    }

    /**
     * Returns this network with these outages, and no others.
     *
     * @throws IllegalArgumentException naming all links that do not exist
     */
    public TopologyNetwork outages(List<LinkOutage> times) {
        return new TopologyNetwork(shape, routing, background, times);
    }

    /** Returns the form of the network. */
    public TopologyShape shape() {
        return shape;
    }

    /** Returns how paths are chosen. */
    public Routing routing() {
        return routing;
    }

    /** Returns the traffic that is not simulated. */
    public List<LinkBackground> background() {
        return background;
    }

    /** Returns when links are down. */
    public List<LinkOutage> outages() {
        return outages;
    }

    /** Returns the network built. */
    public Topology topology() {
        return topology;
    }

    @Override
    public void check(int devices) {
        if (devices > topology.endpoints()) {
            throw new IllegalArgumentException("network (" + topology.endpoints()
                    + " endpoints) must have one for each of the " + devices + " devices\nMaybe a larger shape.");
        }
    }

    @Override
    public Fabric bind(Simulation simulation, int endpoints) {
        return new Fabric(simulation, endpoints, this, sized(endpoints));
    }

    @Override
    public double secondsAlone(int endpoints, int from, int to, double bytes) {
        return from == to ? 0 : alone.seconds(endpoints, from, to, bytes);
    }

    /**
     * Returns the links that a transfer crosses while all are up, as indexes of {@link Topology#links}; none to oneself.
     *
     * @throws IndexOutOfBoundsException if an endpoint does not exist
     */
    public int[] path(int from, int to) {
        return alone.path(topology.endpoints(), from, to);
    }

    /**
     * Sorts transfers that start at one time into classes of equal rates, for {@link org.motleysim.hardware.network.MaxMinFlows
     * MaxMinFlows.startClass}: how a symmetric pattern over very many endpoints costs what its few classes cost. The kind of a class is
     * the latency of its paths in nanoseconds, after which its bytes start to move.
     *
     * @param from senders
     * @param to receivers, each not its sender
     * @param bytes of each transfer, more than zero
     */
    public FlowClasses classes(int[] from, int[] to, double[] bytes) {
        double[] capacities = new double[topology.links().size()];
        long[] latency = new long[capacities.length];
        for (int i = 0; i < capacities.length; i++) {
            Link link = topology.links().get(i);
            capacities[i] = link.bytesPerSecond();
            latency[i] = link.latencyNanos();
        }
        for (LinkBackground traffic : background) {
            capacities[topology.link(traffic.link()).orElseThrow()] -=
                    traffic.bandwidth().bytesPerSecond();
        }
        int[][] paths = new int[from.length][];
        long[] latencies = new long[from.length];
        for (int i = 0; i < from.length; i++) {
            paths[i] = path(from[i], to[i]);
            for (int link : paths[i]) {
                latencies[i] += latency[link];
            }
        }
        return new FlowClasses(capacities, paths, bytes, latencies);
    }

    private Topology sized(int endpoints) {
        check(endpoints - 1);
        return endpoints <= topology.endpoints() ? topology : topology.withMore(1);
    }

    private void checkLinks() {
        List<String> problems = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (LinkBackground traffic : background) {
            var link = topology.link(traffic.link());
            if (link.isEmpty()) {
                problems.add(unknown(traffic.link()));
            } else if (!named.add(traffic.link())) {
                problems.add("background of link " + traffic.link() + " must be given once");
            } else if (traffic.bandwidth().bytesPerSecond()
                    >= topology.links().get(link.getAsInt()).bytesPerSecond()) {
                problems.add("background of link " + traffic.link() + " (" + traffic.bandwidth()
                        + ") must be less than the link has\nMaybe an outage was meant.");
            }
        }
        for (LinkOutage outage : outages) {
            if (topology.link(outage.link()).isEmpty()) {
                problems.add(unknown(outage.link()));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    private String unknown(String link) {
        List<Link> all = topology.links();
        return "link (" + link + ") must be one of this topology's, such as "
                + all.get(0).name() + " or " + all.get(all.size() - 1).name();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopologyNetwork network
                && shape.equals(network.shape)
                && routing == network.routing
                && background.equals(network.background)
                && outages.equals(network.outages);
    }

    @Override
    public int hashCode() {
        return Objects.hash(shape, routing, background, outages);
    }

    @Override
    public String toString() {
        return "TopologyNetwork[" + shape + ", " + routing + ", " + background + ", " + outages + "]";
    }

    /** Routes to plan with; they are found in a scratch of their own, hence the lock. */
    private static final class Alone {
        private final TopologyNetwork network;
        private Topology topology;
        private Routes routes;

        Alone(TopologyNetwork network) {
            this.network = network;
            this.topology = network.topology;
            this.routes = new Routes(topology, network.routing);
        }

        synchronized int[] path(int endpoints, int from, int to) {
            if (endpoints > topology.endpoints()) {
                topology = network.sized(endpoints);
                routes = new Routes(topology, network.routing);
            }
            if (from != to && routes.find(from, to) == 0) {
                throw new IllegalArgumentException("endpoint " + from + " must have a route to " + to);
            }
            return from == to ? new int[0] : routes.path().clone();
        }

        synchronized double seconds(int endpoints, int from, int to, double bytes) {
            int[] path = path(endpoints, from, to);
            double slowest = Double.POSITIVE_INFINITY;
            long latency = 0;
            for (int link : path) {
                Link each = topology.links().get(link);
                slowest = Math.min(slowest, each.bytesPerSecond() - network.backgroundOn(each.name()));
                latency += each.latencyNanos();
            }
            return SimTime.seconds(latency) + bytes / slowest;
        }
    }

    private double backgroundOn(String link) {
        for (LinkBackground traffic : background) {
            if (traffic.link().equals(link)) {
                return traffic.bandwidth().bytesPerSecond();
            }
        }
        return 0;
    }
}
