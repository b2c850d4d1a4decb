package org.motleysim.workloads.quantised;

import java.util.List;
import org.motleysim.hardware.arithmetic.BlockFormat;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;

/**
 * C[m,n] = A[m,k] B[k,n] in a format of blocks: A comes in 16 bits, is rotated by Hadamard matrices along k (so that outliers spread over
 * their neighbours), rounded, and multiplied with B, which was stored so before. C is written in 16 bits.
 *
 * <p>The rotation is a product with a small matrix that runs in the kernel that rounds; a second, small kernel puts the scales in the order
 * that tensor cores read (as in QuTLASS, github.com/IST-DASLab/qutlass).
 *
 * <pre>{@code
 * var mxfp4 = new BlockFormat(Element.floating(2, 1), 8, 32);
 * double seconds = new BlockProduct(128, 57344, 8192, mxfp4, NumberFormat.FP4, 128)
 *         .kernels().stream().mapToDouble(kernel -> model.cost(kernel).seconds()).sum();
 * }</pre>
 *
 * @param m rows
 * @param n columns
 * @param k inner size
 * @param format of elements and scales
 * @param computed the format that the device multiplies in, for its rate
 * @param rotation side of the Hadamard matrices; 0 for none
 */
public record BlockProduct(long m, long n, long k, BlockFormat format, NumberFormat computed, int rotation) {
    private static final double WIDE_BYTES = 2;

    /** Largest magnitude of a block, scale, division and rounding: about as many flops an element. */
    private static final double ROUNDING_FLOPS = 4;

    /** @throws IllegalArgumentException if a size is below one, or the rotation is negative or does not divide {@code k} */
    public BlockProduct {
        if (m < 1 || n < 1 || k < 1) {
            throw new IllegalArgumentException("sizes (" + m + ", " + n + ", " + k + ") must be 1 or more");
        }
        if (rotation < 0 || (rotation > 0 && k % rotation != 0)) {
            throw new IllegalArgumentException("rotation (" + rotation + ") must divide k (" + k + ")\nMaybe 128.");
        }
    }

    /** Returns the product alone, of numbers rounded before. */
    public Kernel product() {
        double element = format.bitsPerElement() / 8;
        return new Kernel(
                KernelFamily.GEMM,
                computed,
                2.0 * m * n * k,
                ((double) m * k + (double) k * n) * element,
                (double) m * n * WIDE_BYTES,
                new Shape.Product(m, n, k, computed));
    }

    /** Returns the kernel that rotates and rounds A: a product with a small matrix, or work on elements when nothing is rotated. */
    public Kernel quantise() {
        double elements = (double) m * k;
        boolean rotates = rotation > 0;
        return new Kernel(
                rotates ? KernelFamily.GEMM : KernelFamily.ELEMENTWISE,
                NumberFormat.BF16,
                elements * (2.0 * rotation + ROUNDING_FLOPS),
                elements * WIDE_BYTES,
                elements * format.bitsPerElement() / 8,
                rotates
                        ? new Shape.Product(m * k / rotation, rotation, rotation, NumberFormat.BF16)
                        : new Shape.Elements(m * k));
    }

    /** Returns the kernel that reorders the scales of A. */
    public Kernel reorderScales() {
        double bytes = (double) m * k / format.block() * format.scaleBits() / 8;
        return Kernel.copy(bytes);
    }

    /** Returns all kernels in the order they run. */
    public List<Kernel> kernels() {
        return List.of(quantise(), reorderScales(), product());
    }
}
