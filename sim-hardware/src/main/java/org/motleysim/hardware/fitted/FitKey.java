package org.motleysim.hardware.fitted;

import java.util.Optional;
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
    /**
     * Returns the key of a kernel, with framework and flavour left to the caller. Formats of blocks go by their elements, as tables of
     * measured kernels do.
     */
    public static FitKey of(Kernel kernel, String framework, String flavour) {
        return new FitKey(
                family(kernel),
                kernel.format().multiplier().label(),
                stored(kernel).label(),
                framework,
                flavour.isEmpty() ? mixed(kernel) : flavour);
    }

    /**
     * Returns the key of the same kernel in the other format of 16 bits, fp16 for bf16 or bf16 for fp16: matrix units take both at one rate
     * and all else is bytes, so that a fit of one answers for the other where the datasheet does not tell them apart.
     */
    Optional<FitKey> twin() {
        return twin(format).map(other -> new FitKey(family, other, twin(stored).orElse(stored), framework, flavour));
    }

    /** Returns the other format of 16 bits, if this is one. */
    static Optional<String> twin(String format) {
        return switch (format) {
            case "fp16" -> Optional.of("bf16");
            case "bf16" -> Optional.of("fp16");
            default -> Optional.empty();
        };
    }

    /** Experts have always gone by the format computed in, and by a flavour where weights are stored in another. */
    private static NumberFormat stored(Kernel kernel) {
        NumberFormat format = kernel.shape() instanceof Shape.Experts ? kernel.format() : kernel.storedFormat();
        return format.multiplier();
    }

    /** Names that tables have for experts whose weights are stored narrower than they are multiplied. */
    private static String mixed(Kernel kernel) {
        if (!(kernel.shape() instanceof Shape.Experts experts)) {
            return "";
        }
        NumberFormat stored = experts.weightFormat().multiplier();
        NumberFormat format = kernel.format().multiplier();
        boolean half = format.equals(NumberFormat.BF16) || format.equals(NumberFormat.FP16);
        if (stored.equals(format)) {
            return "";
        }
        if (half && stored.equals(NumberFormat.INT4)) {
            return "int4_wo";
        }
        if (half && stored.equals(NumberFormat.FP4)) {
            return "w4a16_mxfp4";
        }
        if (format.equals(NumberFormat.FP8) && stored.equals(NumberFormat.FP4)) {
            return "w4a8_mxfp4_mxfp8";
        }
        return stored.label() + "-weights";
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

    @Override
    public String toString() {
        return family + " " + format + (stored.equals(format) ? "" : "/" + stored) + " " + framework
                + (flavour.isEmpty() ? "" : " " + flavour);
    }
}
