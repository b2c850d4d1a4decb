package org.motleysim.workloads.layers;

import org.motleysim.hardware.device.Kernel;

/**
 * A kernel and where it comes from.
 *
 * @param layer name of the layer
 * @param pass part of the step
 * @param kernel what the device is asked
 */
public record LayerKernel(String layer, Pass pass, Kernel kernel) {
    /** Parts of a step. */
    public enum Pass {
        /** From input to output. */
        FORWARD,
        /** Gradients of what layers read. */
        INPUT_GRADIENT,
        /** Gradients of weights. */
        WEIGHT_GRADIENT,
        /** New weights. */
        UPDATE
    }
}
