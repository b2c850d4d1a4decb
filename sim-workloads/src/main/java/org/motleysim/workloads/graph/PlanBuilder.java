package org.motleysim.workloads.graph;

import java.util.Arrays;

/**
 * A plan in the making: tasks are placed one by one, each after those it needs, as early as its inputs and its device allow. A task may be
 * put into a gap that earlier ones left (insertion, as in HEFT). Not safe for use by two threads.
 */
public final class PlanBuilder {
    private static final int NOWHERE = -1;

    /** Finish times that differ by a trillionth are the same: they are sums of doubles, and a tie must not be decided by rounding. */
    private static final double SAME = 1e-12;

    private final TaskGraph graph;
    private final Platform platform;
    private final int[] device;
    private final double[] start;
    private final double[] finish;
    private final DeviceCalendar[] calendars;
    private int placed;

    /** Starts with nothing placed. */
    public PlanBuilder(TaskGraph graph, Platform platform) {
        this.graph = graph;
        this.platform = platform;
        this.device = new int[graph.size()];
        this.start = new double[graph.size()];
        this.finish = new double[graph.size()];
        Arrays.fill(device, NOWHERE);
        this.calendars = new DeviceCalendar[platform.devices()];
        for (int i = 0; i < calendars.length; i++) {
            calendars[i] = new DeviceCalendar();
        }
    }

    /** Returns whether a task has its place. */
    public boolean isPlaced(int task) {
        return device[task] != NOWHERE;
    }

    /** Returns whether all that a task needs has its place. */
    public boolean isReady(int task) {
        for (int i = 0; i < graph.inDegree(task); i++) {
            if (!isPlaced(graph.source(graph.inEdge(task, i)))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the device of a placed task. */
    public int device(int task) {
        return device[task];
    }

    /** Returns when a placed task ends, in seconds. */
    public double finishSeconds(int task) {
        return finish[task];
    }

    /** Returns when a device has nothing more to do, in seconds. */
    public double freeSeconds(int ofDevice) {
        return calendars[ofDevice].end();
    }

    /** Returns when all inputs of a task have arrived on a device, in seconds. Its predecessors must have their places. */
    public double readySeconds(int task, int onDevice) {
        double ready = 0;
        for (int i = 0; i < graph.inDegree(task); i++) {
            int edge = graph.inEdge(task, i);
            int from = graph.source(edge);
            double arrival = finish[from];
            if (device[from] != onDevice) {
                arrival += platform.transferSeconds(graph.bytes(edge), device[from], onDevice);
            }
            ready = Math.max(ready, arrival);
        }
        return ready;
    }

    /** Returns when a task can start on a device, in a gap if one is wide enough, in seconds; infinity if it cannot run there. */
    public double startSeconds(int task, int onDevice) {
        double seconds = platform.seconds(task, onDevice);
        return seconds == Double.POSITIVE_INFINITY
                ? seconds
                : calendars[onDevice].earliest(readySeconds(task, onDevice), seconds);
    }

    /** Returns when a task can be over on a device, in seconds; infinity if it cannot run there. */
    public double finishSeconds(int task, int onDevice) {
        return startSeconds(task, onDevice) + platform.seconds(task, onDevice);
    }

    /**
     * Returns the device on which a ready task is over first; the lowest number of several.
     *
     * @throws IllegalArgumentException if no device can run it
     */
    public int quickest(int task) {
        int best = NOWHERE;
        double least = Double.POSITIVE_INFINITY;
        for (int candidate = 0; candidate < calendars.length; candidate++) {
            double over = finishSeconds(task, candidate);
            if (over < least * (1 - SAME)) {
                least = over;
                best = candidate;
            }
        }
        if (best == NOWHERE) {
            throw new IllegalArgumentException("task (" + graph.task(task).name() + ") of graph " + graph.name()
                    + " must have a device that can run it\nMaybe a device group or a measured time is missing.");
        }
        return best;
    }

    /**
     * Places a ready task on a device.
     *
     * @throws IllegalArgumentException if it has a place, one of its predecessors has none, or the device cannot run it
     */
    public PlanBuilder place(int task, int onDevice) {
        if (isPlaced(task) || !isReady(task)) {
            throw new IllegalArgumentException("task (" + graph.task(task).name() + ") must "
                    + (isPlaced(task) ? "be placed once" : "be placed after the tasks it needs"));
        }
        double begin = startSeconds(task, onDevice);
        if (begin == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("device (" + platform.device(onDevice) + ") must be able to run task "
                    + graph.task(task).name());
        }
        device[task] = onDevice;
        start[task] = begin;
        finish[task] = begin + platform.seconds(task, onDevice);
        calendars[onDevice].take(start[task], finish[task]);
        placed++;
        return this;
    }

    /**
     * Returns the plan.
     *
     * @throws IllegalStateException if a task has no place yet
     */
    public Plan build() {
        if (placed < graph.size()) {
            throw new IllegalStateException(
                    "tasks placed (" + placed + ") must be all " + graph.size() + " of graph " + graph.name());
        }
        return new Plan(graph, calendars.length, device, start, finish);
    }
}
