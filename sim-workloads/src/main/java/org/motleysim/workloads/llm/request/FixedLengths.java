package org.motleysim.workloads.llm.request;

import org.motleysim.core.random.RandomStream;

/**
 * All requests alike.
 *
 * @param promptTokens at least 1
 * @param outputTokens at least 1
 */
public record FixedLengths(int promptTokens, int outputTokens) implements RequestLengths, LengthProcess {
    /** @throws IllegalArgumentException if a part is out of its range */
    public FixedLengths {
        if (promptTokens < 1) {
            throw new IllegalArgumentException("promptTokens (" + promptTokens + ") must be at least 1");
        }
        if (outputTokens < 1) {
            throw new IllegalArgumentException("outputTokens (" + outputTokens + ") must be at least 1");
        }
    }

    @Override
    public LengthProcess bind(RandomStream stream) {
        return this;
    }

    @Override
    public void next() {
        // every request is the same
    }
}
