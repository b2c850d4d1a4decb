package org.motleysim.hardware.device;

import java.util.Locale;

/** Which code a kernel runs; kernels of one family reach similar fractions of a device's peaks. */
public enum KernelFamily {
    /** Dense matrix product. */
    GEMM,
    /** Fused attention of a prompt or chunk with everything before it. */
    ATTENTION_PREFILL,
    /** Fused attention of single new tokens with their cached context. */
    ATTENTION_DECODE,
    /** Work per element: activations, additions, rotary embedding. */
    ELEMENTWISE,
    /** Normalisation over rows, and softmax. */
    NORM,
    /** Gathering rows of a table. */
    EMBEDDING,
    /** Grouped matrix products of a mixture of experts. */
    MOE_GEMM,
    /** Dense or grouped convolution, an implicit matrix product. */
    CONVOLUTION,
    /** Depthwise convolution: one filter a channel, little reuse. */
    DEPTHWISE,
    /** Moving bytes inside a device. */
    COPY,
    /** Sum over the devices of a node, left on each; bytes count on the {@linkplain DeviceSpec#deviceLink() device link}. */
    ALL_REDUCE,
    /** Anything else. */
    OTHER;

    /** Returns the name used in files, such as {@code "attention-prefill"}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
