package org.motleysim.hardware.network;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Priority;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Series;

/**
 * Flows over links of given capacity, with max-min fair rates at all times (Bertsekas and Gallager, Data Networks, 2nd ed., section
 * 6.5.2). The links are anything that is shared: cables, buses, the bandwidth of a memory.
 *
 * <p><b>Rates.</b> Exact, not iterated: progressive filling. They are solved once per instant in which flows start, end or move, after
 * the other events of that instant, and only where they can change ({@link FairRates}).
 *
 * <p><b>Bytes.</b> A flow's remaining bytes are settled only when its rate really changes, so a flow that keeps its rate ends exactly
 * where its first schedule put it, to the nanosecond. Finish times are in an indexed heap; one event waits for the first of them.
 *
 * <p><b>Classes.</b> {@link #startClass} starts many alike flows as one: by symmetry they have one rate. It costs what one flow costs.
 *
 * <p>Flows and links are numbers. The number of a flow that has ended is given to a later one. Used by the thread of the simulation;
 * {@code finished} may start, cancel and move flows.
 */
public final class MaxMinFlows {
    /** A rate that would change by less is kept: it is the rounding of sums taken in another order. */
    private static final double SAME = 1e-14;

    /** Below this part of all flows it is cheaper to move them in the heap one by one than to build it again. */
    private static final int REBUILD_PART = 8;

    private static final double NEVER = Double.POSITIVE_INFINITY;

    private final Simulation simulation;
    private final IntConsumer finished;
    private final EventType ending;
    private final EventType solving;
    private final FlowTable table;
    private final FairRates rates;
    private final FinishHeap finishes = new FinishHeap();

    // By link.
    private final double[] capacity;
    private final double[] background;
    private final double[] usable; // capacity less background
    private final double[] credited; // bytes of flows that have left the link

    // By flow.
    private int[] tag = new int[0];
    private double[] remaining = new double[0]; // bytes at the time settled
    private double[] routed = new double[0]; // bytes that remained when it was put on its path
    private long[] settled = new long[0];
    private long[] noted = new long[0]; // until when it is in the history

    private @Nullable LinkHistory history;
    private long started;
    private boolean solvePending;
    private long endHandle = EventHandle.NONE;
    private long endsAt;

    /**
     * Creates links without flows.
     *
     * @param bytesPerSecond capacity of each link, zero (no flow gets through) or more
     * @param finished told the tag of each flow that ends
     */
    public MaxMinFlows(Simulation simulation, double[] bytesPerSecond, IntConsumer finished) {
        int links = bytesPerSecond.length;
        for (int i = 0; i < links; i++) {
            checkCapacity(i, bytesPerSecond[i]);
        }
        this.simulation = simulation;
        this.finished = finished;
        this.capacity = bytesPerSecond.clone();
        this.background = new double[links];
        this.usable = bytesPerSecond.clone();
        this.credited = new double[links];
        this.table = new FlowTable(links);
        this.rates = new FairRates(table, usable);
        this.ending = simulation.register("flow-end", unused -> endDue());
        this.solving = simulation.register("flow-rates", unused -> solve());
    }

    /**
     * Starts a flow.
     *
     * @param links that it crosses: distinct; none makes it wait for {@link #reroute}
     * @param bytes more than zero; infinite for a flow that lasts until {@link #cancel}
     * @param withTag handed back when it ends
     * @return the flow, until it ends
     */
    public int start(int[] links, double bytes, int withTag) {
        return start(links, bytes, NEVER, withTag);
    }

    /**
     * Starts a flow that takes no more than a rate of its own.
     *
     * @param capBytesPerSecond more than zero
     * @see #start(int[], double, int)
     */
    public int start(int[] links, double bytes, double capBytesPerSecond, int withTag) {
        int flow = open(bytes, capBytesPerSecond, withTag);
        table.route(flow, links);
        added(flow);
        return flow;
    }

    /**
     * Starts flows that are alike as one: same size, same start, and links that look the same to each of them, so that all have one rate.
     * Of links that are alike one stands for all. {@link FlowClasses} finds such classes and proves them.
     *
     * @param links that stand for those the flows cross: distinct
     * @param flowsOnLink how many flows of this class cross each of these links, more than zero; kept, not copied
     * @param bytes of each flow, more than zero
     * @param capBytesPerSecond the most that each of them takes, more than zero; infinite for no limit
     * @param withTag handed back once, when all end
     * @return the class, until it ends; its remaining bytes and rate are those of one flow
     */
    public int startClass(int[] links, double[] flowsOnLink, double bytes, double capBytesPerSecond, int withTag) {
        checkWeights(links, flowsOnLink);
        int flow = open(bytes, capBytesPerSecond, withTag);
        table.route(flow, links, flowsOnLink);
        added(flow);
        return flow;
    }

    /** Ends a flow before its time, without telling; returns the bytes that it has not carried. */
    public double cancel(int flow) {
        double rest = remaining(flow);
        leave(flow, rest);
        finishes.remove(flow);
        table.give(flow);
        return rest;
    }

    /**
     * Moves a flow to other links; what it has carried stays carried.
     *
     * @param links distinct; none makes it wait
     */
    public void reroute(int flow, int[] links) {
        takeOff(flow);
        table.route(flow, links);
        added(flow);
    }

    /**
     * Moves a class of flows to other links, or to the same with other numbers of flows; what it has carried stays carried.
     *
     * @param links distinct; none makes it wait
     * @param flowsOnLink as in {@link #startClass}; kept, not copied
     */
    public void reroute(int flow, int[] links, double[] flowsOnLink) {
        checkWeights(links, flowsOnLink);
        takeOff(flow);
        table.route(flow, links, flowsOnLink);
        added(flow);
    }

    private void takeOff(int flow) {
        double rest = remaining(flow);
        leave(flow, rest);
        finishes.remove(flow);
        remaining[flow] = rest;
        routed[flow] = rest;
        settled[flow] = simulation.now();
    }

    /** Returns the bytes that a flow under way has still to carry. */
    public double remaining(int flow) {
        return Math.max(0, remaining[flow] - table.rate[flow] * SimTime.seconds(simulation.now() - settled[flow]));
    }

    /** Returns the present rate of a flow in bytes per second; zero if it waits, or has started in this very instant. */
    public double bytesPerSecond(int flow) {
        return table.rate[flow];
    }

    /**
     * Changes the capacity of a link from now on; flows on a link without capacity wait there.
     *
     * @param bytesPerSecond zero or more
     */
    public void capacity(int link, double bytesPerSecond) {
        checkCapacity(link, bytesPerSecond);
        capacity[link] = bytesPerSecond;
        use(link);
    }

    /**
     * Takes a constant rate off a link from now on, for traffic that is not simulated; what was taken before is given back.
     *
     * @param bytesPerSecond zero or more; what exceeds the capacity leaves nothing to the flows
     */
    public void background(int link, double bytesPerSecond) {
        checkCapacity(link, bytesPerSecond);
        background[link] = bytesPerSecond;
        use(link);
    }

    /** Returns the bytes that flows have carried over a link so far, without background traffic. */
    public double bytesCarried(int link) {
        double bytes = credited[link];
        for (int i = 0; i < table.flowCount[link]; i++) {
            int flow = table.flowsOn[link][i];
            if (routed[flow] < NEVER) {
                bytes += table.weightOn(link, i) * (routed[flow] - remaining(flow));
            }
        }
        return bytes;
    }

    /** Remembers from now on what links carried when; it costs a few additions each time a rate changes. */
    public void keepHistory() {
        history = new LinkHistory(capacity.length, simulation.now());
    }

    /**
     * Returns what a link carried over time, in bytes per second: the mean of each of at most 128 equal spans. Empty without {@link
     * #keepHistory}.
     *
     * @param name of the curve
     */
    public Series curve(int link, String name) {
        LinkHistory kept = history;
        if (kept == null) {
            return new Series(name, "B/s", new double[0], new double[0]);
        }
        long now = simulation.now();
        for (int i = 0; i < table.flowCount[link]; i++) {
            note(table.flowsOn[link][i], now);
        }
        return new Series(name, "B/s", kept.seconds(now), kept.rates(link, now));
    }

    /** Writes down what a flow has carried since it was settled, without settling it: only what has not been written yet. */
    private void note(int flow, long now) {
        LinkHistory kept = history;
        if (kept == null || noted[flow] >= now) {
            return;
        }
        long since = Math.max(noted[flow], settled[flow]);
        double carried = table.rate[flow] * SimTime.seconds(now - since);
        for (int i = 0; i < table.length[flow]; i++) {
            kept.add(table.path[flow][i], table.weight[flow][i] * carried, since, now);
        }
        noted[flow] = now;
    }

    /** Returns the rate of all flows on a link together, in bytes per second. */
    public double load(int link) {
        return rates.load(link);
    }

    /** Returns whether a flow is on exactly these links, in this order. */
    public boolean isOn(int flow, int[] links) {
        return Arrays.equals(table.path[flow], 0, table.length[flow], links, 0, links.length);
    }

    /** Returns whether a class is on exactly these links, in this order, with these numbers of flows. */
    public boolean isOn(int flow, int[] links, double[] flowsOnLink) {
        return isOn(flow, links) && Arrays.equals(table.weight[flow], 0, links.length, flowsOnLink, 0, links.length);
    }

    private static void checkWeights(int[] links, double[] flowsOnLink) {
        if (links.length != flowsOnLink.length) {
            throw new IllegalArgumentException("flowsOnLink (" + flowsOnLink.length
                    + " numbers) must have one number for each of the " + links.length + " links");
        }
        for (double flows : flowsOnLink) {
            if (!(flows > 0 && flows < NEVER)) {
                throw new IllegalArgumentException("flowsOnLink (" + flows
                        + ") must be more than zero\nMaybe leave out links that are not crossed.");
            }
        }
    }

    private int open(double bytes, double capBytesPerSecond, int withTag) {
        if (!(bytes > 0)) {
            throw new IllegalArgumentException("bytes (" + bytes + ") must be more than zero");
        }
        if (!(capBytesPerSecond > 0)) {
            throw new IllegalArgumentException("capBytesPerSecond (" + capBytesPerSecond + ") must be more than zero");
        }
        int flow = table.take();
        if (tag.length < table.room()) {
            grow(table.room());
        }
        table.cap[flow] = capBytesPerSecond;
        tag[flow] = withTag;
        remaining[flow] = bytes;
        routed[flow] = bytes;
        settled[flow] = simulation.now();
        noted[flow] = simulation.now();
        finishes.number(flow, started++);
        return flow;
    }

    private void added(int flow) {
        rates.added(flow);
        changed();
    }

    /** Takes a flow off its links, crediting them with what it has carried. */
    private void leave(int flow, double rest) {
        note(flow, simulation.now());
        double carried = routed[flow] < NEVER ? routed[flow] - rest : 0;
        for (int i = 0; i < table.length[flow]; i++) {
            credited[table.path[flow][i]] += table.weight[flow][i] * carried;
        }
        rates.removing(flow);
        table.unroute(flow);
        changed();
    }

    private void use(int link) {
        double now = Math.max(0, capacity[link] - background[link]);
        if (now != usable[link]) {
            rates.changeCapacity(link, now);
            changed();
        }
    }

    private void changed() {
        if (!solvePending) {
            solvePending = true;
            // Last in its instant, so that what ends, and what starts because of it, is solved together.
            simulation.schedule(0, Priority.OBSERVE, solving, 0);
        }
    }

    private void endDue() {
        endHandle = EventHandle.NONE;
        long now = simulation.now();
        while (!finishes.isEmpty() && finishes.firstTime() <= now) {
            int flow = finishes.first();
            finishes.remove(flow);
            leave(flow, 0);
            int ended = tag[flow];
            table.give(flow);
            finished.accept(ended);
        }
        awaitFirst();
    }

    private void solve() {
        solvePending = false;
        int count = rates.solve();
        long now = simulation.now();
        boolean rebuild = count > finishes.size() / REBUILD_PART;
        for (int i = 0; i < count; i++) {
            int flow = rates.touched(i);
            double before = table.rate[flow];
            double after = rates.level(flow);
            if (Math.abs(after - before) <= SAME * before) {
                continue;
            }
            note(flow, now);
            remaining[flow] = remaining(flow);
            settled[flow] = now;
            table.rate[flow] = after;
            if (after == 0 || remaining[flow] == NEVER) {
                if (rebuild) {
                    finishes.removeUnordered(flow);
                } else {
                    finishes.remove(flow);
                }
                continue;
            }
            long at = Math.addExact(now, SimTime.nanos(remaining[flow] / after));
            if (rebuild) {
                finishes.putUnordered(flow, at);
            } else {
                finishes.put(flow, at);
            }
        }
        if (rebuild) {
            finishes.build();
        }
        awaitFirst();
    }

    private void awaitFirst() {
        if (finishes.isEmpty()) {
            if (endHandle != EventHandle.NONE) {
                simulation.cancel(endHandle);
                endHandle = EventHandle.NONE;
            }
            return;
        }
        long first = Math.max(simulation.now(), finishes.firstTime());
        if (endHandle == EventHandle.NONE) {
            endHandle = simulation.scheduleAt(first, ending, 0);
            endsAt = first;
        } else if (first != endsAt) {
            endHandle = simulation.reschedule(endHandle, first);
            endsAt = first;
        }
    }

    private void grow(int room) {
        tag = Arrays.copyOf(tag, room);
        remaining = Arrays.copyOf(remaining, room);
        routed = Arrays.copyOf(routed, room);
        settled = Arrays.copyOf(settled, room);
        noted = Arrays.copyOf(noted, room);
        rates.grow(room);
        finishes.grow(room);
    }

    private static void checkCapacity(int link, double bytesPerSecond) {
        if (!(bytesPerSecond >= 0 && bytesPerSecond < NEVER)) {
            throw new IllegalArgumentException(
                    "bytes per second (" + bytesPerSecond + ") of link " + link + " must be zero or more, and finite");
        }
    }
}
