package org.motleysim.hardware.collective;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventType;

/**
 * Where the ranks of one collective are.
 *
 * <p>Per rank: its step, for how many transfers of that step it waits, and how many transfers of the steps after have come early: a window
 * of counts per rank, a power of two wide, that doubles when a sender runs further ahead.
 */
final class CollectiveRun {
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
    private int window = 2;
    private int[] early;
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
        this.early = new int[window * ranks];
        this.unfinished = ranks;
        Arrays.fill(step, NOT_ENTERED);
    }

    void enter(int rank) {
        if (rank < 0 || rank >= step.length || step[rank] != NOT_ENTERED) {
            throw new IllegalArgumentException(
                    "rank (" + rank + ") must be from 0 to " + (step.length - 1) + " and enter once");
        }
        step[rank] = 0;
    }

    /** Begins to wait for the transfers of the rank's step, less what came early. */
    void expect(int rank, int transfers, long reduce) {
        int place = rank * window + (step[rank] & (window - 1));
        waiting[rank] = transfers - early[place];
        early[place] = 0;
        reduction[rank] = reduce;
    }

    /** Notes a transfer of a step; returns whether it was the last that the rank waited for. */
    boolean received(int rank, int ofStep) {
        if (ofStep == step[rank]) {
            return --waiting[rank] == 0;
        }
        while (ofStep - Math.max(step[rank], 0) >= window) {
            widen();
        }
        early[rank * window + (ofStep & (window - 1))]++;
        return false;
    }

    /** Notes that a transfer has left a rank, which waits in the step of it; returns whether it was the last that it waited for. */
    boolean sent(int rank) {
        return --waiting[rank] == 0;
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

    private void widen() {
        int wider = 2 * window;
        int[] counts = new int[wider * step.length];
        for (int rank = 0; rank < step.length; rank++) {
            int first = Math.max(step[rank], 0);
            for (int ahead = 0; ahead < window; ahead++) {
                int at = first + ahead;
                counts[rank * wider + (at & (wider - 1))] = early[rank * window + (at & (window - 1))];
            }
        }
        early = counts;
        window = wider;
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
