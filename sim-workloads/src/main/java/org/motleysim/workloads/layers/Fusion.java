package org.motleysim.workloads.layers;

import java.util.Locale;

/** Which neighbouring operations run in one kernel. */
public enum Fusion {
    /** Each operation, norm, activation and sum is a kernel of its own, as in eager frameworks. */
    EAGER,
    /** Norm, activation and a sum after it run in one kernel over the elements, as pointwise compilers make it. */
    POINTWISE,
    /** Norms are folded into weights, activations and sums run at the end of the product, as inference compilers make it. */
    EPILOGUE;

    /** Returns the name used in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
