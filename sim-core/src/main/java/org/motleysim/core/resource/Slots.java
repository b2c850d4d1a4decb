package org.motleysim.core.resource;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Priority;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.TimeWeighted;

/**
 * A number of equal servers and one queue before them.
 *
 * <p>Two ways to use it. {@link #serve} keeps a server for a known time and then schedules {@code done}:
 *
 * <pre>{@code
 * Slots tellers = new Slots(simulation, "tellers", 3);
 * tellers.serve(SimTime.nanos(service.sample(stream)), departed, customer);
 * }</pre>
 *
 * {@link #request} keeps one until {@link #release}, for holders that do not know beforehand how long they stay.
 *
 * <p>The queue is first come, first served within a level; a lower level goes first, and nobody is interrupted. A server that falls
 * free and the next customer's start happen at the same instant. See the package for events, memory and threads.
 */
public final class Slots {
    private static final long UNTIL_RELEASED = -1;

    private final Simulation simulation;
    private final EventType completion;
    private final int servers;
    private final WaitingLine[] lines;
    /** What to schedule when the service in each place ends; a held server needs no place. */
    private final @Nullable EventType[] doneTypes;

    private final long[] doneArguments;
    private final int[] freePlaces;
    private int serving;
    private int held;
    private int queued;
    private final TimeWeighted busyOverTime;
    private final TimeWeighted queuedOverTime;

    /**
     * Opens with a single level of priority.
     *
     * @param simulation whose clock rules
     * @param name label of its events
     * @param servers at least 1
     * @throws IllegalArgumentException if there are no servers
     */
    public Slots(Simulation simulation, String name, int servers) {
        this(simulation, name, servers, 1);
    }

    /**
     * Opens with levels of priority 0 (first) to {@code levels - 1}.
     *
     * @param simulation whose clock rules
     * @param name label of its events
     * @param servers at least 1
     * @param levels at least 1
     * @throws IllegalArgumentException if there are no servers or levels
     */
    public Slots(Simulation simulation, String name, int servers, int levels) {
        if (servers < 1 || levels < 1) {
            throw new IllegalArgumentException(
                    "servers (" + servers + ") and levels (" + levels + ") of " + name + " must be at least 1");
        }
        this.simulation = simulation;
        this.completion = simulation.register(name, this::complete);
        this.servers = servers;
        this.lines = new WaitingLine[levels];
        Arrays.setAll(lines, level -> new WaitingLine());
        this.doneTypes = new @Nullable EventType[servers];
        this.doneArguments = new long[servers];
        this.freePlaces = new int[servers];
        Arrays.setAll(freePlaces, place -> place);
        this.busyOverTime = new TimeWeighted(simulation.now(), 0);
        this.queuedOverTime = new TimeWeighted(simulation.now(), 0);
    }

    /** Serves a customer for the given time as soon as a server is free; then schedules {@code done}. */
    public void serve(long serviceNanos, EventType done, long argument) {
        serve(0, serviceNanos, done, argument);
    }

    /**
     * Like {@link #serve(long, EventType, long)}, at a level of priority.
     *
     * @throws IllegalArgumentException if the time is negative or there is no such level
     */
    public void serve(int level, long serviceNanos, EventType done, long argument) {
        if (serviceNanos < 0) {
            throw new IllegalArgumentException("service time (" + serviceNanos + " ns) must be zero or more");
        }
        enter(level, serviceNanos, done, argument);
    }

    /** Schedules {@code granted} as soon as a server is free, and keeps the server until {@link #release}. */
    public void request(EventType granted, long argument) {
        request(0, granted, argument);
    }

    /**
     * Like {@link #request(EventType, long)}, at a level of priority.
     *
     * @throws IllegalArgumentException if there is no such level
     */
    public void request(int level, EventType granted, long argument) {
        enter(level, UNTIL_RELEASED, granted, argument);
    }

    /**
     * Gives back a server got by {@link #request}.
     *
     * @throws IllegalStateException if none is held that way
     */
    public void release() {
        if (held == 0) {
            throw new IllegalStateException(
                    completion.label() + " has no server to release.\nMaybe it was released twice.");
        }
        held--;
        startNext();
        observe();
    }

    /** Returns the number of servers. */
    public int servers() {
        return servers;
    }

    /** Returns the number of servers at work or held. */
    public int busy() {
        return serving + held;
    }

    /** Returns the number of customers that wait, without those in service. */
    public int queued() {
        return queued;
    }

    /** Returns the time average of {@link #busy} divided by the servers, since the start or the last reset. */
    public double utilization() {
        return busyOverTime.mean(simulation.now()) / servers;
    }

    /** Returns the time average of {@link #queued} since the start or the last reset. */
    public double meanQueued() {
        return queuedOverTime.mean(simulation.now());
    }

    /** Forgets the averages, as at the end of a warm-up; customers stay. */
    public void resetStatistics() {
        busyOverTime.reset(simulation.now());
        queuedOverTime.reset(simulation.now());
    }

    private void enter(int level, long serviceNanos, EventType type, long argument) {
        if (level < 0 || level >= lines.length) {
            throw new IllegalArgumentException("level (" + level + ") must be from 0 to " + (lines.length - 1));
        }
        if (busy() < servers) {
            start(serviceNanos, type, argument); // then nobody waits: a server never idles before a queue
        } else {
            lines[level].add(type, argument, serviceNanos);
            queued++;
        }
        observe();
    }

    private void start(long serviceNanos, EventType type, long argument) {
        if (serviceNanos == UNTIL_RELEASED) {
            held++;
            simulation.schedule(0, type, argument);
        } else {
            int place = freePlaces[serving++];
            doneTypes[place] = type;
            doneArguments[place] = argument;
            simulation.schedule(serviceNanos, Priority.RELEASE, completion, place);
        }
    }

    private void complete(long place) {
        EventType done = Objects.requireNonNull(doneTypes[(int) place]);
        long argument = doneArguments[(int) place];
        freePlaces[--serving] = (int) place;
        startNext();
        observe();
        simulation.schedule(0, done, argument);
    }

    private void startNext() {
        for (WaitingLine line : lines) {
            if (line.size() > 0) {
                queued--;
                start(line.firstDemand(), line.firstType(), line.firstArgument());
                line.removeFirst();
                return;
            }
        }
    }

    private void observe() {
        busyOverTime.set(simulation.now(), busy());
        queuedOverTime.set(simulation.now(), queued);
    }
}
