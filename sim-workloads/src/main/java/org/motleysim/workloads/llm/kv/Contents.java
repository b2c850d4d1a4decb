package org.motleysim.workloads.llm.kv;

/**
 * What the tokens of requests are, as far as it matters who has the same: each token belongs to a <em>stream</em>, and two requests whose
 * tokens at one position are of the same stream are alike up to there. Streams form a tree: what comes before the tokens of a stream is
 * always the same.
 *
 * <p>So the system prompt of a service is a stream, each conversation that begins with it is one, and a prompt that nobody shares is one of
 * its own.
 */
@FunctionalInterface
public interface Contents {
    /** Streams are numbered from 0 to this. */
    long LAST_STREAM = (1L << 39) - 1;

    /**
     * Returns the stream of a token.
     *
     * @param request the slot of the request
     * @param token counted from 0, prompt and output
     */
    long stream(int request, int token);
}
