package org.motleysim.workloads.llm.request;

import org.motleysim.core.random.RandomStream;

/**
 * Other lengths, cut to what a model takes.
 *
 * @param lengths the others
 * @param contextLimit most tokens of prompt and output together, at least 2
 */
public record CutLengths(RequestLengths lengths, int contextLimit) implements RequestLengths {
    /** @throws IllegalArgumentException if a part is out of its range */
    public CutLengths {
        if (contextLimit < 2) {
            throw new IllegalArgumentException("contextLimit (" + contextLimit + ") must be at least 2");
        }
    }

    @Override
    public LengthProcess bind(RandomStream stream) {
        LengthProcess uncut = lengths.bind(stream);
        return new LengthProcess() {
            @Override
            public void next() {
                uncut.next();
            }

            @Override
            public int promptTokens() {
                return Math.min(uncut.promptTokens(), contextLimit - 1);
            }

            @Override
            public int outputTokens() {
                return Math.min(uncut.outputTokens(), contextLimit - promptTokens());
            }

            @Override
            public int sharedTokens() {
                return Math.min(uncut.sharedTokens(), promptTokens());
            }

            @Override
            public long source() {
                return uncut.source();
            }

            @Override
            public long stream(long source, int token) {
                return uncut.stream(source, token);
            }
        };
    }
}
