package org.motleysim.workloads.llm;

import org.motleysim.workloads.llm.routing.RoutedRequest;

/** The request that is arriving or being routed; one object for all of a run. */
final class Arriving implements RoutedRequest {
    private long id;
    private long arrivalNanos;
    int promptTokens;
    int outputTokens;

    /** What the prompt begins with, and for how many tokens; see {@link Traffic#stream}. */
    long source = -1;

    int sharedTokens;

    /** The stream of all other tokens; negative for one of its own. */
    long ownStream = -1;

    /** What it belongs to. */
    int session = -1;

    int step;

    /** Identifies it for routers. */
    void identify(long number, long nanos) {
        id = number;
        arrivalNanos = nanos;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public long arrivalNanos() {
        return arrivalNanos;
    }

    @Override
    public int promptTokens() {
        return promptTokens;
    }

    @Override
    public int outputTokens() {
        return outputTokens;
    }
}
