package org.motleysim.hardware.network;

import java.util.Arrays;

/**
 * Max-min fair rates of the flows of a {@link FlowTable}, solved again where something has changed.
 *
 * <p><b>Progressive filling</b> (Bertsekas and Gallager, Data Networks, 2nd ed., 6.5.2). The rates of all flows rise together. When a
 * link is full, its flows stay at that level; the others go on. Links wait in a heap by the level at which they would be full, which
 * only rises while flows are fixed elsewhere, so a link is moved in the heap only when it is its turn and its level is out of date.
 *
 * <p><b>What can change.</b> Seen as filling, a flow that ended at rate r has made no difference below level r: none of its links was
 * full there. A flow that starts makes none below the level at which the first of its links is full, counting it. So flows below the
 * least of these levels, the <i>floor</i>, keep their rates. Above it, a change goes from flow to flow only over links that are full,
 * before or after. The flows reached that way from the links where something has changed are solved, with what the others hold taken
 * off. Should a link that was not full turn out to limit flows to less than a flow has that was left out, this one is taken in, with
 * the flows behind it, and the filling starts over; after a few times all links are followed.
 *
 * <p><b>Work.</b> With F flows reached, on L links, of paths of length p: O(F p + L log L), whatever the number of flows elsewhere.
 */
final class FairRates {
    private static final int NONE = -1;

    /** Levels this close count as equal where more work is the only harm. */
    private static final double NEAR = 1e-9;

    /** A held rate that a link undercuts by less is held: rounding of sums. */
    private static final double ROUNDING = 1e-12;

    /** After so many new starts of one filling, follow all links. */
    private static final int RESTARTS = 3;

    private static final int NEWTON_STEPS = 8;

    private final FlowTable table;
    private final double[] capacity;
    private final double[] load; // of all flows at their rates, as of the last solution

    private final int[] dirty;
    private int dirtyLinks;
    private final boolean[] isDirty;
    private double floor = Double.POSITIVE_INFINITY;

    private final boolean[] linkSeen;
    private final boolean[] scanned; // all flows of the link from the floor up are touched
    private final int[] component;
    private int componentLinks;
    private final double[] left;
    private final double[] open; // weight of the flows without a level
    private final int[] openCount;
    private final LevelHeap links = new LevelHeap();
    private final LevelHeap caps = new LevelHeap();

    private boolean[] flowSeen = new boolean[0];
    private double[] level = new double[0];
    private int[] touched = new int[0];
    private int touchedFlows;

    FairRates(FlowTable table, double[] capacity) {
        int count = capacity.length;
        this.table = table;
        this.capacity = capacity;
        this.load = new double[count];
        this.dirty = new int[count];
        this.isDirty = new boolean[count];
        this.linkSeen = new boolean[count];
        this.scanned = new boolean[count];
        this.component = new int[count];
        this.left = new double[count];
        this.open = new double[count];
        this.openCount = new int[count];
    }

    void grow(int flows) {
        flowSeen = Arrays.copyOf(flowSeen, flows);
        level = Arrays.copyOf(level, flows);
        touched = Arrays.copyOf(touched, flows);
    }

    /** Notes a flow just put on its links. */
    void added(int flow) {
        table.fresh[flow] = true;
        table.rate[flow] = 0;
        for (int i = 0; i < table.length[flow]; i++) {
            mark(table.path[flow][i]);
        }
    }

    /** Notes a flow about to be taken off its links. */
    void removing(int flow) {
        double rate = table.rate[flow];
        if (!table.fresh[flow]) {
            floor = Math.min(floor, rate);
        }
        for (int i = 0; i < table.length[flow]; i++) {
            int link = table.path[flow][i];
            load[link] = table.flowCount[link] == 1 ? 0 : load[link] - table.weight[flow][i] * rate;
            mark(link);
        }
    }

    void changeCapacity(int link, double bytesPerSecond) {
        floor = Math.min(floor, levelOf(link, Math.min(capacity[link], bytesPerSecond)));
        capacity[link] = bytesPerSecond;
        mark(link);
    }

    double load(int link) {
        return load[link];
    }

    private void mark(int link) {
        if (!isDirty[link]) {
            isDirty[link] = true;
            dirty[dirtyLinks++] = link;
        }
    }

    /**
     * Solves what has changed since the last time. The flows that may have another rate now are the first of {@link #touched} flows,
     * their rates {@link #level}.
     */
    int solve() {
        for (int i = 0; i < dirtyLinks; i++) {
            lowerFloorForFresh(dirty[i]);
        }
        touchedFlows = 0;
        for (int i = 0; i < dirtyLinks; i++) {
            see(dirty[i]);
        }
        expand(false);
        for (int restarts = 0; !fill(); restarts++) {
            expand(restarts >= RESTARTS);
        }
        for (int i = 0; i < componentLinks; i++) {
            int link = component[i];
            load[link] = table.flowCount[link] == 0 ? 0 : capacity[link] - left[link];
            linkSeen[link] = false;
            scanned[link] = false;
        }
        for (int i = 0; i < dirtyLinks; i++) {
            isDirty[dirty[i]] = false;
        }
        for (int i = 0; i < touchedFlows; i++) {
            flowSeen[touched[i]] = false;
            table.fresh[touched[i]] = false;
        }
        componentLinks = 0;
        dirtyLinks = 0;
        floor = Double.POSITIVE_INFINITY;
        return touchedFlows;
    }

    int touched(int index) {
        return touched[index];
    }

    double level(int flow) {
        return level[flow];
    }

    private void lowerFloorForFresh(int link) {
        boolean any = false;
        int[] on = table.flowsOn[link];
        for (int i = 0; i < table.flowCount[link]; i++) {
            if (table.fresh[on[i]]) {
                any = true;
                floor = Math.min(floor, table.cap[on[i]]);
            }
        }
        if (any) {
            floor = Math.min(floor, levelOf(link, capacity[link]));
        }
    }

    /** The level at which a link of this capacity is full if its flows rise to their present rates, fresh ones without end. */
    private double levelOf(int link, double bytesPerSecond) {
        int[] on = table.flowsOn[link];
        int count = table.flowCount[link];
        double full = 0;
        // The sum of min(rate, level) is concave in the level: Newton's method comes from below and ends after a few
        // steps.
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double below = 0;
            double rising = 0;
            for (int i = 0; i < count; i++) {
                int flow = on[i];
                double weight = table.weightOn(link, i);
                if (!table.fresh[flow] && table.rate[flow] < full) {
                    below += weight * table.rate[flow];
                } else {
                    rising += weight;
                }
            }
            if (rising == 0) {
                // Rounding may have lifted the level of a full link above all its flows.
                return below < bytesPerSecond * (1 - NEAR) ? Double.POSITIVE_INFINITY : full;
            }
            double next = Math.max(0, bytesPerSecond - below) / rising;
            if (!(next > full)) {
                break;
            }
            full = next;
        }
        return full;
    }

    private void see(int link) {
        if (!linkSeen[link]) {
            linkSeen[link] = true;
            component[componentLinks++] = link;
        }
    }

    /** Takes in all flows from the floor up that are connected over links that are full, or were changed. */
    private void expand(boolean everywhere) {
        double lowest = floor * (1 - NEAR);
        for (int next = 0; next < componentLinks; next++) {
            int link = component[next];
            if (scanned[link] || !(everywhere || isDirty[link] || load[link] >= capacity[link] * (1 - NEAR))) {
                continue;
            }
            scan(link, lowest);
        }
    }

    private void scan(int link, double lowest) {
        scanned[link] = true;
        int[] on = table.flowsOn[link];
        for (int i = 0; i < table.flowCount[link]; i++) {
            int flow = on[i];
            if (!flowSeen[flow] && (table.fresh[flow] || table.rate[flow] >= lowest)) {
                flowSeen[flow] = true;
                touched[touchedFlows++] = flow;
                int[] path = table.path[flow];
                for (int step = 0; step < table.length[flow]; step++) {
                    see(path[step]);
                }
            }
        }
    }

    private void prepare() {
        for (int i = 0; i < componentLinks; i++) {
            int link = component[i];
            left[link] = capacity[link] - (scanned[link] ? held(link) : load[link]);
            open[link] = 0;
            openCount[link] = 0;
        }
        caps.clear();
        for (int i = 0; i < touchedFlows; i++) {
            int flow = touched[i];
            level[flow] = NONE;
            int[] path = table.path[flow];
            double[] weight = table.weight[flow];
            double rate = table.rate[flow];
            for (int step = 0; step < table.length[flow]; step++) {
                int link = path[step];
                open[link] += weight[step];
                openCount[link]++;
                if (!scanned[link]) {
                    left[link] += weight[step] * rate;
                }
            }
            if (table.cap[flow] < Double.POSITIVE_INFINITY) {
                caps.append(flow, table.cap[flow]);
            }
        }
        links.clear();
        for (int i = 0; i < componentLinks; i++) {
            int link = component[i];
            if (openCount[link] > 0) {
                links.append(link, share(link));
            }
        }
        links.build();
        caps.build();
    }

    /** What flows that are not touched hold of a link. */
    private double held(int link) {
        int[] on = table.flowsOn[link];
        double sum = 0;
        for (int i = 0; i < table.flowCount[link]; i++) {
            if (!flowSeen[on[i]]) {
                sum += table.weightOn(link, i) * table.rate[on[i]];
            }
        }
        return sum;
    }

    private double share(int link) {
        return Math.max(0, left[link]) / open[link];
    }

    /** Returns false when a link limits a flow that was left out; then this link will be followed. */
    private boolean fill() {
        prepare();
        int unfixed = touchedFlows;
        while (unfixed > 0 && !links.isEmpty()) {
            int link = links.first();
            if (openCount[link] == 0) {
                links.removeFirst();
                continue;
            }
            double share = share(link);
            if (share > links.firstLevel()) {
                links.raiseFirst(share);
                continue;
            }
            if (!caps.isEmpty() && caps.firstLevel() <= share) {
                int flow = caps.first();
                caps.removeFirst();
                if (level[flow] < 0) {
                    fix(flow, table.cap[flow]);
                    unfixed--;
                }
                continue;
            }
            links.removeFirst();
            int[] on = table.flowsOn[link];
            for (int i = 0; i < table.flowCount[link]; i++) {
                int flow = on[i];
                if (!flowSeen[flow]) {
                    if (!scanned[link] && table.rate[flow] > share * (1 + ROUNDING)) {
                        scan(link, floor * (1 - NEAR));
                        return false;
                    }
                } else if (level[flow] < 0) {
                    fix(flow, share);
                    unfixed--;
                }
            }
        }
        // What is left crosses no link at all, or only its own cap limits it.
        for (int i = 0; unfixed > 0 && i < touchedFlows; i++) {
            if (level[touched[i]] < 0) {
                fix(touched[i], table.cap[touched[i]]);
                unfixed--;
            }
        }
        return true;
    }

    private void fix(int flow, double rate) {
        level[flow] = rate;
        int[] path = table.path[flow];
        double[] weight = table.weight[flow];
        for (int step = 0; step < table.length[flow]; step++) {
            int link = path[step];
            open[link] -= weight[step];
            openCount[link]--;
            left[link] -= weight[step] * rate;
        }
    }
}
