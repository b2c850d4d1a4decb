package org.motleysim.hardware.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class KernelTest {
    @Test
    void gemm_bf16_countsEachOperandOnce() {
        Kernel kernel = Kernel.gemm(2, 3, 5, NumberFormat.BF16);

        assertEquals(60, kernel.flops());
        assertEquals((10 + 15) * 2, kernel.bytesRead());
        assertEquals(6 * 2, kernel.bytesWritten());
    }

    @Test
    void gemm_fourBitWeights_readHalfBytesAndWriteHalfPrecision() {
        Kernel kernel = Kernel.gemm(2, 4, 8, NumberFormat.FP16, NumberFormat.INT4);

        assertEquals(16 * 2 + 32 / 2, kernel.bytesRead());
        assertEquals(8 * 2, kernel.bytesWritten());
        assertEquals(16, Kernel.gemm(2, 4, 8, NumberFormat.FP8).bytesWritten());
    }

    @Test
    void attentionPrefill_wholePrompt_countsTheTriangle() {
        // 4 tokens: 10 pairs, 4 flops x 2 heads x 8 each.
        Kernel kernel = Kernel.attentionPrefill(4, 0, 2, 1, 8, NumberFormat.BF16, NumberFormat.BF16);

        assertEquals(10 * 4 * 2 * 8, kernel.flops());
        assertEquals(4 * 16 * 2 + 2 * 4 * 8 * 2, kernel.bytesRead());
    }

    @Test
    void attentionPrefill_inChunks_addsUpToTheWhole() {
        Kernel whole = Kernel.attentionPrefill(100, 0, 2, 1, 8, NumberFormat.BF16, NumberFormat.BF16);
        Kernel first = Kernel.attentionPrefill(60, 0, 2, 1, 8, NumberFormat.BF16, NumberFormat.BF16);
        Kernel rest = Kernel.attentionPrefill(40, 60, 2, 1, 8, NumberFormat.BF16, NumberFormat.BF16);

        assertEquals(whole.flops(), first.flops() + rest.flops());
    }

    @Test
    void attentionDecode_oneToken_isTheLastRowOfPrefill() {
        Kernel decode = Kernel.attentionDecode(1, 100, 2, 1, 8, NumberFormat.BF16, NumberFormat.BF16);
        Kernel row = Kernel.attentionPrefill(1, 99, 2, 1, 8, NumberFormat.BF16, NumberFormat.BF16);

        assertEquals(row.flops(), decode.flops());
        assertEquals(row.bytes(), decode.bytes());
    }

    @Test
    void attentionDecode_eightBitCache_halvesItsBytes() {
        Kernel wide = Kernel.attentionDecode(1, 100, 2, 1, 8, NumberFormat.BF16, NumberFormat.BF16);
        Kernel narrow = Kernel.attentionDecode(1, 100, 2, 1, 8, NumberFormat.BF16, NumberFormat.FP8);

        assertEquals(2 * 100 * 8, wide.bytesRead() - narrow.bytesRead());
    }

    @Test
    void allReduce_ring_sendsTwiceAllButOneShare() {
        assertEquals(0, Kernel.allReduce(1000, 1).bytes());
        assertEquals(1000, Kernel.allReduce(1000, 2).bytes());
        assertEquals(1750, Kernel.allReduce(1000, 8).bytes());
        assertThrows(IllegalArgumentException.class, () -> Kernel.allReduce(1000, 0));
    }

    @Test
    void kernel_negativeNumber_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Kernel.gemm(-1, 3, 5, NumberFormat.BF16));
        assertThrows(IllegalArgumentException.class, () -> Kernel.copy(Double.NaN));
    }

    @Test
    void bytes_ofNarrowFormats_fillTheLastByte() {
        assertEquals(2, NumberFormat.INT4.bytes(3));
        assertEquals(6, NumberFormat.BF16.bytes(3));
        assertEquals(0.5, NumberFormat.FP4.bytesPerElement());
        assertThrows(ArithmeticException.class, () -> NumberFormat.FP64.bytes(Long.MAX_VALUE));
    }
}
