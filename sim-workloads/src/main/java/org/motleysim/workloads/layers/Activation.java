package org.motleysim.workloads.layers;

import java.util.Locale;

/** A function of single elements at the end of a layer. */
public enum Activation {
    /** None. */
    NONE(0, false),
    /** The positive part. */
    RELU(1, false),
    /** The positive part, at most six. */
    RELU6(2, false),
    /** 1 / (1 + exp(-x)). */
    SIGMOID(4, false),
    /** Hyperbolic tangent. */
    TANH(6, false),
    /** A piecewise linear sigmoid. */
    HARD_SIGMOID(3, true),
    /** x times the hard sigmoid of x. */
    HARD_SWISH(4, true),
    /** x times the sigmoid of x. */
    SILU(5, true),
    /** x times the normal distribution function of x. */
    GELU(10, true);

    private final int flops;
    private final boolean needsInput;

    Activation(int flops, boolean needsInput) {
        this.flops = flops;
        this.needsInput = needsInput;
    }

    /** Returns about how many operations an element takes. */
    public int flops() {
        return flops;
    }

    /** Returns whether the backward pass needs the input; the others get along with the output, which the next layer keeps anyway. */
    public boolean needsInput() {
        return needsInput;
    }

    /** Returns the name used in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
