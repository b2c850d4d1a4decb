package org.motleysim.workloads.federated.population;

import org.motleysim.core.random.RandomStreams;

/**
 * When clients may be asked to take part. A user plugs in another by implementing it.
 *
 * <p>A description is immutable; {@link #bind} makes the state of one run.
 */
public interface Availability {
    /**
     * The clients of one run.
     *
     * <p>Asked at times that never run backwards for one client. It may draw when it is asked, so a client that nobody asks about costs
     * nothing.
     */
    interface Hours {
        /** Returns whether a client is available at a time. */
        boolean isOn(int client, long nanos);

        /** Returns when a client that is on at this time goes off; {@link Long#MAX_VALUE} if it never does. */
        long onUntil(int client, long nanos);

        /** Returns when a client that is off at this time comes on; {@link Long#MAX_VALUE} if it never does. */
        long offUntil(int client, long nanos);

        /** Returns the bytes of the arrays that grow with the number of clients. */
        long arrayBytes();
    }

    /**
     * Makes the state of one run.
     *
     * @param clients how many there are
     * @param clocks what each client's clock is ahead
     * @param streams of the run
     */
    Hours bind(int clients, ClockSkew.Clocks clocks, RandomStreams streams);

    /** Returns clients that are always available. */
    static Availability always() {
        return new Always();
    }

    /** Returns clients that are never available: what a run with nobody in it does. */
    static Availability never() {
        return new Never();
    }
}
