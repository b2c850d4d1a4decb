package org.motleysim.workloads.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import org.motleysim.core.engine.SimTime;
import org.motleysim.hardware.cluster.Device;

/** What one device was given and has not finished, in the order in which it runs it; the first may be running. */
final class DeviceQueue {
    private static final int NONE = -1;

    private final Device device;
    private final int track;
    private final Deque<Integer> tasks = new ArrayDeque<>();
    private final Deque<Double> expected = new ArrayDeque<>();
    private double expectedSeconds;
    private boolean busy;
    private long begunNanos;
    private int last = NONE;
    private long lastEnd;

    DeviceQueue(Device device, int track) {
        this.device = device;
        this.track = track;
    }

    Device device() {
        return device;
    }

    /** Its row of the timeline. */
    int track() {
        return track;
    }

    void add(int task, double seconds) {
        tasks.addLast(task);
        expected.addLast(seconds);
        expectedSeconds += seconds;
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    int size() {
        return tasks.size();
    }

    int first() {
        return tasks.getFirst();
    }

    boolean isBusy() {
        return busy;
    }

    /** The task that ran before; -1 if none did. */
    int last() {
        return last;
    }

    /** When that one ended. */
    long lastEnd() {
        return lastEnd;
    }

    void begin(long now, double dynamicWatts) {
        busy = true;
        begunNanos = now;
        device.beginBusy(dynamicWatts);
    }

    void end(long now) {
        busy = false;
        device.endBusy();
        last = tasks.removeFirst();
        expectedSeconds -= expected.removeFirst();
        lastEnd = now;
    }

    /** When everything is expected to be done, as if inputs never made it wait. */
    double freeSeconds(double now) {
        if (tasks.isEmpty()) {
            return now;
        }
        double done = busy ? Math.min(now - SimTime.seconds(begunNanos), expected.getFirst()) : 0;
        return now + Math.max(0, expectedSeconds - done);
    }
}
