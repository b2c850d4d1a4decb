package org.motleysim.workloads.llm.request;

import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStream;

/**
 * Prompts and outputs of two distributions, rounded to whole tokens of at least 1.
 *
 * @param prompt tokens of prompts
 * @param output tokens of outputs
 */
public record IndependentLengths(Distribution prompt, Distribution output) implements RequestLengths {
    /** Longer than any model reads; keeps the tail of a log-normal within an {@code int}. */
    private static final double MOST_TOKENS = 1e8;

    @Override
    public LengthProcess bind(RandomStream stream) {
        return new LengthProcess() {
            private int promptTokens;
            private int outputTokens;

            @Override
            public void next() {
                promptTokens = tokens(prompt.sample(stream));
                outputTokens = tokens(output.sample(stream));
            }

            @Override
            public int promptTokens() {
                return promptTokens;
            }

            @Override
            public int outputTokens() {
                return outputTokens;
            }
        };
    }

    /** The nearest whole number of tokens, at least 1. */
    static int tokens(double sample) {
        return (int) Math.min(MOST_TOKENS, Math.max(1, Math.rint(sample)));
    }
}
