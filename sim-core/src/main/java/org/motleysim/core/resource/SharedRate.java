package org.motleysim.core.resource;

import org.motleysim.core.engine.EventHandle;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Priority;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;

/**
 * A rate divided at each moment among all jobs present, in proportion to their weights: exact processor sharing.
 *
 * <pre>{@code
 * SharedRate disk = new SharedRate(simulation, "disk", 2e9);      // bytes per second
 * long job = disk.start(4e6, readDone, request);                  // alone: 2 ms, beside one other: up to 4 ms
 * }</pre>
 *
 * <p><b>How.</b> Let the virtual time V grow at the speed at which a job of weight 1 is served now: {@code dV/dt = min(capacity / sum
 * of weights, cap)}. A job of work S and weight w that starts at V ends when the virtual time reaches {@code V + S / w}, whoever comes
 * and goes in between. So the jobs sit in a heap by that number, and only the first has an event. (Parekh and Gallager, "A generalized
 * processor sharing approach to flow control", IEEE/ACM ToN 1(3), 1993.) To start, end or cancel a job among n costs O(log n); a new
 * capacity costs O(1).
 *
 * <p><b>Precision.</b> A job ends within half a nanosecond of its exact time, and this rounding does not add up: the virtual time
 * follows the clock and not the ends. It is set back to zero whenever nobody is present; during a busy period in which V grows to v,
 * work is resolved to about 1e-16 v.
 *
 * <p>Work is in any unit, the capacity in the same unit per second. See the package for events, memory and threads.
 */
public final class SharedRate {
    private final Simulation simulation;
    private final EventType completion;
    private final JobHeap jobs = new JobHeap();
    private final double cap;
    private double capacity;
    private double virtualTime;
    private double totalWeight;
    private double delivered;
    private long lastNanos;
    private long nextEnd = EventHandle.NONE;
    private long nextEndNanos;

    /**
     * Opens idle, without a cap per job.
     *
     * @param simulation whose clock rules
     * @param name label of its events
     * @param capacity work per second, zero or more
     * @throws IllegalArgumentException if the capacity is out of range
     */
    public SharedRate(Simulation simulation, String name, double capacity) {
        this(simulation, name, capacity, Double.POSITIVE_INFINITY);
    }

    /**
     * Opens idle, with a cap: a job of weight w never gets more than {@code w * cap}, even when it is alone. With a cap of
     * {@code capacity / k} this is processor sharing on k servers.
     *
     * @param simulation whose clock rules
     * @param name label of its events
     * @param capacity work per second, zero or more
     * @param cap work per second and weight, positive, may be infinite
     * @throws IllegalArgumentException if a number is out of range
     */
    public SharedRate(Simulation simulation, String name, double capacity, double cap) {
        if (!(cap > 0)) {
            throw new IllegalArgumentException("cap (" + cap + ") of " + name + " must be positive");
        }
        this.simulation = simulation;
        this.completion = simulation.register(name, this::complete);
        this.capacity = checkedCapacity(capacity);
        this.cap = cap;
        this.lastNanos = simulation.now();
    }

    /** Starts a job of weight 1; see {@link #start(double, double, EventType, long)}. */
    public long start(double work, EventType done, long argument) {
        return start(work, 1, done, argument);
    }

    /**
     * Starts a job and schedules {@code done} when all of its work is done.
     *
     * @param work finite, zero or more; zero ends at this instant
     * @param weight positive; its share is this over the sum of all weights
     * @param done what happens at the end
     * @param argument handed to it
     * @return the job, for {@link #cancel} and {@link #remaining}
     * @throws IllegalArgumentException if work or weight are out of range
     */
    public long start(double work, double weight, EventType done, long argument) {
        if (!(work >= 0 && work <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("work (" + work + ") must be finite and zero or more");
        }
        if (!(weight > 0 && weight <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("weight (" + weight + ") must be finite and positive");
        }
        advance();
        totalWeight += weight;
        long job = jobs.add(virtualTime + work / weight, weight, done, argument);
        scheduleNextEnd();
        return job;
    }

    /**
     * Ends a job early; its event will not happen. Does nothing when it is over.
     *
     * @return whether it was still running
     */
    public boolean cancel(long job) {
        int slot = jobs.find(job);
        if (slot < 0) {
            return false;
        }
        advance();
        remove(slot);
        scheduleNextEnd();
        return true;
    }

    /** Returns the work that a job has left; zero when it is over. */
    public double remaining(long job) {
        int slot = jobs.find(job);
        if (slot < 0) {
            return 0;
        }
        advance();
        return Math.max(0, (jobs.finish(slot) - virtualTime) * jobs.weight(slot));
    }

    /**
     * Changes the capacity from now on; zero halts all jobs.
     *
     * @throws IllegalArgumentException if it is NaN, infinite or negative
     */
    public void setCapacity(double workPerSecond) {
        checkedCapacity(workPerSecond);
        advance();
        capacity = workPerSecond;
        scheduleNextEnd();
    }

    /** Returns the capacity in work per second. */
    public double capacity() {
        return capacity;
    }

    /** Returns the number of jobs present. */
    public int jobs() {
        return jobs.size();
    }

    /** Returns the work done so far for all jobs together, finished, running and cancelled. */
    public double delivered() {
        advance();
        return delivered;
    }

    private void complete(long unused) {
        advance();
        int first = jobs.first();
        EventType done = jobs.type(first);
        long argument = jobs.argument(first);
        remove(first);
        scheduleNextEnd();
        simulation.schedule(0, done, argument);
    }

    private void remove(int slot) {
        totalWeight -= jobs.weight(slot);
        jobs.remove(slot);
        if (jobs.size() == 0) {
            totalWeight = 0;
            virtualTime = 0;
        }
    }

    /** Brings the virtual time up to the clock. */
    private void advance() {
        long now = simulation.now();
        if (now > lastNanos && jobs.size() > 0) {
            double growth = speed() * SimTime.seconds(now - lastNanos);
            virtualTime += growth;
            delivered += growth * totalWeight;
        }
        lastNanos = now;
    }

    private double speed() {
        return Math.min(capacity / totalWeight, cap);
    }

    private void scheduleNextEnd() {
        double left = jobs.size() == 0 ? 0 : jobs.finish(jobs.first()) - virtualTime;
        double nanos = left <= 0 ? 0 : Math.rint(left / speed() * 1e9);
        if (jobs.size() == 0 || !(nanos < Long.MAX_VALUE - simulation.now())) {
            simulation.cancel(nextEnd); // halted, or beyond the end of time unless something changes
            nextEnd = EventHandle.NONE;
            return;
        }
        long end = simulation.now() + (long) nanos;
        if (!simulation.isPending(nextEnd)) {
            nextEnd = simulation.schedule((long) nanos, Priority.RELEASE, completion, 0);
        } else if (end != nextEndNanos) {
            nextEnd = simulation.reschedule(nextEnd, end);
        }
        nextEndNanos = end;
    }

    private static double checkedCapacity(double capacity) {
        if (!(capacity >= 0 && capacity <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("capacity (" + capacity + ") must be finite and zero or more");
        }
        return capacity;
    }
}
