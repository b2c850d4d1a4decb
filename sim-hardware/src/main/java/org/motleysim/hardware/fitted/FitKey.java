package org.motleysim.hardware.fitted;

import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;

/**
 * Which kernels a fit answers for.
 *
 * @param family as {@link org.motleysim.hardware.device.KernelFamily#label}; latent and windowed attention are
 *     {@code "latent-attention-prefill"}, {@code "windowed-attention-decode"} and so on
 * @param format computed in, as {@link NumberFormat#label}
 * @param stored format of weights or of the cache
 * @param framework whose kernels were measured, such as {@code "vllm"}
 * @param flavour what else tells kernels of one format apart, such as {@code "fp8_block"} or {@code "softmax"}; usually empty
 */
public record FitKey(String family, String format, String stored, String framework, String flavour) {
    /** Returns the key of a kernel, with framework and flavour left to the caller. */
    public static FitKey of(Kernel kernel, String framework, String flavour) {
        return new FitKey(
                family(kernel), kernel.format().label(), stored(kernel).label(), framework, flavour);
    }

    /** Whether queries see the last keys only, which other kernels do. */
    public static boolean isWindowed(Kernel kernel) {
        return kernel.shape() instanceof Shape.Attention attention && attention.window() > 0;
    }

    /** Returns the family's name, which tells latent and windowed attention apart. */
    static String family(Kernel kernel) {
        String label = kernel.family().label();
        if (kernel.shape() instanceof Shape.LatentAttention) {
            return "latent-" + label;
        }
        return isWindowed(kernel) ? "windowed-" + label : label;
    }

    /** Returns the format that weights or keys and values are stored in. */
    public static NumberFormat stored(Kernel kernel) {
        if (kernel.shape() instanceof Shape.Product product) {
            return product.weightFormat();
        }
        if (kernel.shape() instanceof Shape.Attention attention) {
            return attention.cacheFormat();
        }
        if (kernel.shape() instanceof Shape.LatentAttention latent) {
            return latent.cacheFormat();
        }
        return kernel.format();
    }

    @Override
    public String toString() {
        return family + " " + format + (stored.equals(format) ? "" : "/" + stored) + " " + framework
                + (flavour.isEmpty() ? "" : " " + flavour);
    }
}
