package org.motleysim.hardware.network;

import java.util.Arrays;

/**
 * Max-min fair rates of the flows of a {@link FlowTable}, solved again where something has changed.
 *
 * <p><b>Progressive filling</b> (Bertsekas and Gallager, Data Networks, 2nd ed., 6.5.2). The rates of all flows rise together. When a
 * link is full, its flows stay at that level; the others go on. Links wait in a heap by the level at which they would be full, which
 * only rises while flows are fixed elsewhere, so a link is moved in the heap only when it is its turn and its level is out of date.
 *
 * <p><b>What can change.</b> Each flow is held at its rate by one full link on which no flow has more, or by its own cap. A flow changes
 * only if the link that holds it does, or if another of its links now gives it less. So a change is followed: where a link has changed,
 * the flows that it holds are taken in; the full links that these cross change with them; and so on. Flows that others hold keep their
 * rates, and what they hold is taken off. Then the flows taken in are filled, by these links
 * alone. Should another link be given more than it has, it takes part, too. Should a link be full at a level below the rate of a flow
 * that was left out, this flow is taken in, with what follows from it, and the filling starts over. When there is none, each flow is
 * held by a full link on which no flow has more, which makes the rates the max-min fair ones. For a link with more on it than before, the
 * level at which it will be full is estimated first, so that the flows above are taken in at once.
 *
 * <p><b>Work.</b> With F flows taken in, on L links, of paths of length p, and n flows on those links: O(F p + n + L log L), for each start
 * of the filling; whatever the number of flows elsewhere.
 */
final class FairRates {
    private static final int NONE = -1;

    /** Levels this close count as equal where more work is the only harm. */
    private static final double NEAR = 1e-9;

    /** A held rate that a link undercuts by less is held: rounding of sums. */
    private static final double ROUNDING = 1e-12;

    /** After so many new starts of one filling, follow all links. */
    private static final int RESTARTS = 20;

    private static final int NEWTON_STEPS = 8;

    private final FlowTable table;
    private final double[] capacity;
    private final double[] load; // of all flows at their rates, as of the last solution

    private final int[] dirty;
    private int dirtyLinks;
    private final boolean[] isDirty;
    private final boolean[] tighter; // by link: has less room than before

    private final boolean[] linkSeen;
    private final boolean[]
            scanned; // can be full: all flows that the link holds are touched, and it takes part in the filling
    private final int[] component;
    private int componentLinks;
    private final double[] left;
    private final double[] open; // weight of the flows without a level
    private final int[] openCount;
    private final LevelHeap links = new LevelHeap();
    private final LevelHeap caps = new LevelHeap();

    private boolean[] flowSeen = new boolean[0];
    private double[] level = new double[0]; // of flows that are not touched, their rates
    private int[] heldBy = new int[0];
    private int[] touched = new int[0];
    private int touchedFlows;

    FairRates(FlowTable table, double[] capacity) {
        int count = capacity.length;
        this.table = table;
        this.capacity = capacity;
        this.load = new double[count];
        this.dirty = new int[count];
        this.isDirty = new boolean[count];
        this.tighter = new boolean[count];
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
        heldBy = Arrays.copyOf(heldBy, flows);
        touched = Arrays.copyOf(touched, flows);
    }

    /** Notes a flow just put on its links. */
    void added(int flow) {
        table.fresh[flow] = true;
        table.rate[flow] = 0;
        table.limit[flow] = NONE;
        for (int i = 0; i < table.length[flow]; i++) {
            mark(table.path[flow][i]);
            tighter[table.path[flow][i]] = true;
        }
    }

    /** Notes a flow about to be taken off its links. */
    void removing(int flow) {
        double rate = table.rate[flow];
        for (int i = 0; i < table.length[flow]; i++) {
            int link = table.path[flow][i];
            load[link] = table.flowCount[link] == 1 ? 0 : load[link] - table.weight[flow][i] * rate;
            mark(link);
        }
    }

    void changeCapacity(int link, double bytesPerSecond) {
        tighter[link] |= bytesPerSecond < capacity[link];
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
        touchedFlows = 0;
        for (int i = 0; i < dirtyLinks; i++) {
            see(dirty[i]);
            if (tighter[dirty[i]]) {
                tighter[dirty[i]] = false;
                touchFrom(dirty[i], levelOf(dirty[i]) * (1 - NEAR));
            }
        }
        expand(false);
        for (int restarts = 1; !fill(); restarts++) {
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
            table.limit[touched[i]] = heldBy[touched[i]];
        }
        componentLinks = 0;
        dirtyLinks = 0;
        return touchedFlows;
    }

    int touched(int index) {
        return touched[index];
    }

    double level(int flow) {
        return level[flow];
    }

    /** Takes in the flows of a link from a rate on, and all fresh ones. */
    private void touchFrom(int link, double rate) {
        int[] on = table.flowsOn[link];
        for (int i = 0; i < table.flowCount[link]; i++) {
            if (table.fresh[on[i]] || table.rate[on[i]] >= rate) {
                touch(on[i]);
            }
        }
    }

    /** The level at which a link is full if its flows rise to their present rates, fresh ones without end. */
    private double levelOf(int link) {
        double bytesPerSecond = capacity[link];
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

    /** Takes in the flows held by links that have changed, or are full and crossed by a flow taken in; or all flows of all links. */
    private void expand(boolean everything) {
        for (int next = 0; next < componentLinks; next++) {
            int link = component[next];
            if (everything) {
                scanned[link] = true;
                touchFrom(link, 0);
            } else if (!scanned[link] && (isDirty[link] || load[link] >= capacity[link] * (1 - NEAR))) {
                scanned[link] = true;
                int[] on = table.flowsOn[link];
                for (int i = 0; i < table.flowCount[link]; i++) {
                    if (table.limit[on[i]] == link) {
                        touch(on[i]);
                    }
                }
            }
        }
    }

    private void touch(int flow) {
        if (flowSeen[flow]) {
            return;
        }
        flowSeen[flow] = true;
        touched[touchedFlows++] = flow;
        int[] path = table.path[flow];
        for (int step = 0; step < table.length[flow]; step++) {
            see(path[step]);
        }
    }

    private void prepare() {
        for (int i = 0; i < componentLinks; i++) {
            int link = component[i];
            left[link] = capacity[link] - load[link];
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
                left[link] += weight[step] * rate;
            }
            if (table.cap[flow] < Double.POSITIVE_INFINITY) {
                caps.append(flow, table.cap[flow]);
            }
        }
        links.clear();
        for (int i = 0; i < componentLinks; i++) {
            int link = component[i];
            if (openCount[link] == table.flowCount[link]) {
                left[link] = capacity[link]; // without the rounding of sums taken one after the other
            }
            if (openCount[link] > 0 && scanned[link]) {
                links.append(link, share(link));
            }
        }
        links.build();
        caps.build();
    }

    private double share(int link) {
        return Math.max(0, left[link]) / open[link];
    }

    /** Returns false when links gave less than flows have that were left out; these are taken in then. */
    private boolean fill() {
        prepare();
        int filled = touchedFlows;
        int unfixed = filled;
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
                    fix(flow, table.cap[flow], NONE);
                    unfixed--;
                }
                continue;
            }
            links.removeFirst();
            int[] on = table.flowsOn[link];
            for (int i = 0; i < table.flowCount[link]; i++) {
                int flow = on[i];
                double known = level[flow];
                if (known < 0) {
                    fix(flow, share, link);
                    unfixed--;
                } else if (known > share * (1 + ROUNDING) && !flowSeen[flow]) {
                    touch(flow); // for the next filling; in this one it is held
                }
            }
        }
        // What is left crosses no link at all, or only its own cap limits it.
        for (int i = 0; unfixed > 0 && i < filled; i++) {
            if (level[touched[i]] < 0) {
                fix(touched[i], table.cap[touched[i]], NONE);
                unfixed--;
            }
        }
        boolean more = overfull();
        return touchedFlows == filled && !more;
    }

    /** Takes in links that were not full and have been given more than they have. */
    private boolean overfull() {
        boolean any = false;
        for (int i = 0; i < componentLinks; i++) {
            int link = component[i];
            if (!scanned[link] && left[link] < -ROUNDING * capacity[link]) {
                scanned[link] = true; // it held no flow, so there is none to take in
                any = true;
            }
        }
        return any;
    }

    private void fix(int flow, double rate, int link) {
        level[flow] = rate;
        heldBy[flow] = link;
        occupy(flow, rate);
    }

    private void occupy(int flow, double rate) {
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
