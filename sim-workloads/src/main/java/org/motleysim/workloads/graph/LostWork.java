package org.motleysim.workloads.graph;

import org.motleysim.core.engine.SimTime;
import org.motleysim.core.metric.MetricSet;

/** What was computed in vain, because a device went down or an upset was noticed: it is charged to no task. */
final class LostWork {
    private final TaskLog log;
    private int outages;
    private int upsets;
    private long nanos;
    private double joules;
    private double usd;

    LostWork(TaskLog log) {
        this.log = log;
    }

    /** A running task is lost, and has to be done again. */
    void lost(int task, long ranNanos, boolean byUpset) {
        outages += byUpset ? 0 : 1;
        upsets += byUpset ? 1 : 0;
        nanos += ranNanos;
        joules += log.joules[task];
        usd += log.usd[task];
        log.joules[task] = 0;
        log.usd[task] = 0;
        log.startNanos[task] = TaskLog.ABSENT;
    }

    double joules() {
        return joules;
    }

    double usd() {
        return usd;
    }

    void put(MetricSet.Builder metrics) {
        if (outages + upsets > 0) {
            metrics.put("tasks.lost.outage", outages, "1");
            metrics.put("tasks.lost.upset", upsets, "1");
            metrics.put("work.lost", SimTime.seconds(nanos), "s");
        }
    }
}
