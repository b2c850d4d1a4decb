package org.motleysim.workloads.federated;

/** Why a task ended without an update. */
enum LossCause {
    /** The client was not available any more. */
    AVAILABILITY(0, "went off"),
    /** The client failed for a reason of its own. */
    FAILURE(1, "failed"),
    /** Its battery was empty. */
    BATTERY(2, "ran out of battery"),
    /** The round was over. */
    ABORTED(3, "were told to stop");

    private static final LossCause[] BY_CODE = values();

    private final int code;
    private final String did;

    LossCause(int code, String did) {
        this.code = code;
        this.did = did;
    }

    /** A number of two bits, which goes into the argument of an event. */
    int code() {
        return code;
    }

    static LossCause of(int code) {
        return BY_CODE[code];
    }

    String did() {
        return did;
    }

    String metric() {
        return this == ABORTED ? "aborted" : "lost." + name().toLowerCase(java.util.Locale.ROOT);
    }
}
