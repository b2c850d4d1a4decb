package org.motleysim.workloads.llm.request;

import org.motleysim.core.random.RandomStream;
import org.motleysim.workloads.traces.RequestTrace;

record SampledLengths(RequestTrace trace) implements RequestLengths {
    SampledLengths {
        TraceRow.notEmpty(trace);
    }

    @Override
    public LengthProcess bind(RandomStream stream) {
        return new TraceRow(trace, row -> stream.nextInt(trace.size()));
    }
}
