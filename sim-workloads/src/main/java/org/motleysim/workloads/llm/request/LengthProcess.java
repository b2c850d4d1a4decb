package org.motleysim.workloads.llm.request;

/** The lengths of the requests of one run, one after the other. Used by one thread. */
public interface LengthProcess {
    /** Goes on to the next request; must be called before the first. */
    void next();

    /** Returns the tokens of the current request's prompt, at least 1. */
    int promptTokens();

    /** Returns the tokens that the current request generates, at least 1. */
    int outputTokens();
}
