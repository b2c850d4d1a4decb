package org.motleysim.workloads.llm.request;

/** The lengths of the requests of one run, one after the other. Used by one thread. */
public interface LengthProcess {
    /** Goes on to the next request; must be called before the first. */
    void next();

    /** Returns the tokens of the current request's prompt, at least 1. */
    int promptTokens();

    /** Returns the tokens that the current request generates, at least 1. */
    int outputTokens();

    /** Returns how many tokens at the beginning of the current request's prompt others may have too; none by default. */
    default int sharedTokens() {
        return 0;
    }

    /** Returns what the current request's prompt begins with, as {@link #stream} understands it. */
    default long source() {
        return -1;
    }

    /**
     * Returns the stream that a token belongs to: prompts with equal streams at a position are alike up to there.
     *
     * @param source as returned by {@link #source} at some request
     * @param token counted from 0, less than that request's {@link #sharedTokens}
     */
    default long stream(long source, int token) {
        throw new IllegalStateException("no token of these prompts is shared");
    }
}
