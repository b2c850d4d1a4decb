package org.motleysim.hardware.cost;

import java.util.Locale;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;

/**
 * What it costs to widen numbers that are stored in a narrower format than they are multiplied in, for one family, format and device.
 *
 * <p>Kernels read what is stored and widen it in registers on the way to the multiplier; nothing is written back (Marlin, Frantar et al.,
 * arXiv:2408.11743; AWQ, Lin et al., arXiv:2306.00978; Tilus). So traffic is that of the stored format, and what is added are
 * instructions of the vector units:
 *
 * <pre>
 * seconds = elements * passes * instructions / (FP32 peak / 2)
 * </pre>
 *
 * <ul>
 *   <li>Instructions: one works on a register of 32 bits, so on two numbers of 16 bits. Integers take 2.5 a register (isolate, remove the
 *       offset, shift every other time), floating-point numbers 4.5 (isolate sign and rest, shift, combine, correct the exponent), and one
 *       more if blocks have a scale: counted in {@code dequant.h} of vLLM's Marlin kernels. FP16 and BF16 to FP32 are one instruction
 *       (F16C and its like; a shift).
 *   <li>Rate: an instruction on a lane takes the place of a fused multiply-add, which the peak counts as two.
 *   <li>Passes: a tile of a product is {@value #TILE_ROWS} rows by {@value #TILE_COLUMNS} columns at most (Marlin), and weights are widened
 *       again for each tile of rows, inputs for each tile of columns.
 *   <li>A matrix engine multiplies meanwhile. It is there if the peak computed in exceeds what the vector units reach by packing numbers
 *       into 32 bits; else the same units do both, one after the other.
 * </ul>
 *
 * <p>Numbers as wide as those multiplied (BF16 for FP16) are converted once when they are loaded, which costs nothing here. Where the
 * datasheet has no FP32 peak (arrays of fixed function, FPGA) converters are taken as part of the data path, and cost nothing.
 */
record Widening(
        double secondsPerWeight,
        double secondsPerInput,
        NumberFormat asked,
        NumberFormat stored,
        NumberFormat computed,
        boolean overlaps) {
    static final int TILE_ROWS = 64;
    static final int TILE_COLUMNS = 256;

    private static final double INTEGER_INSTRUCTIONS = 2.5;
    private static final double FLOATING_INSTRUCTIONS = 4.5;
    private static final double HALF_INSTRUCTIONS = 1;
    private static final int HALF_BITS = 16;
    private static final double SCALE_INSTRUCTIONS = 1;
    private static final double FLOPS_PER_INSTRUCTION = 2;
    private static final int REGISTER_BITS = 32;

    /**
     * Returns what a device pays.
     *
     * @param asked format of the kernel, which its inputs have
     * @param stored format of weights or of the cache
     * @param computed format that the device multiplies in
     */
    static Widening of(DeviceSpec spec, NumberFormat asked, NumberFormat stored, NumberFormat computed) {
        double vector =
                spec.peak(NumberFormat.FP32).map(FlopRate::flopsPerSecond).orElse(Double.POSITIVE_INFINITY);
        double matrix = spec.peak(computed).map(FlopRate::flopsPerSecond).orElse(0.0);
        double packed = vector * Math.max(1, REGISTER_BITS / computed.elementBits());
        double second = FLOPS_PER_INSTRUCTION / vector;
        return new Widening(
                instructions(stored, computed) * second,
                instructions(asked, computed) * second,
                asked,
                stored,
                computed,
                matrix > packed);
    }

    /** Returns the instructions of the vector units that widen one number; 0 if it is multiplied as it is stored. */
    static double instructions(NumberFormat stored, NumberFormat computed) {
        if (stored.multiplier().equals(computed.multiplier()) || stored.elementBits() >= computed.elementBits()) {
            return 0;
        }
        boolean floating = stored.element().isFloating();
        double each = !floating
                ? INTEGER_INSTRUCTIONS
                : stored.elementBits() == HALF_BITS ? HALF_INSTRUCTIONS : FLOATING_INSTRUCTIONS;
        double numbers = Math.max(1.0, (double) REGISTER_BITS / computed.elementBits());
        return (each + (stored.isBlock() ? SCALE_INSTRUCTIONS : 0)) / numbers;
    }

    /** Returns the time of multiplying and of widening: both at once, or one after the other. */
    double together(double computing, double widening) {
        return overlaps ? Math.max(computing, widening) : computing + widening;
    }

    /** Returns what to tell people, ending in a separator; empty when all is computed as it is stored. */
    String note(double seconds) {
        boolean falls = !asked.multiplier().equals(computed.multiplier());
        String text = falls ? "no multiplier for " + asked + ", computed in " + computed + "; " : "";
        if (seconds == 0) {
            return text;
        }
        String what = secondsPerWeight > 0 ? stored.label() : asked.label();
        return text
                + String.format(
                        Locale.ROOT,
                        "widening %s to %s takes the vector units %.3g us%s; ",
                        what,
                        computed,
                        seconds * 1e6,
                        overlaps ? ", beside the products" : "");
    }

    boolean isFree() {
        return secondsPerWeight == 0 && secondsPerInput == 0;
    }

    /** Returns the time of the vector units at the nominal clock. */
    double seconds(Kernel kernel) {
        if (isFree()) {
            return 0;
        }
        double weights = kernel.storedElements();
        double seconds = weights == 0 ? 0 : weights * passes(kernel.flops(), weights, TILE_ROWS) * secondsPerWeight;
        if (secondsPerInput > 0) {
            double others = Math.max(0, kernel.bytesRead() - weights * stored.bytesPerElement());
            double inputs = others / asked.bytesPerElement();
            double tiles = weights == 0 || inputs == 0 ? 1 : passes(kernel.flops(), inputs, TILE_COLUMNS);
            seconds += inputs * tiles * secondsPerInput;
        }
        return seconds;
    }

    /** How often a number is widened: once for each tile of the numbers it is multiplied with. */
    private static double passes(double flops, double elements, int tile) {
        return Math.max(1, Math.ceil(flops / 2 / elements / tile));
    }
}
