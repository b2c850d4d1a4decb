package org.motleysim.workloads.graph;

import java.util.BitSet;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.workloads.Balance;

/** What flows along edges: how much has left, has come, and is on its way. */
final class EdgeBook {
    private final TaskGraph graph;
    private final TaskLog log;
    private final BitSet arrivedEdges = new BitSet();
    private long sentBytes;
    private long movedBytes;
    private long arrivedBytes;

    EdgeBook(TaskLog log) {
        this.graph = log.graph();
        this.log = log;
    }

    /** What goes over the wire: whole bytes. */
    long wireBytes(int edge) {
        return (long) Math.ceil(graph.bytes(edge));
    }

    void sent(int edge, boolean moves) {
        long bytes = wireBytes(edge);
        sentBytes += bytes;
        movedBytes += moves ? bytes : 0;
    }

    void arrived(int edge) {
        arrivedBytes += wireBytes(edge);
        arrivedEdges.set(edge);
    }

    /** What left has come or is on its way. The latter is counted by edge: the task before is done, the one behind has a device. */
    Balance balance() {
        long underWay = 0;
        for (int edge = arrivedEdges.nextClearBit(0);
                edge < graph.edges();
                edge = arrivedEdges.nextClearBit(edge + 1)) {
            boolean left = log.finishNanos[graph.source(edge)] != TaskLog.ABSENT
                    && log.device[graph.target(edge)] != TaskLog.ABSENT;
            underWay += left ? wireBytes(edge) : 0;
        }
        return Balance.exact("bytes between tasks", sentBytes, arrivedBytes + underWay);
    }

    void put(MetricSet.Builder metrics) {
        metrics.put("communication.bytes", (double) movedBytes, "B");
    }
}
