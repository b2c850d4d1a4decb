package org.motleysim.workloads.llm.step;

import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;

/**
 * One kernel of an iteration, on one device of the replica.
 *
 * @param name such as {@code "qkv projection"}
 * @param kernel what it demands each time
 * @param times how often it runs in an iteration
 * @param modelBytes weights, keys and values it moves each time
 */
public record Operator(String name, Kernel kernel, int times, double modelBytes) {
    /** Flops each time, if they are the model's: those of matrix products and attention. */
    public double modelFlops() {
        return isModelArithmetic(kernel.family()) ? kernel.flops() : 0;
    }

    private static boolean isModelArithmetic(KernelFamily family) {
        return switch (family) {
            case GEMM, MOE_GEMM, ATTENTION_PREFILL, ATTENTION_DECODE -> true;
            default -> false;
        };
    }
}
