package org.motleysim.hardware.network;

import java.util.List;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.metric.Series;

/**
 * A network in a running simulation. Used by the thread of the simulation.
 *
 * <p>At any time {@code bytesSent() = bytesDelivered() + bytesInFlight()}.
 */
public interface Network {
    /**
     * Sends bytes; {@code done} happens at the receiver when the last has arrived. A transfer to oneself arrives at once: at the same
     * virtual time, in a later event.
     *
     * @param bytes zero or more
     * @throws IllegalArgumentException if an endpoint does not exist or bytes are negative
     */
    void transfer(int from, int to, long bytes, EventType done, long argument);

    /** Returns the number of endpoints. */
    int endpoints();

    /** Returns all bytes that were ever sent. */
    long bytesSent();

    /** Returns all bytes that have arrived. */
    long bytesDelivered();

    /** Returns the energy that transfers have drawn so far; zero unless the network {@link #isMetered}. */
    default double joules() {
        return 0;
    }

    /** Returns whether its bits cost energy: it is {@link NetworkModel#metered metered}, or has links that say what a bit costs. */
    default boolean isMetered() {
        return false;
    }

    /** Asks to be told of energy when it is drawn; there is one listener. */
    default void onEnergy(EnergyListener listener) {}

    /** Is told of the energy of a transfer, when that begins or ends. */
    @FunctionalInterface
    interface EnergyListener {
        void drawn(double joules);
    }

    /** Returns the bytes of transfers that have not finished. */
    default long bytesInFlight() {
        return bytesSent() - bytesDelivered();
    }

    /** Returns how often a station that had transfers under way has changed its cell; zero where nothing moves. */
    default long handovers() {
        return 0;
    }

    /** Returns what each link has carried so far; empty where a network has no links to speak of. */
    default List<LinkUse> links() {
        return List.of();
    }

    /** Asks to remember what each link carries when, from now on; nothing where a network has no links to speak of. */
    default void keepHistory() {}

    /**
     * Returns what each of {@link #links} carried over time, in bytes per second and in their order; empty unless it was asked to {@link
     * #keepHistory}. Means of at most 128 spans.
     */
    default List<Series> linkCurves() {
        return List.of();
    }
}
