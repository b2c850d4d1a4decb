package org.motleysim.workloads.graph;

import java.util.Arrays;
import org.motleysim.core.engine.SimTime;

/** The tasks that run on one device, oldest first: what each has left, as if alone, and how fast all of them go. */
final class RunningTasks {
    private static final int NONE = -1;

    private final DeviceStreams streams;
    private final int[] task;
    private final double[] left; // nanoseconds alone
    private final double[] planned; // seconds alone that the scheduler expects
    private final double[] watts; // on top of idle, alone
    private final long[] order; // key among those that are able to run
    private final long[] begun;
    private final int[] lane;
    private final boolean[] laneTaken;
    private int count;
    private double speed = 1;
    private long settledNanos;

    RunningTasks(DeviceStreams streams) {
        this.streams = streams;
        this.task = new int[streams.count()];
        this.left = new double[streams.count()];
        this.planned = new double[streams.count()];
        this.watts = new double[streams.count()];
        this.order = new long[streams.count()];
        this.begun = new long[streams.count()];
        this.lane = new int[streams.count()];
        this.laneTaken = new boolean[streams.count()];
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == task.length;
    }

    int task(int index) {
        return task[index];
    }

    long order(int index) {
        return order[index];
    }

    double plannedSeconds(int index) {
        return planned[index];
    }

    long begunNanos(int index) {
        return begun[index];
    }

    /** The stream it runs in: the lowest that was free. */
    int lane(int index) {
        return lane[index];
    }

    long leftNanos(int index) {
        return Math.round(left[index]);
    }

    /** Power of a task on top of idle, at the present speed. */
    double watts(int index) {
        return watts[index] * speed;
    }

    double watts() {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += watts[i];
        }
        return sum * speed;
    }

    /** When all of this was true last: the time since has not been taken off. */
    long settledNanos() {
        return settledNanos;
    }

    /** Takes off what has been done since it was settled last. */
    void settle(long now) {
        double done = (now - settledNanos) * speed;
        for (int i = 0; i < count; i++) {
            left[i] -= done;
        }
        settledNanos = now;
    }

    /** Adds a task; what was done so far must be settled. */
    void add(int newTask, long nanos, double plannedSeconds, double dynamicWatts, long key) {
        task[count] = newTask;
        left[count] = nanos;
        planned[count] = plannedSeconds;
        watts[count] = dynamicWatts;
        order[count] = key;
        begun[count] = settledNanos;
        int free = 0;
        while (laneTaken[free]) {
            free++;
        }
        lane[count] = free;
        laneTaken[free] = true;
        count++;
        speed = streams.speed(count);
    }

    /** Takes a task out; what was done so far must be settled. */
    void remove(int index) {
        laneTaken[lane[index]] = false;
        count--;
        for (int i = index; i < count; i++) {
            task[i] = task[i + 1];
            left[i] = left[i + 1];
            planned[i] = planned[i + 1];
            watts[i] = watts[i + 1];
            order[i] = order[i + 1];
            begun[i] = begun[i + 1];
            lane[i] = lane[i + 1];
        }
        speed = streams.speed(count);
    }

    /** The task that is over first; of several the oldest. */
    int first() {
        int first = NONE;
        for (int i = 0; i < count; i++) {
            if (first == NONE || left[i] < left[first]) {
                first = i;
            }
        }
        return first;
    }

    /** How long until a task is over; what was done so far must be settled. */
    long nanosLeft(int index) {
        double nanos = Math.max(0, left[index] / speed);
        return speed == 1 && nanos == Math.rint(nanos) ? (long) nanos : SimTime.nanos(nanos * 1e-9);
    }

    /** Seconds of work alone that have been done on those running, as the scheduler expected them. */
    double doneSeconds(double now) {
        double done = 0;
        for (int i = 0; i < count; i++) {
            done += Math.min((now - SimTime.seconds(begun[i])) * speed, planned[i]);
        }
        return done;
    }

    @Override
    public String toString() {
        return Arrays.toString(Arrays.copyOf(task, count));
    }
}
