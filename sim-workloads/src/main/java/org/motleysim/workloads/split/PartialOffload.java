package org.motleysim.workloads.split;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jgrapht.alg.flow.PushRelabelMFImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;

/**
 * Which parts of a directed acyclic graph of work stay on a device and which go to a server, so that the sum of all costs is least: those of
 * the parts where they run, and of each result that has to cross, once however many read it. What was on the server does not come back. The
 * costs may be seconds, where parts run one after the other, or joules, or any weighted sum.
 *
 * <p>A least cut between source and sink (Li, Wang and Xu, "Computation offloading to save energy on handheld devices", CASES 2001, for the
 * idea): a part costs an edge to the side where it is not; a result is a node of its own, reached by an edge of its cost and left by edges
 * that cannot be cut. The flow is JGraphT's push-relabel.
 */
public final class PartialOffload {
    private static final double UNCUTTABLE = 1e15;

    private PartialOffload() {}

    /**
     * A part of the work.
     *
     * @param deviceCost when it runs on the device, finite or infinite, zero or more
     * @param serverCost when it runs on the server; infinite for what has to stay
     * @param crossingCost when its result crosses from the device to the server
     * @param reads numbers of the parts before it whose results it reads
     */
    public record Part(double deviceCost, double serverCost, double crossingCost, List<Integer> reads) {
        /** @throws IllegalArgumentException if a cost is negative or not a number */
        public Part {
            if (!(deviceCost >= 0 && serverCost >= 0 && crossingCost >= 0)) {
                throw new IllegalArgumentException(
                        "costs (" + deviceCost + ", " + serverCost + ", " + crossingCost + ") must be zero or more");
            }
            reads = List.copyOf(reads);
        }
    }

    /**
     * What is best.
     *
     * @param onDevice numbers of the parts that stay
     * @param cost of all together
     */
    public record Choice(Set<Integer> onDevice, double cost) {
        /** Keeps its own copy, in order. */
        public Choice {
            onDevice = Collections.unmodifiableSet(new LinkedHashSet<>(onDevice));
        }
    }

    /**
     * Returns the choice of least cost.
     *
     * @param parts each after those that it reads
     * @throws IllegalArgumentException if a part reads a later one, or one can run nowhere
     */
    public static Choice least(List<Part> parts) {
        var graph = new SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge>(DefaultWeightedEdge.class);
        int source = -1; // the device
        int sink = -2; // the server
        graph.addVertex(source);
        graph.addVertex(sink);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            graph.addVertex(i);
            connect(graph, i, sink, part.deviceCost());
            connect(graph, source, i, part.serverCost());
            for (int read : part.reads()) {
                if (read < 0 || read >= i) {
                    throw new IllegalArgumentException("part " + i + " must read earlier parts, not " + read);
                }
                // A part on the device cannot read what is on the server.
                connect(graph, i, read, Double.POSITIVE_INFINITY);
                int result = parts.size() + read;
                if (graph.addVertex(result)) {
                    connect(graph, read, result, parts.get(read).crossingCost());
                }
                connect(graph, result, i, Double.POSITIVE_INFINITY);
            }
        }
        var flow = new PushRelabelMFImpl<>(graph);
        flow.calculateMinCut(source, sink);
        Set<Integer> onDevice = new TreeSet<>();
        for (int node : flow.getSourcePartition()) {
            if (node >= 0 && node < parts.size()) {
                onDevice.add(node);
            }
        }
        double cost = cost(parts, onDevice);
        if (!(cost < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("parts must be able to run somewhere, and are not");
        }
        return new Choice(onDevice, cost);
    }

    /** Returns what a choice costs; infinite if something on the device reads what is on the server. */
    public static double cost(List<Part> parts, Set<Integer> onDevice) {
        double cost = 0;
        Set<Integer> crossed = new TreeSet<>();
        for (int i = 0; i < parts.size(); i++) {
            boolean stays = onDevice.contains(i);
            cost += stays ? parts.get(i).deviceCost() : parts.get(i).serverCost();
            for (int read : parts.get(i).reads()) {
                if (stays && !onDevice.contains(read)) {
                    return Double.POSITIVE_INFINITY;
                }
                if (!stays && onDevice.contains(read)) {
                    crossed.add(read);
                }
            }
        }
        for (int read : crossed) {
            cost += parts.get(read).crossingCost();
        }
        return cost;
    }

    private static void connect(
            SimpleDirectedWeightedGraph<Integer, DefaultWeightedEdge> graph, int from, int to, double cost) {
        DefaultWeightedEdge edge = graph.addEdge(from, to);
        if (edge != null) {
            graph.setEdgeWeight(edge, Math.min(cost, UNCUTTABLE));
        }
    }
}
