package org.motleysim.core.engine;

/** Why a run came back. Each of them may be followed by another run. */
public enum StopReason {
    /** No event is pending any more. */
    EMPTY,
    /** The time given to {@link Simulation#runUntil} was reached; later events are pending. */
    TIME_REACHED,
    /** The number of events given to {@link Simulation#runEvents} was processed. */
    COUNT_REACHED,
    /** An event called {@link Simulation#stop}. */
    STOPPED
}
