package org.motleysim.hardware.topology;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jgrapht.Graph;
import org.jgrapht.alg.flow.PushRelabelMFImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.price.NetworkBill;

/**
 * A network built: vertices and one-way links between them. Endpoints come first, in their order. Immutable; made by {@link
 * TopologyShape#build}.
 */
public final class Topology {
    private final List<Vertex> vertices;
    private final List<Link> links;
    private final int endpoints;

    private Topology(List<Vertex> vertices, List<Link> links) {
        this.vertices = List.copyOf(vertices);
        this.links = List.copyOf(links);
        int count = 0;
        while (count < vertices.size() && vertices.get(count).endpoint()) {
            count++;
        }
        this.endpoints = count;
    }

    static Builder builder() {
        return new Builder();
    }

    /** Returns the number of endpoints; they are the first vertices. */
    public int endpoints() {
        return endpoints;
    }

    /** Returns the endpoints, then the switches. */
    public List<Vertex> vertices() {
        return vertices;
    }

    /** Returns the links, two for each cable: there and back. */
    public List<Link> links() {
        return links;
    }

    /** Returns the index of the link with this name, if there is one. */
    public OptionalInt link(String name) {
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).name().equals(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** Returns its parts: ports of endpoints, switches, and cables between switches, none of them optical. */
    public NetworkBill bill() {
        long between = links.stream()
                .filter(Link::forward)
                .filter(link -> !vertices.get(link.from()).endpoint()
                        && !vertices.get(link.to()).endpoint())
                .count();
        return new NetworkBill(endpoints, vertices.size() - endpoints, between, 0);
    }

    /** Returns what all cables cost, in dollars, as their {@link LinkSpec#usd} says. */
    public double cableUsd() {
        return links.stream()
                .filter(Link::forward)
                .mapToDouble(link -> link.cable().usd())
                .sum();
    }

    /**
     * Returns what the first half of the endpoints, in their order, can send to the rest at once: the least capacity of links whose
     * removal would part the halves (the maximum flow). For the regular shapes of this package this is the bisection bandwidth; in
     * general it is an upper bound of it, since another half may be cut off more cheaply. An odd endpoint in the middle is in no half.
     */
    public Bandwidth bisectionBandwidth() {
        int half = endpoints / 2;
        if (half == 0) {
            return Bandwidth.ZERO;
        }
        Graph<Integer, DefaultWeightedEdge> graph = new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
        for (int i = 0; i < vertices.size() + 2; i++) {
            graph.addVertex(i);
        }
        double sum = 0;
        for (Link link : links) {
            DefaultWeightedEdge edge = graph.getEdge(link.from(), link.to());
            double before = edge == null ? 0 : graph.getEdgeWeight(edge);
            DefaultWeightedEdge known = edge == null ? graph.addEdge(link.from(), link.to()) : edge;
            graph.setEdgeWeight(known, before + link.bytesPerSecond());
            sum += link.bytesPerSecond();
        }
        int source = vertices.size();
        int sink = source + 1;
        for (int i = 0; i < half; i++) {
            graph.setEdgeWeight(graph.addEdge(source, i), sum);
            graph.setEdgeWeight(graph.addEdge(endpoints - 1 - i, sink), sum);
        }
        // Push-relabel compares with an absolute tolerance of 1e-9, so capacities are left in bytes per second.
        return Bandwidth.of(new PushRelabelMFImpl<>(graph).getMaximumFlowValue(source, sink));
    }

    /**
     * Returns this topology with more endpoints, numbered after its own: each on a cable of its own to the first switch of the highest
     * tier, as fast as the fastest cable there; to the first endpoint where there are no switches.
     */
    Topology withMore(int count) {
        int at = 0;
        for (int i = endpoints; i < vertices.size(); i++) {
            if (at < endpoints || vertices.get(i).tier() > vertices.get(at).tier()) {
                at = i;
            }
        }
        int hub = at;
        LinkSpec cable = links.stream()
                .filter(link -> link.from() == hub || link.to() == hub)
                .map(Link::cable)
                .max(Comparator.comparingDouble(spec -> spec.bandwidth().bytesPerSecond()))
                .orElseThrow(() -> new IllegalArgumentException("topology ("
                        + vertices.get(hub).name() + " alone) must have a link\nMaybe connect its endpoints."));
        Builder builder = new Builder();
        vertices.subList(0, endpoints).forEach(builder::add);
        for (int i = 0; i < count; i++) {
            builder.add(new Vertex("frontend-" + i, true, false, 0, Vertex.NONE, Vertex.NONE));
        }
        vertices.subList(endpoints, vertices.size()).forEach(builder::add);
        for (Link link : links) {
            builder.links.add(new Link(
                    link.name(), moved(link.from(), count), moved(link.to(), count), link.cable(), link.forward()));
        }
        for (int i = 0; i < count; i++) {
            builder.connect(endpoints + i, moved(hub, count), LinkSpec.of(cable.bandwidth(), cable.latency()));
        }
        return builder.build();
    }

    private int moved(int vertex, int by) {
        return vertex < endpoints ? vertex : vertex + by;
    }

    /** Collects vertices, endpoints first, and cables. */
    static final class Builder {
        private final List<Vertex> vertices = new ArrayList<>();
        private final List<Link> links = new ArrayList<>();
        private final Map<Long, Integer> beside = new HashMap<>();

        int add(Vertex vertex) {
            if (vertex.endpoint()
                    && !vertices.isEmpty()
                    && !vertices.get(vertices.size() - 1).endpoint()) {
                throw new IllegalStateException("endpoint " + vertex.name() + " must come before the switches");
            }
            vertices.add(vertex);
            return vertices.size() - 1;
        }

        /** Adds endpoints named {@code prefix-0} and so on. */
        void endpoints(int count, boolean relay) {
            for (int i = 0; i < count; i++) {
                add(new Vertex("e" + i, true, relay, 0, Vertex.NONE, Vertex.NONE));
            }
        }

        int addSwitch(String name, int tier) {
            return add(new Vertex(name, false, true, tier, Vertex.NONE, Vertex.NONE));
        }

        void connect(int from, int to, LinkSpec cable) {
            int nth = beside.merge(((long) from << 32) | to, 1, Integer::sum);
            String number = nth == 1 ? "" : "#" + nth;
            String a = vertices.get(from).name();
            String b = vertices.get(to).name();
            links.add(new Link(a + "->" + b + number, from, to, cable, true));
            links.add(new Link(b + "->" + a + number, to, from, cable, false));
        }

        Topology build() {
            return new Topology(vertices, links);
        }
    }
}
