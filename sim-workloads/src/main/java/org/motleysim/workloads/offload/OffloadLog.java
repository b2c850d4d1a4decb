package org.motleysim.workloads.offload;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.LatencyHistogram;
import org.motleysim.core.metric.Series;
import org.motleysim.core.metric.TimeSeries;
import org.motleysim.workloads.RunContext;

/** What became of the tasks: counts and latencies. */
final class OffloadLog {
    private final RunContext context;
    private final Fleet fleet;
    private final int sites;
    private final long[] deadlineNanos; // by application
    final LatencyHistogram latency = new LatencyHistogram();
    final LatencyHistogram[] byPlace = {new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram()};
    final LatencyHistogram serving = new LatencyHistogram();
    final long[] placedAt = new long[PLACES.size()];
    private final TimeSeries underWay = new TimeSeries("tasks under way", "1");
    private long born;
    private long finished;
    private long lost;
    private long missed;
    private long handovers;
    private long died;
    private long level;
    private long sinceNanos;
    private double taskNanos;

    /** Where tasks run, as metrics call it. */
    static final List<String> PLACES = List.of("local", "edge", "cloud");

    OffloadLog(OffloadJob job, RunContext context, Fleet fleet) {
        this.context = context;
        this.fleet = fleet;
        this.sites = job.sites().size();
        this.deadlineNanos = job.applications().stream()
                .mapToLong(application ->
                        application.deadline().map(SimTime::nanos).orElse(Long.MAX_VALUE))
                .toArray();
    }

    void born() {
        born++;
        level();
    }

    void placed(int target) {
        placedAt[place(target, sites)]++;
    }

    private static int place(int target, int sites) {
        return target == OffloadView.LOCAL ? 0 : target <= sites ? 1 : 2;
    }

    void served(int slot, TaskTable tasks, long now) {
        if (tasks.bornNanos[slot] >= context.warmupNanos()) {
            serving.record(now - tasks.stageNanos[slot]);
        }
    }

    void finished(int slot, TaskTable tasks, long now) {
        finished++;
        level();
        long nanos = now - tasks.bornNanos[slot];
        if (nanos > deadlineNanos[fleet.application[tasks.device[slot]]]) {
            missed++;
        }
        if (tasks.bornNanos[slot] >= context.warmupNanos()) {
            latency.record(nanos);
            byPlace[place(tasks.target[slot], sites)].record(nanos);
        }
    }

    void lost() {
        lost++;
        level();
    }

    void handedOver() {
        handovers++;
    }

    void died() {
        died++;
    }

    private void level() {
        long now = context.simulation().now();
        advance(now);
        underWay.set(now, (double) (born - finished - lost));
        level = born - finished - lost;
    }

    private void advance(long now) {
        taskNanos += (double) level * (now - sinceNanos);
        sinceNanos = now;
    }

    /** The number of tasks under way, integrated so far: the time that all tasks have taken together. */
    double taskSeconds() {
        advance(context.simulation().now());
        return taskNanos * 1e-9;
    }

    long bornTasks() {
        return born;
    }

    long finishedTasks() {
        return finished;
    }

    long lostTasks() {
        return lost;
    }

    long missedDeadlines() {
        return missed;
    }

    long handovers() {
        return handovers;
    }

    long deaths() {
        return died;
    }

    boolean hasDeadlines() {
        for (long nanos : deadlineNanos) {
            if (nanos < Long.MAX_VALUE) {
                return true;
            }
        }
        return false;
    }

    List<Series> series() {
        return List.of(underWay.freeze(context.simulation().now()));
    }

    List<Cdf> cdfs() {
        List<Cdf> cdfs = new ArrayList<>();
        for (int place = 0; place < byPlace.length; place++) {
            if (byPlace[place].count() > 0) {
                cdfs.add(byPlace[place].cdf("latency." + PLACES.get(place)));
            }
        }
        return cdfs;
    }
}
