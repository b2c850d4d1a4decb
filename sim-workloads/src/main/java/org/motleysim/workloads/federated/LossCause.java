package org.motleysim.workloads.federated;

/** Why a task ended without an update. */
enum LossCause {
    /** The client was not available any more. */
    AVAILABILITY("went off"),
    /** The client failed for a reason of its own. */
    FAILURE("failed"),
    /** Its battery was empty. */
    BATTERY("ran out of battery"),
    /** The round was over. */
    ABORTED("were told to stop");

    private final String did;

    LossCause(String did) {
        this.did = did;
    }

    String did() {
        return did;
    }

    String metric() {
        return this == ABORTED ? "aborted" : "lost." + name().toLowerCase(java.util.Locale.ROOT);
    }
}
