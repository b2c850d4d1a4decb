package org.motleysim.workloads.layers;

/** What is added to the result of a convolution or product. */
public enum Terms {
    /** Nothing. */
    NONE,
    /** One value a channel. */
    BIAS,
    /** Batch norm: scale and shift a channel, statistics of the batch in training. */
    NORM,
    /** A bias that the norm makes idle, yet there. */
    BIAS_AND_NORM;

    /** Returns whether there is a batch norm. */
    public boolean norm() {
        return this == NORM || this == BIAS_AND_NORM;
    }
}
