package org.motleysim.workloads.llm.request;

import org.motleysim.core.random.RandomStream;
import org.motleysim.workloads.traces.RequestTrace;

record TraceLengths(RequestTrace trace) implements RequestLengths {
    TraceLengths {
        TraceRow.notEmpty(trace);
    }

    @Override
    public LengthProcess bind(RandomStream stream) {
        return new TraceRow(trace, row -> row + 1 == trace.size() ? 0 : row + 1);
    }
}
