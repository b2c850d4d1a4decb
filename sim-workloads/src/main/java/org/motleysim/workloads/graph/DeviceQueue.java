package org.motleysim.workloads.graph;

import java.util.Arrays;
import org.motleysim.core.engine.SimTime;
import org.motleysim.hardware.cluster.Device;

/** What one device was given and has not finished, and which of that it runs next. */
final class DeviceQueue {
    static final int NONE = -1;

    private final Device device;
    private final int track;
    private final boolean firstReady;

    // As given: a ring; the first may be running.
    private int[] ring = new int[8];
    private int head;
    private int waiting;

    // First ready: those whose inputs are there.
    private final TaskHeap able = new TaskHeap();

    private int given;
    private double expectedSeconds;
    private int running = NONE;
    private boolean held;
    private double runningSeconds;
    private long runningOrder;
    private long begunNanos;
    private int last = NONE;
    private long lastEnd;

    DeviceQueue(Device device, int track, ExecutionRules.Queue rule) {
        this.device = device;
        this.track = track;
        this.firstReady = rule != ExecutionRules.Queue.AS_GIVEN;
    }

    Device device() {
        return device;
    }

    /** Its row of the timeline. */
    int track() {
        return track;
    }

    void add(int task, double seconds) {
        given++;
        expectedSeconds += seconds;
        if (firstReady) {
            return;
        }
        if (waiting == ring.length) {
            int[] larger = new int[2 * waiting];
            for (int i = 0; i < waiting; i++) {
                larger[i] = ring[(head + i) & (waiting - 1)];
            }
            ring = larger;
            head = 0;
        }
        ring[(head + waiting++) & (ring.length - 1)] = task;
    }

    /** The inputs of a task that it was given are there. */
    void inputsArrived(int task, long order) {
        if (firstReady) {
            able.add(task, order);
        }
    }

    boolean isEmpty() {
        return given == 0;
    }

    /** Tasks given and not finished. */
    int size() {
        return given;
    }

    /** The task that is to run next, whose inputs may be missing yet; -1 if there is none. */
    int next() {
        if (firstReady) {
            return able.isEmpty() ? NONE : able.first();
        }
        return waiting == 0 ? NONE : ring[head];
    }

    /** Whether it may take no other task now. */
    boolean isTaken() {
        return running != NONE || held;
    }

    boolean isRunning() {
        return running != NONE;
    }

    int running() {
        return running;
    }

    /** The task that ran before; -1 if none did. */
    int last() {
        return last;
    }

    /** When that one ended. */
    long lastEnd() {
        return lastEnd;
    }

    /** Starts {@link #next()}. */
    void begin(long now, double seconds, double dynamicWatts) {
        if (firstReady) {
            runningOrder = able.firstKey();
            running = able.removeFirst();
        } else {
            running = ring[head];
            head = (head + 1) & (ring.length - 1);
            waiting--;
        }
        runningSeconds = seconds;
        begunNanos = now;
        device.beginBusy(dynamicWatts);
    }

    /** When the running task began, or went on. */
    long begunNanos() {
        return begunNanos;
    }

    /** Whether a task of an earlier job than the running one is able to run. */
    boolean isOvertaken() {
        return running != NONE && !able.isEmpty() && able.firstKey() >>> Integer.SIZE < runningOrder >>> Integer.SIZE;
    }

    /** Puts the running task back among those that are able to run. */
    void suspend() {
        device.endBusy();
        able.add(running, runningOrder);
        running = NONE;
    }

    /** Ends the running task; the device is held until {@link #release}. */
    void end(long now) {
        device.endBusy();
        held = true;
        last = running;
        running = NONE;
        given--;
        expectedSeconds = given == 0 ? 0 : expectedSeconds - runningSeconds;
        lastEnd = now;
    }

    void release() {
        held = false;
    }

    /** When everything is expected to be done, as if inputs never made it wait. */
    double freeSeconds(double now) {
        if (given == 0) {
            return now;
        }
        double done = running != NONE ? Math.min(now - SimTime.seconds(begunNanos), runningSeconds) : 0;
        return now + Math.max(0, expectedSeconds - done);
    }

    @Override
    public String toString() {
        return device.name() + Arrays.toString(ring);
    }
}
