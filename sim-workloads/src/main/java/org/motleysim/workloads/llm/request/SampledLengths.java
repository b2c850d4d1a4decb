package org.motleysim.workloads.llm.request;

import org.motleysim.core.random.RandomStream;
import org.motleysim.workloads.traces.RequestTrace;

/**
 * Lengths of a random request of a trace each time; prompts begin alike with no other.
 *
 * @param trace the recorded requests, at least one
 */
public record SampledLengths(RequestTrace trace) implements RequestLengths {
    /** @throws IllegalArgumentException if a part is out of its range */
    public SampledLengths {
        TraceRow.notEmpty(trace);
    }

    @Override
    public LengthProcess bind(RandomStream stream) {
        return new TraceRow(trace, false, row -> stream.nextInt(trace.size()));
    }
}
