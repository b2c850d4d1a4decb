package org.motleysim.workloads.graph;

import java.util.Arrays;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.metric.MetricSet;

/** Sums over one run of a graph. */
final class GraphTotals {
    private int finishedTasks;
    private int preemptions;
    private long makespanNanos;
    private long busyNanos;
    private double outOfOrderSeconds;

    void finished(long now) {
        finishedTasks++;
        makespanNanos = now;
    }

    /** A device ran tasks for so long. */
    void ran(long nanos) {
        busyNanos += nanos;
    }

    /** A task was interrupted by another. */
    void interrupted() {
        preemptions++;
    }

    /** Notes how long devices were down or off so far. */
    void outOfOrder(DeviceQueue[] queues) {
        outOfOrderSeconds = 0;
        for (DeviceQueue queue : queues) {
            outOfOrderSeconds +=
                    queue.device().health().downSeconds() + queue.device().offSeconds();
        }
    }

    int finishedTasks() {
        return finishedTasks;
    }

    /** Writes the metrics; the bound of the makespan only if all tasks may start at once. */
    void put(MetricSet.Builder metrics, TaskLog log, Optional<Plan> plan, boolean bounded, long now) {
        TaskGraph graph = log.graph();
        Platform platform = log.platform();
        long waitedForTasksNanos = Arrays.stream(log.waitedForTasks).sum();
        long waitedForBytesNanos = Arrays.stream(log.waitedForBytes).sum();
        metrics.put("tasks.total", graph.size(), "1");
        metrics.put("tasks.finished", finishedTasks, "1");
        boolean complete = finishedTasks == graph.size();
        long lengthNanos = complete ? makespanNanos : now;
        if (complete) {
            metrics.put("makespan", SimTime.seconds(makespanNanos), "s");
        }
        plan.ifPresent(made -> metrics.put("makespan.planned", made.makespanSeconds(), "s"));
        if (bounded) {
            metrics.put("makespan.bound", bound(graph, platform), "s");
        }
        if (preemptions > 0) {
            metrics.put("preemptions", preemptions, "1");
        }
        metrics.put("work", SimTime.seconds(busyNanos), "s");
        double deviceNanos = (double) lengthNanos * platform.devices();
        if (deviceNanos > 0) {
            metrics.put("utilization", busyNanos / deviceNanos, "1");
            metrics.put("idle.dependency", waitedForTasksNanos / deviceNanos, "1");
            metrics.put("idle.communication", waitedForBytesNanos / deviceNanos, "1");
            double downNanos = outOfOrderSeconds * 1e9;
            if (downNanos > 0) {
                metrics.put("idle.down", downNanos / deviceNanos, "1");
            }
            double idle = deviceNanos - busyNanos - waitedForTasksNanos - waitedForBytesNanos - downNanos;
            metrics.put("idle.nothing", Math.max(0, idle) / deviceNanos, "1");
        }
        long shortNanos = Arrays.stream(log.waitedForMemory).sum();
        if (shortNanos > 0) {
            metrics.put("waiting.memory", SimTime.seconds(shortNanos), "s");
        }
        metrics.put("communication.exposed", SimTime.seconds(waitedForBytesNanos), "s");
    }

    /** No schedule can be shorter than the longest chain of tasks, each on its fastest device, with transfers that take no time. */
    private static double bound(TaskGraph graph, Platform platform) {
        double[] earliest = new double[graph.size()];
        double longest = 0;
        for (int i = 0; i < graph.size(); i++) {
            int task = graph.inOrder(i);
            boolean moves = graph.task(task) instanceof Task.Collective;
            double least = moves ? 0 : Double.POSITIVE_INFINITY;
            for (int device = 0; !moves && device < platform.devices(); device++) {
                least = Math.min(least, platform.seconds(task, device));
            }
            double end = earliest[task] + least;
            longest = Math.max(longest, end);
            for (int edge = graph.firstOut(task); edge < graph.firstOut(task + 1); edge++) {
                earliest[graph.target(edge)] = Math.max(earliest[graph.target(edge)], end);
            }
        }
        return longest;
    }
}
