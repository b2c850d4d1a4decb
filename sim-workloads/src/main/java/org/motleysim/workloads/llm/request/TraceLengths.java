package org.motleysim.workloads.llm.request;

import org.motleysim.core.random.RandomStream;
import org.motleysim.workloads.traces.RequestTrace;

/**
 * The lengths of a trace in its order, again and again; prompts begin alike where the trace has block numbers that say so.
 *
 * @param trace the recorded requests, at least one
 */
public record TraceLengths(RequestTrace trace) implements RequestLengths {
    /** @throws IllegalArgumentException if a part is out of its range */
    public TraceLengths {
        TraceRow.notEmpty(trace);
    }

    @Override
    public LengthProcess bind(RandomStream stream) {
        return new TraceRow(trace, true, row -> row + 1 == trace.size() ? 0 : row + 1);
    }
}
