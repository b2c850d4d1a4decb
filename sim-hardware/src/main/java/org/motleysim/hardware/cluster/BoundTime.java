package org.motleysim.hardware.cluster;

import org.motleysim.hardware.cost.Bound;

/**
 * What the time in which a device was busy was bound by, as far as the workload tells. In seconds since the start of the run. Belongs to
 * one {@link Device}.
 */
public final class BoundTime {
    private double compute;
    private double memory;
    private double launch;
    private double link;

    BoundTime() {}

    /**
     * Adds busy time that waited for the same; what is {@link Bound#UNKNOWN} need not be told.
     *
     * @param seconds zero or more
     */
    public void add(Bound bound, double seconds) {
        switch (bound) {
            case COMPUTE -> compute += seconds;
            case MEMORY -> memory += seconds;
            case LAUNCH -> launch += seconds;
            case LINK -> link += seconds;
            case UNKNOWN -> {}
        }
    }

    /** Returns the seconds that waited for it; zero for {@link Bound#UNKNOWN}. */
    public double seconds(Bound bound) {
        return switch (bound) {
            case COMPUTE -> compute;
            case MEMORY -> memory;
            case LAUNCH -> launch;
            case LINK -> link;
            case UNKNOWN -> 0;
        };
    }

    /** Returns the seconds of which the workload told what they waited for. */
    public double told() {
        return compute + memory + launch + link;
    }
}
