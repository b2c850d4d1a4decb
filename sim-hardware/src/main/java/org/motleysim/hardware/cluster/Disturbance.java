package org.motleysim.hardware.cluster;

/** What can happen to a device in the middle of a run, so that a workload on it must know how to live with it. */
public enum Disturbance {
    /** It goes down, or is taken away by a spot market, and loses what is in its memory. */
    OUTAGES("outages or spot interruptions"),
    /** It takes longer than its models say. */
    SLOWDOWN("stragglers or slow phases"),
    /** Bits flip. */
    SOFT_ERRORS("soft errors"),
    /** Its clock follows a governor, a cap or its heat. */
    CLOCKS("operating points, caps or heat"),
    /** It is off until it has been charged. */
    BATTERY("a battery");

    private final String title;

    Disturbance(String title) {
        this.title = title;
    }

    /** Returns what it is, for messages. */
    public String title() {
        return title;
    }
}
