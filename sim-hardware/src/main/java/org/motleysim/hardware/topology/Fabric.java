package org.motleysim.hardware.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Series;
import org.motleysim.hardware.network.LinkUse;
import org.motleysim.hardware.network.MaxMinFlows;
import org.motleysim.hardware.network.Network;
import org.motleysim.hardware.network.Transfers;

/**
 * The network of a topology in a running simulation: transfers are flows over its links.
 *
 * <p>When a cable fails or is repaired, all flows under way take the paths that are shortest then; what they have carried stays carried.
 * A flow without a path waits until there is one: bits are never lost. Used by the thread of the simulation.
 */
public final class Fabric implements Network {
    private static final int NONE = -1;

    private final Simulation simulation;
    private final Topology topology;
    private final Routes routes;
    private final Transfers transfers;
    private final MaxMinFlows flows;
    private final EventType departure;
    private final double[] backgroundBytesPerSecond;
    private final long startNanos;
    private int[] flowOf = new int[16]; // by slot of the transfer
    private double[] capOf = new double[16];
    private final int[] outagesOf; // by link: how many outages it is in
    private final boolean isMetered;
    private boolean keepsHistory;
    private EnergyListener listener = joules -> {};

    Fabric(Simulation simulation, int endpoints, TopologyNetwork model, Topology topology) {
        this.simulation = simulation;
        this.topology = topology;
        this.routes = new Routes(topology, model.routing());
        this.transfers = new Transfers(simulation, endpoints);
        int links = topology.links().size();
        double[] capacities =
                topology.links().stream().mapToDouble(Link::bytesPerSecond).toArray();
        this.flows = new MaxMinFlows(simulation, capacities, this::ended);
        this.departure = simulation.register("network-departure", slot -> depart((int) slot));
        this.backgroundBytesPerSecond = new double[links];
        this.outagesOf = new int[links];
        this.startNanos = simulation.now();
        this.isMetered = topology.links().stream().anyMatch(link -> link.joulesPerByte() > 0);
        Arrays.fill(flowOf, NONE);
        for (LinkBackground traffic : model.background()) {
            int link = topology.link(traffic.link()).orElseThrow();
            backgroundBytesPerSecond[link] = traffic.bandwidth().bytesPerSecond();
            flows.background(link, backgroundBytesPerSecond[link]);
        }
        for (LinkOutage outage : model.outages()) {
            int link = topology.link(outage.link()).orElseThrow();
            simulation.schedule(SimTime.nanos(outage.from()), "link-failure", () -> fail(link));
            simulation.schedule(SimTime.nanos(outage.to()), "link-repair", () -> repair(link));
        }
    }

    @Override
    public void transfer(int from, int to, long bytes, EventType done, long argument) {
        transfer(from, to, bytes, Double.POSITIVE_INFINITY, done, argument);
    }

    /**
     * Sends bytes at no more than a rate of its own, such as that of a slow disk behind it.
     *
     * @param capBytesPerSecond more than zero
     * @see #transfer(int, int, long, EventType, long)
     */
    public void transfer(int from, int to, long bytes, double capBytesPerSecond, EventType done, long argument) {
        if (!(capBytesPerSecond > 0)) {
            throw new IllegalArgumentException("capBytesPerSecond (" + capBytesPerSecond + ") must be more than zero");
        }
        int slot = transfers.open(from, to, bytes, done, argument);
        if (slot >= flowOf.length) {
            int before = flowOf.length;
            flowOf = Arrays.copyOf(flowOf, Math.max(slot + 1, 2 * before));
            capOf = Arrays.copyOf(capOf, flowOf.length);
            Arrays.fill(flowOf, before, flowOf.length, NONE);
        }
        capOf[slot] = capBytesPerSecond;
        simulation.schedule(from == to ? 0 : latencyNanos(from, to), departure, slot);
    }

    private long latencyNanos(int from, int to) {
        long sum = 0;
        routes.find(from, to);
        for (int link : routes.path()) {
            sum += topology.links().get(link).latencyNanos();
        }
        return sum;
    }

    private void depart(int slot) {
        int from = transfers.from(slot);
        int to = transfers.to(slot);
        if (from == to || transfers.bytes(slot) == 0) {
            transfers.deliver(slot);
        } else {
            routes.find(from, to);
            flowOf[slot] = flows.start(routes.path(), (double) transfers.bytes(slot), capOf[slot], slot);
        }
    }

    private void ended(int slot) {
        flowOf[slot] = NONE;
        if (isMetered) {
            routes.find(transfers.from(slot), transfers.to(slot));
            double joulesPerByte = 0;
            for (int link : routes.path()) {
                joulesPerByte += topology.links().get(link).joulesPerByte();
            }
            listener.drawn(transfers.bytes(slot) * joulesPerByte);
        }
        transfers.deliver(slot);
    }

    /** Takes a cable down, both ways, from now on; {@code link} is either of its two links. Failures of one cable are counted. */
    public void fail(int link) {
        int cable = link & ~1;
        if (outagesOf[cable]++ == 0) {
            down(cable, true);
        }
    }

    /**
     * Ends one failure of a cable.
     *
     * @throws IllegalStateException if it has not failed
     */
    public void repair(int link) {
        int cable = link & ~1;
        if (outagesOf[cable] == 0) {
            throw new IllegalStateException(
                    "link " + topology.links().get(link).name() + " has not failed\nMaybe fail(link) was forgotten.");
        }
        if (--outagesOf[cable] == 0) {
            down(cable, false);
        }
    }

    private void down(int cable, boolean isDown) {
        routes.down(cable, isDown);
        routes.down(cable + 1, isDown);
        for (int slot = 0; slot < flowOf.length; slot++) {
            int flow = flowOf[slot];
            if (flow != NONE) {
                routes.find(transfers.from(slot), transfers.to(slot));
                if (!flows.isOn(flow, routes.path())) {
                    flows.reroute(flow, routes.path());
                }
            }
        }
    }

    /** Returns what it was made from, with the endpoint for the frontend if there is one. */
    public Topology topology() {
        return topology;
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

    /** Returns the energy of all bytes that links have carried so far. */
    @Override
    public double joules() {
        double sum = 0;
        for (int i = 0; isMetered && i < topology.links().size(); i++) {
            sum += flows.bytesCarried(i) * topology.links().get(i).joulesPerByte();
        }
        return sum;
    }

    @Override
    public boolean isMetered() {
        return isMetered;
    }

    /** The listener is told of a transfer when that ends, by the path it has then; {@link #joules} knows better where paths changed. */
    @Override
    public void onEnergy(EnergyListener told) {
        listener = told;
    }

    @Override
    public List<LinkUse> links() {
        double seconds = SimTime.seconds(simulation.now() - startNanos);
        List<LinkUse> all = new ArrayList<>();
        for (int i = 0; i < topology.links().size(); i++) {
            Link link = topology.links().get(i);
            Vertex from = topology.vertices().get(link.from());
            Vertex to = topology.vertices().get(link.to());
            double bytes = flows.bytesCarried(i);
            double busy = seconds == 0 ? 0 : (bytes / seconds + backgroundBytesPerSecond[i]) / link.bytesPerSecond();
            all.add(new LinkUse(
                    link.name(),
                    from.name(),
                    from.tier(),
                    to.name(),
                    to.tier(),
                    link.bytesPerSecond(),
                    bytes,
                    busy,
                    bytes * link.joulesPerByte()));
        }
        return all;
    }

    @Override
    public void keepHistory() {
        keepsHistory = true;
        flows.keepHistory();
    }

    /** Without background traffic. */
    @Override
    public List<Series> linkCurves() {
        List<Series> curves = new ArrayList<>();
        for (int i = 0; keepsHistory && i < topology.links().size(); i++) {
            curves.add(flows.curve(i, topology.links().get(i).name()));
        }
        return curves;
    }
}
