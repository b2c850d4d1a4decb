package org.motleysim.workloads.llm;

import org.motleysim.workloads.arrival.ArrivalProcess;
import org.motleysim.workloads.llm.request.LengthProcess;

/** The requests of one run in order of arrival, one at a time; the accessors tell of the present one. */
final class RequestFeed {
    private final ArrivalProcess arrivals;
    private final LengthProcess lengths;
    private long left;
    private long arrivalNanos;

    RequestFeed(ArrivalProcess arrivals, LengthProcess lengths, long count) {
        this.arrivals = arrivals;
        this.lengths = lengths;
        this.left = count;
    }

    /** Moves to the next request; false when there is none. */
    boolean next() {
        if (!nextArrival()) {
            return false;
        }
        nextLengths();
        return true;
    }

    /** Moves to the next arrival, without lengths; false when there is none. */
    boolean nextArrival() {
        if (left == 0) {
            return false;
        }
        left--;
        arrivalNanos = arrivals.nextNanos();
        if (arrivalNanos == ArrivalProcess.NEVER) {
            left = 0;
            return false;
        }
        return true;
    }

    /** Moves to the next lengths. */
    void nextLengths() {
        lengths.next();
    }

    /** When it arrives, in nanoseconds since the start. */
    long arrivalNanos() {
        return arrivalNanos;
    }

    /** Tokens of its prompt, at least 1. */
    int promptTokens() {
        return lengths.promptTokens();
    }

    /** Tokens it will be answered with, at least 1. */
    int outputTokens() {
        return lengths.outputTokens();
    }

    /** What its prompt begins with, as {@link #prompts} knows it. */
    long source() {
        return lengths.source();
    }

    /** Tokens at its beginning that others may have too. */
    int sharedTokens() {
        return lengths.sharedTokens();
    }

    /** The prompts of the run. */
    LengthProcess prompts() {
        return lengths;
    }
}
