package org.motleysim.workloads.graph;

import org.motleysim.core.engine.EventHandle;
import org.motleysim.hardware.cluster.Device;

/** What one device was given and has not finished, which of that runs, and what runs next. */
final class DeviceQueue {
    static final int NONE = -1;

    private final Device device;
    private final int[] tracks;
    private final boolean firstReady;
    private final DeviceStreams streams;
    private final RunningTasks running;

    // As given: a ring.
    private int[] ring = new int[8];
    private int head;
    private int waiting;

    // First ready: those whose inputs are there.
    private final TaskHeap able = new TaskHeap();

    private int given;
    private double expectedSeconds;
    private boolean held;
    private int last = NONE;
    private long lastEnd;
    private long freeSince;
    private double usedBytes;
    private long shortSince = TaskLog.ABSENT; // when the next task began to wait for memory
    private long endEvent = EventHandle.NONE;

    /**
     * A queue of a device.
     *
     * @param tracks its rows of the timeline, one for each stream; none without a timeline
     */
    DeviceQueue(Device device, int[] tracks, ExecutionRules rules) {
        this.device = device;
        this.tracks = tracks;
        this.firstReady = rules.queue() != ExecutionRules.Queue.AS_GIVEN;
        this.streams = rules.streams();
        this.running = new RunningTasks(streams);
    }

    Device device() {
        return device;
    }

    /** The row of the timeline of a stream. */
    int track(int lane) {
        return tracks[lane];
    }

    /** The tasks that run. */
    RunningTasks running() {
        return running;
    }

    void add(int task, double seconds) {
        given++;
        expectedSeconds += seconds;
        if (!firstReady) {
            makeRoom();
            ring[(head + waiting++) & (ring.length - 1)] = task;
        }
    }

    private void makeRoom() {
        if (waiting == ring.length) {
            int[] larger = new int[2 * waiting];
            for (int i = 0; i < waiting; i++) {
                larger[i] = ring[(head + i) & (waiting - 1)];
            }
            ring = larger;
            head = 0;
        }
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

    /** Whether it may take another task now, as far as its streams and its manager go. */
    boolean hasRoom() {
        return !held && !running.isFull();
    }

    boolean isRunning() {
        return running.count() > 0;
    }

    /** The task that ended last; -1 if none did. */
    int last() {
        return last;
    }

    /** When that one ended. */
    long lastEnd() {
        return lastEnd;
    }

    /** Since when it could run something else, if nothing runs: since the last end, or since it was in order again. */
    long freeSince() {
        return freeSince;
    }

    void freeFrom(long now) {
        freeSince = now;
    }

    /** Starts {@link #next()}; what runs must be settled. */
    void begin(long nanos, double seconds, double dynamicWatts, double bytes) {
        long key = 0;
        int task;
        if (firstReady) {
            key = able.firstKey();
            task = able.removeFirst();
        } else {
            task = ring[head];
            head = (head + 1) & (ring.length - 1);
            waiting--;
        }
        usedBytes += bytes;
        shortSince = TaskLog.ABSENT;
        if (running.count() > 0) {
            device.endBusy();
        }
        running.add(task, nanos, seconds, dynamicWatts, key);
        device.beginBusy(running.watts());
    }

    /** Takes a running task off the device, which goes on with the others unless it is down; what runs must be settled. */
    private void stop(int index, double bytes) {
        if (device.isBusy()) {
            device.endBusy();
        }
        running.remove(index);
        usedBytes = running.count() == 0 ? 0 : usedBytes - bytes;
        if (running.count() > 0 && device.health().isUp()) {
            device.beginBusy(running.watts());
        }
    }

    /** Whether a task of an earlier job than the running one is able to run. */
    boolean isOvertaken() {
        return running.count() > 0
                && !able.isEmpty()
                && able.firstKey() >>> Integer.SIZE < running.order(0) >>> Integer.SIZE;
    }

    /** Puts a running task back, so that it is the next to run (of those of its job). */
    void putBack(int index, double bytes) {
        int task = running.task(index);
        long key = running.order(index);
        stop(index, bytes);
        if (firstReady) {
            able.add(task, key);
        } else {
            makeRoom();
            head = (head - 1) & (ring.length - 1);
            ring[head] = task;
            waiting++;
        }
    }

    /** Ends a running task; the device is held until {@link #release}. */
    void end(int index, double bytes, long now) {
        last = running.task(index);
        double planned = running.plannedSeconds(index);
        stop(index, bytes);
        held = true;
        given--;
        expectedSeconds = given == 0 ? 0 : expectedSeconds - planned;
        lastEnd = now;
        freeSince = now;
    }

    void release() {
        held = false;
    }

    /** Whether a task of so many bytes fits beside those that run; an empty device has room for whatever it was given. */
    boolean fits(double bytes, double capacityBytes) {
        return running.count() == 0 || usedBytes + bytes <= capacityBytes;
    }

    /** Notes that the next task waits for memory, and returns since when it has; the present when it just begins to. */
    long shortSince(long now) {
        if (shortSince == TaskLog.ABSENT) {
            shortSince = now;
        }
        return shortSince;
    }

    /** Whether the next task waits for memory. */
    boolean isShort() {
        return shortSince != TaskLog.ABSENT;
    }

    long endEvent() {
        return endEvent;
    }

    void endEvent(long handle) {
        endEvent = handle;
    }

    /** When everything is expected to be done, as if inputs never made it wait. */
    double freeSeconds(double now) {
        if (given == 0) {
            return now;
        }
        return now + Math.max(0, expectedSeconds - running.doneSeconds(now)) / streams.throughput();
    }

    @Override
    public String toString() {
        return device.name() + running;
    }
}
