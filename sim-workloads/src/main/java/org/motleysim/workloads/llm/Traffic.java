package org.motleysim.workloads.llm;

import java.util.List;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.workloads.Balance;

/** What brings requests in one run: single ones, conversations, agents. */
interface Traffic {
    /** What takes the requests. */
    interface Frontend {
        /**
         * A request arrives now.
         *
         * @return its slot; negative when it was refused
         */
        int arrive(Traffic from, Arriving request);

        /** Nothing may be left to come. */
        void mayBeOver();

        /** A number for a stream that nobody has had. */
        long nextStream();
    }

    /** Which of the traffics of the service it is, from 0. */
    int index();

    /** Schedules the first arrival. */
    void start();

    /** Those that are due arrive. */
    void arrive();

    /** What was waiting in {@code place} goes on. */
    default void proceed(int place) {
        throw new IllegalStateException("nothing waits in place " + place);
    }

    /** Whether no request will come any more, but as a consequence of those in flight. */
    boolean isOver();

    /** A request has ended, well or not; its slot is not taken back yet. */
    void ended(int slot, boolean finished);

    /** The stream of a token of a prompt, see {@link org.motleysim.workloads.llm.request.LengthProcess#stream}. */
    long stream(long source, int token);

    /** Adds the metrics of what single requests do not show. */
    default void put(MetricSet.Builder metrics) {}

    /** The books of what single requests do not show. */
    default List<Balance> balances() {
        return List.of();
    }

    /** Distributions of what single requests do not show. */
    default List<Cdf> cdfs() {
        return List.of();
    }
}
