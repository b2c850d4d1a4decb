package org.motleysim.hardware.network;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;

/**
 * Flows over links of fixed capacity, with max-min fair rates at all times (Bertsekas and Gallager, Data Networks, 2nd ed., section
 * 6.5.2).
 *
 * <p><b>Rates.</b> Progressive filling: the link with the least capacity per unfixed flow fixes its flows at that share; what they use
 * elsewhere is taken off; repeat. The rates are exact, not iterated.
 *
 * <p><b>Work.</b> Rates change only when a flow starts or ends, and only within the connected component of links and flows it touches;
 * the rest keeps its rates and events. All starts and ends of one instant are solved together, by one event at the end of the queue of
 * that instant. Solving a component of F flows and L links takes O(F + L x rounds), rounds at most L.
 *
 * <p><b>Bytes.</b> A flow's remaining bytes are settled only when its rate really changes, so a flow that keeps its rate ends exactly
 * where its first schedule put it, to the nanosecond.
 *
 * <p>The links are anything that is shared: cables, buses, the bandwidth of a memory. Used by the thread of the simulation.
 */
public final class MaxMinFlows {
    private static final int NONE = -1;

    private final Simulation simulation;
    private final IntConsumer finished;
    private final EventType ending;
    private final EventType solving;

    private final double[] capacity;
    private final int[][] flowsOn; // per link: the flows on it
    private final int[] flowCount;
    private final double[] left; // solver: capacity not yet given away
    private final int[] unfixed; // solver: flows without a rate
    private final boolean[] linkSeen;
    private final int[] component; // links of the component being solved
    private int componentLinks;
    private final int[] dirty; // links where a flow started or ended in this instant
    private int dirtyLinks;
    private final boolean[] isDirty;
    private boolean solvePending;

    private int[][] path = new int[16][];
    private int[][] place = new int[16][]; // place[f][i]: index of f in flowsOn[path[f][i]]
    private int[] tag = new int[16];
    private double[] remaining = new double[16]; // bytes at time settled
    private double[] rate = new double[16];
    private double[] newRate = new double[16];
    private long[] settled = new long[16];
    private long[] end = new long[16]; // event handle
    private boolean[] flowSeen = new boolean[16];
    private int[] touched = new int[16]; // flows of the component being solved
    private int touchedFlows;
    private int flows;
    private int freeFlow = NONE; // head of the list of free flows, linked through tag[]

    /**
     * Creates links without flows.
     *
     * @param bytesPerSecond capacity of each link, more than zero
     * @param finished told the tag of each flow that ends
     */
    public MaxMinFlows(Simulation simulation, double[] bytesPerSecond, IntConsumer finished) {
        int links = bytesPerSecond.length;
        this.simulation = simulation;
        this.finished = finished;
        this.capacity = bytesPerSecond.clone();
        this.flowsOn = new int[links][4];
        this.flowCount = new int[links];
        this.left = new double[links];
        this.unfixed = new int[links];
        this.linkSeen = new boolean[links];
        this.component = new int[links];
        this.dirty = new int[links];
        this.isDirty = new boolean[links];
        this.ending = simulation.register("flow-end", flow -> end((int) flow));
        this.solving = simulation.register("flow-rates", unused -> solve());
    }

    /**
     * Starts a flow.
     *
     * @param links that it crosses: distinct, at least one; kept, not copied
     * @param bytes more than zero
     * @param withTag handed back when it ends
     * @return the flow, for {@link #remaining} until it ends
     */
    public int start(int[] links, double bytes, int withTag) {
        int flow = takeFlow();
        path[flow] = links;
        place[flow] = new int[links.length];
        tag[flow] = withTag;
        remaining[flow] = bytes;
        rate[flow] = 0;
        settled[flow] = simulation.now();
        end[flow] = EventHandle.NONE;
        for (int i = 0; i < links.length; i++) {
            int link = links[i];
            if (flowCount[link] == flowsOn[link].length) {
                flowsOn[link] = Arrays.copyOf(flowsOn[link], 2 * flowCount[link]);
            }
            place[flow][i] = flowCount[link];
            flowsOn[link][flowCount[link]++] = flow;
            markDirty(link);
        }
        return flow;
    }

    /** Returns the bytes that a flow under way has still to carry. */
    public double remaining(int flow) {
        return Math.max(0, remaining[flow] - rate[flow] * SimTime.seconds(simulation.now() - settled[flow]));
    }

    private void end(int flow) {
        int[] links = path[flow];
        for (int i = 0; i < links.length; i++) {
            remove(links[i], place[flow][i]);
            markDirty(links[i]);
        }
        int endedTag = tag[flow];
        tag[flow] = freeFlow;
        freeFlow = flow;
        finished.accept(endedTag);
    }

    private void remove(int link, int index) {
        int last = flowsOn[link][--flowCount[link]];
        flowsOn[link][index] = last;
        int[] linksOfLast = path[last];
        for (int i = 0; i < linksOfLast.length; i++) {
            if (linksOfLast[i] == link) {
                place[last][i] = index;
            }
        }
    }

    private void markDirty(int link) {
        if (!isDirty[link]) {
            isDirty[link] = true;
            dirty[dirtyLinks++] = link;
        }
        if (!solvePending) {
            solvePending = true;
            simulation.schedule(0, solving, 0);
        }
    }

    private void solve() {
        solvePending = false;
        int count = dirtyLinks;
        dirtyLinks = 0;
        for (int i = 0; i < count; i++) {
            isDirty[dirty[i]] = false;
        }
        for (int i = 0; i < count; i++) {
            if (!linkSeen[dirty[i]]) {
                int first = componentLinks;
                collect(dirty[i]);
                fill(first);
                apply();
            }
        }
        for (int i = 0; i < componentLinks; i++) {
            linkSeen[component[i]] = false;
        }
        componentLinks = 0;
    }

    /** Gathers the links and flows connected to a link, breadth first. */
    private void collect(int seed) {
        int next = componentLinks;
        see(seed);
        while (next < componentLinks) {
            int link = component[next++];
            for (int i = 0; i < flowCount[link]; i++) {
                int flow = flowsOn[link][i];
                if (!flowSeen[flow]) {
                    flowSeen[flow] = true;
                    touched[touchedFlows++] = flow;
                    newRate[flow] = NONE;
                    for (int other : path[flow]) {
                        see(other);
                    }
                }
            }
        }
    }

    private void see(int link) {
        if (!linkSeen[link]) {
            linkSeen[link] = true;
            component[componentLinks++] = link;
            left[link] = capacity[link];
            unfixed[link] = flowCount[link];
        }
    }

    /** Progressive filling over the links from {@code first} on. */
    private void fill(int first) {
        int fixed = 0;
        while (fixed < touchedFlows) {
            int bottleneck = NONE;
            double least = Double.POSITIVE_INFINITY;
            for (int i = first; i < componentLinks; i++) {
                int link = component[i];
                if (unfixed[link] > 0 && left[link] / unfixed[link] < least) {
                    least = left[link] / unfixed[link];
                    bottleneck = link;
                }
            }
            for (int i = 0; i < flowCount[bottleneck]; i++) {
                int flow = flowsOn[bottleneck][i];
                if (newRate[flow] >= 0) {
                    continue;
                }
                newRate[flow] = least;
                fixed++;
                for (int link : path[flow]) {
                    unfixed[link]--;
                    left[link] = Math.max(0, left[link] - least);
                }
            }
        }
    }

    /** Gives the touched flows their new rates and end times. */
    private void apply() {
        long now = simulation.now();
        for (int i = 0; i < touchedFlows; i++) {
            int flow = touched[i];
            flowSeen[flow] = false;
            if (newRate[flow] == rate[flow]) {
                continue;
            }
            double moved = rate[flow] * SimTime.seconds(now - settled[flow]);
            remaining[flow] = Math.max(0, remaining[flow] - moved);
            settled[flow] = now;
            rate[flow] = newRate[flow];
            long at = Math.addExact(now, SimTime.nanos(remaining[flow] / rate[flow]));
            end[flow] = end[flow] == EventHandle.NONE
                    ? simulation.scheduleAt(at, ending, flow)
                    : simulation.reschedule(end[flow], at);
        }
        touchedFlows = 0;
    }

    private int takeFlow() {
        if (freeFlow != NONE) {
            int flow = freeFlow;
            freeFlow = tag[flow];
            return flow;
        }
        if (flows == tag.length) {
            int larger = flows * 2;
            path = Arrays.copyOf(path, larger);
            place = Arrays.copyOf(place, larger);
            tag = Arrays.copyOf(tag, larger);
            remaining = Arrays.copyOf(remaining, larger);
            rate = Arrays.copyOf(rate, larger);
            newRate = Arrays.copyOf(newRate, larger);
            settled = Arrays.copyOf(settled, larger);
            end = Arrays.copyOf(end, larger);
            flowSeen = Arrays.copyOf(flowSeen, larger);
            touched = Arrays.copyOf(touched, larger);
        }
        return flows++;
    }
}
