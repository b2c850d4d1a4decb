package org.motleysim.workloads.quantised;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.motleysim.hardware.arithmetic.BlockFormat;
import org.motleysim.hardware.arithmetic.Element;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;

class BlockProductTest {
    private static final BlockFormat NVFP4 = new BlockFormat(Element.floating(2, 1), 8, 16);

    @Test
    void product_ofBlocks_readsElementsAndScales() {
        Kernel kernel = new BlockProduct(4, 8, 32, NVFP4, NumberFormat.FP4, 16).product();

        assertEquals(2.0 * 4 * 8 * 32, kernel.flops(), 0);
        // Half a byte an element and a byte for sixteen.
        assertEquals((4 * 32 + 32 * 8) * (0.5 + 1 / 16.0), kernel.bytesRead(), 1e-9);
        assertEquals(2.0 * 4 * 8, kernel.bytesWritten(), 0);
    }

    @Test
    void quantise_withRotation_isAProductWithASmallMatrix() {
        Kernel kernel = new BlockProduct(4, 8, 32, NVFP4, NumberFormat.FP4, 16).quantise();

        assertEquals(KernelFamily.GEMM, kernel.family());
        assertEquals(4 * 32 * (2.0 * 16 + 4), kernel.flops(), 0);
        assertEquals(4 * 32 * 2.0, kernel.bytesRead(), 0);
        assertEquals(4 * 32 * 4.5 / 8, kernel.bytesWritten(), 1e-9);
    }

    @Test
    void quantise_withoutRotation_isWorkOnElements() {
        assertEquals(
                KernelFamily.ELEMENTWISE,
                new BlockProduct(4, 8, 32, NVFP4, NumberFormat.FP4, 0)
                        .quantise()
                        .family());
    }

    @Test
    void reorderScales_movesAByteForEachBlock() {
        Kernel kernel = new BlockProduct(4, 8, 32, NVFP4, NumberFormat.FP4, 16).reorderScales();

        assertEquals(4 * 32 / 16.0, kernel.bytesRead(), 0);
        assertEquals(kernel.bytesRead(), kernel.bytesWritten(), 0);
    }

    @Test
    void rotation_thatDoesNotDivide_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new BlockProduct(4, 8, 40, NVFP4, NumberFormat.FP4, 16));
        assertThrows(IllegalArgumentException.class, () -> new BlockProduct(0, 8, 32, NVFP4, NumberFormat.FP4, 0));
    }
}
