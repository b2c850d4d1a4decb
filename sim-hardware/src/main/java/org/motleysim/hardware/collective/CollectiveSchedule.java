package org.motleysim.hardware.collective;

/**
 * Who sends what to whom, in steps. Each rank walks through its steps at its own pace: it begins a step when all transfers of its step
 * before, out and in, are over and added up ({@link Collectives#sendingAhead} loosens it), and a transfer begins when both ends have come to its step. So a late rank delays who waits for it and nobody else. Immutable.
 *
 * <p>A transfer that leaves in step s of the sender arrives in step s of the receiver. Steps in which a rank has nothing to do cost
 * nothing.
 */
public interface CollectiveSchedule {
    /** Returns the number of steps, zero or more. */
    int steps();

    /** Says what a rank does in a step. Allocates nothing. */
    void step(int rank, int step, Step into);

    /**
     * Returns whether a step is one for all: nobody ends it before everybody has. A switch that adds up must wait for the last rank.
     * Default: no.
     */
    default boolean joint(int step) {
        return false;
    }

    /**
     * Returns whether every rank sends, receives and adds up the same bytes as rank 0 in every step, at the same levels of a network in
     * which the first so many ranks are neighbours of the first level, so many such groups neighbours of the second, and so on. Default:
     * no.
     *
     * @param levels group sizes, lowest first; their product is the number of ranks
     */
    default boolean symmetric(int... levels) {
        return false;
    }
}
