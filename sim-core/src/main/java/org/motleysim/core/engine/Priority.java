package org.motleysim.core.engine;

/**
 * Order among events of the same instant. Resources are given back before anyone asks for them, and samplers see the
 * state that remains. Events of one instant and one priority run in the order in which they were scheduled.
 */
public enum Priority {
    /** Gives something back: a server, memory, a link. Runs first. */
    RELEASE(0),
    /** The default. */
    NORMAL(1),
    /** Only looks: samplers, progress, end of warm-up. Runs last. */
    OBSERVE(2);

    /** Where the priority stands in the ORDER word of an event: above the sequence, below the sign. */
    static final int SHIFT = 61;

    static final long MASK = -1L << SHIFT;

    /** The priority at its place in the ORDER word. */
    final long bits;

    Priority(long rank) {
        this.bits = rank << SHIFT;
    }
}
