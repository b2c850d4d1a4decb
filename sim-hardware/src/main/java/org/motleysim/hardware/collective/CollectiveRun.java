package org.motleysim.hardware.collective;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventType;

/**
 * Where the ranks of one collective are: per rank its step, for how many transfers of that step it waits, and the transfers to it that wait
 * until it comes to their step (a list through {@link Collectives}).
 */
final class CollectiveRun {
    static final int NONE = -1;
    private static final int NOT_ENTERED = -1;

    private final CollectiveSchedule schedule;
    private final int[] endpoints;
    private final EventType done;
    private final long argument;
    private final @Nullable EventType rankDone;
    private final int steps;
    private final int[] step;
    private final int[] waiting;
    private final long[] reduction;
    private final int[] parked;
    private int unfinished;
    private int joined;

    CollectiveRun(
            CollectiveSchedule schedule, int[] endpoints, EventType done, long argument, @Nullable EventType rankDone) {
        this.schedule = schedule;
        this.endpoints = endpoints;
        this.done = done;
        this.argument = argument;
        this.rankDone = rankDone;
        this.steps = schedule.steps();
        int ranks = endpoints.length;
        this.step = new int[ranks];
        this.waiting = new int[ranks];
        this.reduction = new long[ranks];
        this.parked = new int[ranks];
        this.unfinished = ranks;
        Arrays.fill(step, NOT_ENTERED);
        Arrays.fill(parked, NONE);
    }

    void enter(int rank) {
        if (rank < 0 || rank >= step.length || step[rank] != NOT_ENTERED) {
            throw new IllegalArgumentException(
                    "rank (" + rank + ") must be from 0 to " + (step.length - 1) + " and enter once");
        }
        step[rank] = 0;
    }

    /** Begins to wait for the transfers of the rank's step. */
    void expect(int rank, int transfers, long reduce) {
        waiting[rank] = transfers;
        reduction[rank] = reduce;
    }

    /** Notes that a transfer from or to a rank is over; returns whether it was the last that the rank waited for. */
    boolean passed(int rank) {
        return --waiting[rank] == 0;
    }

    /** Returns the first transfer that waits for a rank. */
    int parked(int rank) {
        return parked[rank];
    }

    void park(int rank, int first) {
        parked[rank] = first;
    }

    void advance(int rank) {
        step[rank]++;
    }

    long takeReduction(int rank) {
        long bytes = reduction[rank];
        reduction[rank] = 0;
        return bytes;
    }

    /** Counts a rank that has come to the end of a joint step; returns whether it was the last. */
    boolean allJoined() {
        joined++;
        if (joined < step.length) {
            return false;
        }
        joined = 0;
        return true;
    }

    /** Counts a rank that has finished; returns whether it was the last. */
    boolean finished() {
        unfinished--;
        return unfinished == 0;
    }

    int waiting(int rank) {
        return waiting[rank];
    }

    int step(int rank) {
        return step[rank];
    }

    int steps() {
        return steps;
    }

    int ranks() {
        return step.length;
    }

    int endpoint(int rank) {
        return endpoints[rank];
    }

    CollectiveSchedule schedule() {
        return schedule;
    }

    EventType done() {
        return done;
    }

    long argument() {
        return argument;
    }

    @Nullable
    EventType rankDone() {
        return rankDone;
    }
}
