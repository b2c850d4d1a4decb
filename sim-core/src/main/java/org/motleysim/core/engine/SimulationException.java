package org.motleysim.core.engine;

import org.jspecify.annotations.Nullable;

/** An error inside an event, with the virtual time and the label of that event. */
public final class SimulationException extends RuntimeException {

    private final long timeNanos;
    private final String label;

    SimulationException(long timeNanos, String label, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.timeNanos = timeNanos;
        this.label = label;
    }

    static SimulationException inside(long timeNanos, String label, Throwable cause) {
        return new SimulationException(
                timeNanos, label, "event '" + label + "' at " + SimTime.format(timeNanos) + " failed: " + cause, cause);
    }

    /**
     * Returns the virtual time of the event.
     *
     * @return nanoseconds since the start of the simulation
     */
    public long timeNanos() {
        return timeNanos;
    }

    /**
     * Returns the label of the event.
     *
     * @return the label it was registered or scheduled with
     */
    public String label() {
        return label;
    }
}
