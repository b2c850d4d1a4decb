package org.motleysim.workloads.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;

class MixedPrecisionTest {
    /** A convolution of 8 filters of 3x3 over 4 channels of 6x6, then a linear layer of 5. */
    private static Network tiny() {
        NetworkBuilder net = Network.builder("tiny", 4, 6, 6);
        Tensor x = net.convolution("conv", net.input(), 8, 3, 1, 1, Terms.NORM, Activation.RELU);
        x = net.globalPool("pool", x);
        net.linear("fc", x, 5, Terms.BIAS, Activation.NONE);
        return net.build();
    }

    @Test
    void bitOperations_ofTwoLayers_areMacsTimesBitsSquared() {
        double macs = 6 * 6 * 8 * 4 * 9.0;

        assertEquals(
                macs * 16 + 40 * 64.0, MixedPrecision.of(tiny(), List.of(4, 8)).bitOperations(), 0);
        assertEquals((macs + 40) * 1024, MixedPrecision.uniform(tiny(), 32).bitOperations(), 0);
    }

    @Test
    void weightBytes_ofTwoLayers_countBits() {
        assertEquals(288 * 0.5 + 40, MixedPrecision.of(tiny(), List.of(4, 8)).weightBytes(), 0);
    }

    @Test
    void inner_ofThreeLayers_leavesFirstAndLast() {
        NetworkBuilder net = Network.builder("three", 4, 6, 6);
        Tensor x = net.pointwise("a", net.input(), 8, Terms.NONE, Activation.NONE);
        x = net.pointwise("b", x, 8, Terms.NONE, Activation.NONE);
        net.pointwise("c", x, 8, Terms.NONE, Activation.NONE);

        assertEquals(32 + 64 * 0.5 + 64, MixedPrecision.inner(net.build(), 4, 8).weightBytes(), 0);
    }

    @Test
    void inference_ofTwoFormats_computesEachLayerInItsOwn() {
        List<LayerKernel> kernels = MixedPrecision.of(tiny(), List.of(4, 8)).inference(2, 0);

        assertEquals(NumberFormat.INT4, kernels.get(0).kernel().format());
        assertEquals(2 * 6 * 6 * 8 * 0.5, kernels.get(0).kernel().bytesWritten(), 0);
        LayerKernel last = kernels.get(kernels.size() - 1);
        assertEquals(NumberFormat.INT8, last.kernel().format());
        assertEquals(KernelFamily.GEMM, last.kernel().family());
    }

    @Test
    void inference_withWideSums_writesThem() {
        List<LayerKernel> kernels = MixedPrecision.uniform(tiny(), 8).inference(2, 4);

        assertEquals(2 * 6 * 6 * 8 * 4.0, kernels.get(0).kernel().bytesWritten(), 0);
    }

    @Test
    void of_wrongNumberOfBits_isRefused() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> MixedPrecision.of(tiny(), List.of(4)));

        assertTrue(String.valueOf(refusal.getMessage()).contains("each of the 2 layers"));
        assertThrows(IllegalArgumentException.class, () -> MixedPrecision.uniform(tiny(), 0));
    }

    /** Multiply-accumulates and parameters of the public tables of the two networks (He et al., CVPR 2016: 1.8 and 3.8 billion). */
    @Test
    void firstResNets_haveTheirPublishedSizes() {
        assertEquals(1_814_073_344L, Networks.named("resnet-18").macs());
        assertEquals(11_689_512L, Networks.named("resnet-18").parameters());
        assertEquals(3_857_973_248L, Networks.named("resnet-50-v1").macs());
        assertEquals(25_557_032L, Networks.named("resnet-50-v1").parameters());
    }
}
