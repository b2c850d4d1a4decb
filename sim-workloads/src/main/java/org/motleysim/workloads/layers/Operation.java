package org.motleysim.workloads.layers;

/** What a layer does before its norm and activation. */
public enum Operation {
    /** Convolution of square filters, grouped or not. */
    CONVOLUTION,
    /** Transposed convolution: spreads each place over a square. */
    UP_CONVOLUTION,
    /** A product with weights at each place. */
    LINEAR,
    /** A product of two inputs, head by head, such as queries by keys. */
    MATMUL,
    /** Rows taken from a table. */
    EMBEDDING,
    /** Norm over channels or groups of them, statistics computed at inference too. */
    NORM,
    /** Softmax along rows. */
    SOFTMAX,
    /** Sum of two inputs. */
    ADD,
    /** Product of two inputs, element by element; the second may be one value a channel. */
    MULTIPLY,
    /** Largest value under a window. */
    MAX_POOL,
    /** Mean under a window. */
    AVERAGE_POOL,
    /** Mean of all places. */
    GLOBAL_POOL,
    /** Nothing but the norm and activation that follow. */
    POINTWISE,
    /** Elements put elsewhere: concatenation, shuffle, padding. */
    REARRANGE,
    /** Another view of the same elements, free. */
    VIEW;

    boolean hasWeights() {
        return this == CONVOLUTION || this == UP_CONVOLUTION || this == LINEAR;
    }
}
