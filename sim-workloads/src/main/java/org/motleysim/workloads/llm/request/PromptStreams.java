package org.motleysim.workloads.llm.request;

/**
 * Numbers of the streams that tokens of requests belong to, in ranges of their own, so that nobody shares by accident. Up to 2^36 of each
 * kind.
 */
public final class PromptStreams {
    private static final int BITS = 36;

    private PromptStreams() {}

    /** The prompt and the output of a request that shares them with nobody, but with itself after a preemption. */
    public static long alone(long request) {
        return request;
    }

    /** A block that a trace has a number for; equal numbers stand for equal blocks after equal blocks. */
    public static long recorded(int block) {
        return 1L << BITS | block;
    }

    /** A conversation, or a step of an agent: what is said in it, by whomever, after what came before. */
    public static long said(long number) {
        return 2L << BITS | number;
    }

    /** A system prompt. */
    public static long system(long number) {
        return 3L << BITS | number;
    }
}
