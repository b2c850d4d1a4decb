package org.motleysim.workloads.llm.model;

/**
 * Layers in which a token attends only to the most recent ones.
 *
 * @param tokens how many, itself included
 * @param layers in how many layers; the others attend to everything
 */
public record SlidingWindow(int tokens, int layers) {
    /** @throws IllegalArgumentException if a number is not positive */
    public SlidingWindow {
        Require.positive("tokens", tokens);
        Require.positive("layers", layers);
    }
}
