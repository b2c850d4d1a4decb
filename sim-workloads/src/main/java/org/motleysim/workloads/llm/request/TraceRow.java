package org.motleysim.workloads.llm.request;

import org.motleysim.workloads.traces.RequestTrace;

/** A position in a trace; {@code advance} says which row comes next. */
final class TraceRow implements LengthProcess {
    /** Chooses the next row of a trace. */
    @FunctionalInterface
    interface Advance {
        int after(int row);
    }

    private final RequestTrace trace;
    private final boolean shares;
    private final Advance advance;
    private int row = -1;

    /** @param shares whether prompts begin alike where the trace says so */
    TraceRow(RequestTrace trace, boolean shares, Advance advance) {
        this.trace = trace;
        this.shares = shares;
        this.advance = advance;
    }

    static RequestTrace notEmpty(RequestTrace trace) {
        if (trace.size() == 0) {
            throw new IllegalArgumentException("trace (0 requests) must not be empty");
        }
        return trace;
    }

    @Override
    public void next() {
        row = advance.after(row);
    }

    @Override
    public int promptTokens() {
        return trace.promptTokens(row);
    }

    @Override
    public int outputTokens() {
        return trace.outputTokens(row);
    }

    @Override
    public int sharedTokens() {
        return shares ? trace.prefixTokens(row) : 0;
    }

    @Override
    public long source() {
        return row;
    }

    @Override
    public long stream(long source, int token) {
        return PromptStreams.recorded(trace.prefixBlock((int) source, token));
    }
}
