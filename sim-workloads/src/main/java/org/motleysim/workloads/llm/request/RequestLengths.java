package org.motleysim.workloads.llm.request;

import java.util.List;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStream;
import org.motleysim.workloads.traces.RequestTrace;

/**
 * How long prompts and outputs are: a description without state, shared freely; {@link #bind} starts it for one run. Those made here
 * are immutable and have value equality.
 */
@FunctionalInterface
public interface RequestLengths {
    /** Starts the lengths of one run. */
    LengthProcess bind(RandomStream stream);

    /**
     * Independent log-normal lengths, rounded to whole tokens of at least 1.
     *
     * @param promptMedian tokens
     * @param promptP99 tokens, at least the median
     * @param outputMedian tokens
     * @param outputP99 tokens, at least the median
     * @throws IllegalArgumentException if a median is not positive or above its 99th percentile
     */
    static RequestLengths logNormal(double promptMedian, double promptP99, double outputMedian, double outputP99) {
        return independent(
                Distribution.logNormal(promptMedian, promptP99), Distribution.logNormal(outputMedian, outputP99));
    }

    /** Independent lengths of the given distributions, rounded to whole tokens of at least 1. */
    static RequestLengths independent(Distribution prompt, Distribution output) {
        return new IndependentLengths(prompt, output);
    }

    /**
     * All requests alike.
     *
     * @throws IllegalArgumentException if a number is not positive
     */
    static RequestLengths fixed(int promptTokens, int outputTokens) {
        return new FixedLengths(promptTokens, outputTokens);
    }

    /** The lengths of a trace in its order, from the beginning again when it ends. With the trace's arrivals this replays it. */
    static RequestLengths trace(RequestTrace trace) {
        return new TraceLengths(trace);
    }

    /** Lengths of a random request of a trace each time, prompt and output together. */
    static RequestLengths empirical(RequestTrace trace) {
        return new SampledLengths(trace);
    }

    /**
     * Returns a measured distribution that ships with Motley: {@code "azure-2023-conversation"}.
     *
     * @throws IllegalArgumentException naming the nearest name if there is none of that name
     */
    static RequestLengths builtIn(String name) {
        return BuiltInLengths.get(name);
    }

    /** Returns the names of the measured distributions that ship with Motley. */
    static List<String> builtInNames() {
        return BuiltInLengths.names();
    }

    /**
     * Returns the same lengths cut to what a model takes: prompts to one token less than the limit, outputs to what the prompt leaves.
     *
     * @param contextLimit most tokens of prompt and output together, at least 2
     * @throws IllegalArgumentException if it is less
     */
    default RequestLengths within(int contextLimit) {
        return new CutLengths(this, contextLimit);
    }
}
