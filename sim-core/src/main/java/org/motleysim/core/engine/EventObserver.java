package org.motleysim.core.engine;

/** Sees each event just before it runs: for traces and for tests of models. It must not schedule or cancel. */
@FunctionalInterface
public interface EventObserver {

    /**
     * Called before each event.
     *
     * @param timeNanos virtual time of the event, in nanoseconds
     * @param label the label it was registered or scheduled with
     * @param argument its argument; 0 for events that were scheduled as a {@link Runnable}
     */
    void before(long timeNanos, String label, long argument);
}
