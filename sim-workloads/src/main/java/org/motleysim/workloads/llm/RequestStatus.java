package org.motleysim.workloads.llm;

/** How a request stood at the end of the run. */
public enum RequestStatus {
    /** All output tokens were produced. */
    FINISHED("finished"),
    /** Refused on arrival: prompt and output can never fit the model's context or the replica's KV cache. */
    TOO_LONG("rejected-too-long"),
    /** Refused on arrival: too many requests were outstanding. */
    BUSY("rejected-busy"),
    /** Given up: it lost its replica to failures more often than allowed. */
    FAILED("failed"),
    /** Still on its way, waiting or running when the run stopped. */
    IN_FLIGHT("in-flight");

    private final String label;

    RequestStatus(String label) {
        this.label = label;
    }

    /** The text in {@code requests.csv}. */
    public String label() {
        return label;
    }

    /** Whether the request was refused. */
    public boolean rejected() {
        return this == TOO_LONG || this == BUSY;
    }
}
