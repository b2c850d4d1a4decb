package org.motleysim.hardware.collective;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A way to do collectives. Those that come with Motley are in {@link Algorithms}; one's own is a class or, for a schedule without closed
 * form, {@link Algorithms#of}. Immutable.
 */
public interface CollectiveAlgorithm {
    /** Returns its name, such as {@code "ring"}. */
    String name();

    /**
     * Returns why it cannot do a collective over so many ranks; empty when it can.
     *
     * @param ranks one or more
     */
    Optional<String> refusal(Collective collective, int ranks);

    /**
     * Returns who sends what to whom.
     *
     * @throws IllegalArgumentException with the text of {@link #refusal} if there is one
     */
    CollectiveSchedule schedule(Collective collective, int ranks);

    /**
     * Returns the time without contention between ranks that start together, in seconds; empty when no formula is known. Exact unless the
     * algorithm says otherwise.
     *
     * @throws IllegalArgumentException with the text of {@link #refusal} if there is one
     */
    default OptionalDouble seconds(Collective collective, int ranks, AlphaBeta network) {
        return OptionalDouble.empty();
    }
}
