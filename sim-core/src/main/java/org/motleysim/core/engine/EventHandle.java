package org.motleysim.core.engine;

/**
 * Names the value that stands for no event. A handle is a plain {@code long} so that a model can keep millions of them
 * in an array; it is only meaningful to the {@link Simulation} that gave it.
 */
public final class EventHandle {

    /** The handle of no event; never pending, and cancelling it does nothing. */
    public static final long NONE = 0;

    private EventHandle() {}
}
