package org.motleysim.core.engine;

/**
 * A kind of event: a label and the handler that serves it, known to one {@link Simulation}. Made by
 * {@link Simulation#register}.
 */
public final class EventType {

    final Simulation simulation;
    final int id;
    final long labelHash;
    final EventHandler handler;
    private final String label;

    EventType(Simulation simulation, int id, String label, EventHandler handler) {
        this.simulation = simulation;
        this.id = id;
        this.label = label;
        this.labelHash = Digest.ofLabel(label);
        this.handler = handler;
    }

    /**
     * Returns the label, as it appears in digests, traces and errors.
     *
     * @return the label
     */
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
