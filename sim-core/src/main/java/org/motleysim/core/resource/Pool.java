package org.motleysim.core.resource;

import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.TimeWeighted;

/**
 * A capacity of which amounts are taken and given back: memory blocks, licences, watts of a budget.
 *
 * <p>Strictly first come, first served: while the first in the queue does not fit, nobody behind it is served, so a large request
 * cannot starve. A request for more than the whole capacity is refused at once. The unit is whatever the caller counts in. See the
 * package for events, memory and threads.
 */
public final class Pool {
    private final Simulation simulation;
    private final String name;
    private final long capacity;
    private final WaitingLine line = new WaitingLine();
    private final TimeWeighted usedOverTime;
    private long used;

    /**
     * Opens full.
     *
     * @param simulation whose clock rules
     * @param name for messages
     * @param capacity at least 1
     * @throws IllegalArgumentException if there is no capacity
     */
    public Pool(Simulation simulation, String name, long capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity (" + capacity + ") of " + name + " must be at least 1");
        }
        this.simulation = simulation;
        this.name = name;
        this.capacity = capacity;
        this.usedOverTime = new TimeWeighted(simulation.now(), 0);
    }

    /**
     * Takes an amount as soon as it is there and all earlier requests are served, then schedules {@code granted}.
     *
     * @throws IllegalArgumentException if the amount is not from 1 to the capacity
     */
    public void request(long amount, EventType granted, long argument) {
        check(amount);
        line.add(granted, argument, amount);
        grantWhatFits();
    }

    /**
     * Takes an amount if it is there now and nobody waits.
     *
     * @return whether it was taken
     * @throws IllegalArgumentException if the amount is not from 1 to the capacity
     */
    public boolean tryRequest(long amount) {
        check(amount);
        if (line.size() > 0 || amount > available()) {
            return false;
        }
        take(amount);
        return true;
    }

    /**
     * Gives an amount back.
     *
     * @throws IllegalArgumentException if it is not positive, or more than is in use
     */
    public void release(long amount) {
        if (amount < 1 || amount > used) {
            throw new IllegalArgumentException(
                    "amount (" + amount + ") released to " + name + " must be from 1 to the " + used + " in use");
        }
        take(-amount);
        grantWhatFits();
    }

    /** Returns the capacity. */
    public long capacity() {
        return capacity;
    }

    /** Returns how much is in use. */
    public long used() {
        return used;
    }

    /** Returns how much is left. */
    public long available() {
        return capacity - used;
    }

    /** Returns the number of requests that wait. */
    public int queued() {
        return line.size();
    }

    /** Returns the time average of {@link #used} divided by the capacity, since the start or the last reset. */
    public double utilization() {
        return usedOverTime.mean(simulation.now()) / capacity;
    }

    /** Forgets the average, as at the end of a warm-up; holders stay. */
    public void resetStatistics() {
        usedOverTime.reset(simulation.now());
    }

    private void grantWhatFits() {
        while (line.size() > 0 && line.firstDemand() <= available()) {
            take(line.firstDemand());
            simulation.schedule(0, line.firstType(), line.firstArgument());
            line.removeFirst();
        }
    }

    private void take(long amount) {
        used += amount;
        usedOverTime.set(simulation.now(), (double) used);
    }

    private void check(long amount) {
        if (amount < 1 || amount > capacity) {
            throw new IllegalArgumentException(
                    "amount (" + amount + ") asked of " + name + " must be from 1 to its capacity of " + capacity);
        }
    }
}
