package org.motleysim.hardware.network;

import org.motleysim.core.engine.EventType;

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

    /** Returns the energy that transfers have drawn so far; zero unless the network is {@link NetworkModel#metered metered}. */
    default double joules() {
        return 0;
    }

    /** Asks to be told of energy when it is drawn; there is one listener. */
    default void onEnergy(EnergyListener listener) {}

    /** Is told of the energy of a transfer, when that begins. */
    @FunctionalInterface
    interface EnergyListener {
        void drawn(double joules);
    }

    /** Returns the bytes of transfers that have not finished. */
    default long bytesInFlight() {
        return bytesSent() - bytesDelivered();
    }
}
