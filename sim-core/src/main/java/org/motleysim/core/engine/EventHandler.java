package org.motleysim.core.engine;

/**
 * What happens when an event is due. One handler object is registered once and serves any number of events, which
 * differ by their argument: an index, a count, a packed pair, whatever the model likes.
 */
@FunctionalInterface
public interface EventHandler {

    /**
     * Runs the event. The clock already stands at its time.
     *
     * @param argument the number given when the event was scheduled
     */
    void on(long argument);
}
