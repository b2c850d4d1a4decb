package org.motleysim.workloads.llm.routing;

/**
 * What a router may know of a request.
 *
 * <p>One object is reused for all requests of a run: read it, do not keep it.
 */
public interface RoutedRequest {
    /** Number of the request in order of arrival, from 0. */
    long id();

    /** Arrival in nanoseconds since the start of the run. */
    long arrivalNanos();

    /** Tokens of the prompt. */
    int promptTokens();

    /** Tokens of the output; a real router knows only the limit the client set ({@code max_tokens}), here taken as exact. */
    int outputTokens();
}
