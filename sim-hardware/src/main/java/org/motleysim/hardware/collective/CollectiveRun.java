package org.motleysim.hardware.collective;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.engine.EventType;

/**
 * Where the ranks of one collective are: per rank its step, how many transfers of that step have not come, how many of its last steps have
 * not left and how many of its next ones came early (windows of as many steps as may be under way), and the transfers to it that wait until
 * it comes near their step (a list through {@link Collectives}).
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
    private final int[] missing;
    private final int window; // steps whose transfers may be under way
    private final int[] early;
    private final int[] sending;
    private final int[] unsent;
    private final boolean[] blocked;
    private final long[] reduction;
    private final int[] parked;
    private int unfinished;
    private int joined;

    CollectiveRun(
            CollectiveSchedule schedule,
            int window,
            int[] endpoints,
            EventType done,
            long argument,
            @Nullable EventType rankDone) {
        this.schedule = schedule;
        this.endpoints = endpoints;
        this.done = done;
        this.argument = argument;
        this.rankDone = rankDone;
        this.steps = schedule.steps();
        int ranks = endpoints.length;
        this.step = new int[ranks];
        this.missing = new int[ranks];
        this.window = window;
        this.early = new int[Math.multiplyExact(window, ranks)];
        this.sending = new int[Math.multiplyExact(window, ranks)];
        this.unsent = new int[ranks];
        this.blocked = new boolean[ranks];
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

    /** Begins a step with so many transfers out and in. */
    void expect(int rank, int sends, int receives, long reduce) {
        int place = rank * window + step[rank] % window;
        missing[rank] = receives - early[place];
        early[place] = 0;
        sending[place] = sends;
        unsent[rank] += sends;
        reduction[rank] = reduce;
    }

    /** Returns whether a rank may end its step: all has come, and the step whose place the next one takes has left. */
    boolean isReady(int rank) {
        return missing[rank] == 0 && sending[rank * window + (step[rank] + 1) % window] == 0;
    }

    /** Notes that a rank waits until it is ready. */
    void block(int rank) {
        blocked[rank] = true;
    }

    /** Returns whether a rank waited and is ready now; then it waits no longer. */
    boolean unblock(int rank) {
        if (blocked[rank] && isReady(rank)) {
            blocked[rank] = false;
            return true;
        }
        return false;
    }

    void received(int rank, int ofStep) {
        if (ofStep == step[rank]) {
            missing[rank]--;
        } else {
            early[rank * window + ofStep % window]++;
        }
    }

    /** Returns whether a rank has room for a transfer of a step: it is at that step or near before it. */
    boolean hasRoom(int rank, int ofStep) {
        return step[rank] != NOT_ENTERED && ofStep < step[rank] + window;
    }

    void sent(int rank, int ofStep) {
        sending[rank * window + ofStep % window]--;
        unsent[rank]--;
    }

    /** Returns whether a rank is behind its last step and all that it sent has arrived. */
    boolean isThrough(int rank) {
        return step[rank] == steps && unsent[rank] == 0;
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
