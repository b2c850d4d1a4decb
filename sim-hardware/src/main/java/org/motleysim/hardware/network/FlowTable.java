package org.motleysim.hardware.network;

import java.util.Arrays;

/** Which flow crosses which links, in reused slots: the path of each flow, and the flows on each link. */
final class FlowTable {
    private static final int NONE = -1;

    // By flow.
    int[][] path = new int[0][];
    double[][] weight = new double[0][]; // of a flow on the links of its path
    int[] length = new int[0]; // of the path; the arrays may be longer
    double[] rate = new double[0]; // bytes per second
    double[] cap = new double[0]; // the most it takes
    boolean[] fresh = new boolean[0]; // has not been given a rate yet
    int[] limit = new int[0]; // the link that holds it at its rate, or none when its cap does
    private int[][] place = new int[0][]; // index in flowsOn of the links of its path
    private int[] free = new int[0]; // next free slot
    private int freeFlow = NONE;
    private int flows;

    // By link.
    final int[][] flowsOn;
    final int[] flowCount;
    private final int[][] stepOn; // which step of its path the flow is on

    private double[] ones = {1, 1, 1, 1};

    FlowTable(int links) {
        this.flowsOn = new int[links][4];
        this.stepOn = new int[links][4];
        this.flowCount = new int[links];
    }

    /** Room for flows; a slot is below this. */
    int room() {
        return path.length;
    }

    /** Takes a slot; the caller looks whether {@link #room} has grown. */
    int take() {
        if (freeFlow != NONE) {
            int flow = freeFlow;
            freeFlow = free[flow];
            return flow;
        }
        if (flows == path.length) {
            int larger = Math.max(16, 2 * flows);
            path = Arrays.copyOf(path, larger);
            weight = Arrays.copyOf(weight, larger);
            length = Arrays.copyOf(length, larger);
            rate = Arrays.copyOf(rate, larger);
            cap = Arrays.copyOf(cap, larger);
            fresh = Arrays.copyOf(fresh, larger);
            limit = Arrays.copyOf(limit, larger);
            place = Arrays.copyOf(place, larger);
            free = Arrays.copyOf(free, larger);
            for (int i = flows; i < larger; i++) {
                path[i] = new int[4];
                place[i] = new int[4];
                weight[i] = ones;
            }
        }
        return flows++;
    }

    void give(int flow) {
        free[flow] = freeFlow;
        freeFlow = flow;
    }

    /** Puts a flow on links, once each. */
    void route(int flow, int[] links) {
        if (ones.length < links.length) {
            ones = new double[2 * links.length];
            Arrays.fill(ones, 1);
        }
        route(flow, links, ones);
    }

    /** Puts a flow on links, with these weights; the weights are kept, the links copied. */
    void route(int flow, int[] links, double[] weights) {
        if (path[flow].length < links.length) {
            path[flow] = new int[links.length];
            place[flow] = new int[links.length];
        }
        weight[flow] = weights;
        length[flow] = links.length;
        for (int i = 0; i < links.length; i++) {
            int link = links[i];
            int count = flowCount[link];
            if (count == flowsOn[link].length) {
                flowsOn[link] = Arrays.copyOf(flowsOn[link], 2 * count);
                stepOn[link] = Arrays.copyOf(stepOn[link], 2 * count);
            }
            path[flow][i] = link;
            place[flow][i] = count;
            flowsOn[link][count] = flow;
            stepOn[link][count] = i;
            flowCount[link] = count + 1;
        }
    }

    /** Takes a flow off its links. */
    void unroute(int flow) {
        for (int i = 0; i < length[flow]; i++) {
            int link = path[flow][i];
            int at = place[flow][i];
            int last = --flowCount[link];
            int moved = flowsOn[link][last];
            int step = stepOn[link][last];
            flowsOn[link][at] = moved;
            stepOn[link][at] = step;
            place[moved][step] = at;
        }
        length[flow] = 0;
    }

    /** The weight with which the flow at an index of a link is on it. */
    double weightOn(int link, int index) {
        return weight[flowsOn[link][index]][stepOn[link][index]];
    }
}
