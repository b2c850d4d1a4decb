package org.motleysim.workloads.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.LayerKernel.Pass;

class NetworkKernelsTest {
    private static final NumberFormat FP32 = NumberFormat.FP32;

    /** A convolution with norm and ReLU, 4 to 8 channels on 6 x 6 places. */
    private static Network one() {
        NetworkBuilder net = Network.builder("one", 4, 6, 6);
        net.convolution("conv", net.input(), 8, 3, 1, 1, Terms.NORM, Activation.RELU);
        return net.build();
    }

    @ParameterizedTest
    @EnumSource(Fusion.class)
    void inference_products_doTwoFlopsAMac(Fusion fusion) {
        Network network = Networks.named("lowformer-b0");

        double flops = NetworkKernels.inference(network, 3, FP32, fusion).stream()
                .map(LayerKernel::kernel)
                .filter(kernel -> kernel.family() != KernelFamily.ELEMENTWISE && kernel.family() != KernelFamily.NORM)
                .mapToDouble(kernel -> kernel.flops())
                .sum();

        assertEquals(2.0 * 3 * network.macs(), flops);
    }

    @Test
    void inference_fusion_removesPassesOverTheOutput() {
        assertEquals(3, NetworkKernels.inference(one(), 2, FP32, Fusion.EAGER).size());
        assertEquals(
                2, NetworkKernels.inference(one(), 2, FP32, Fusion.POINTWISE).size());
        List<LayerKernel> fused = NetworkKernels.inference(one(), 2, FP32, Fusion.EPILOGUE);
        assertEquals(1, fused.size());
        assertEquals(4 * (2 * 4 * 36 + 4 * 8 * 9), fused.get(0).kernel().bytesRead());
        assertEquals(4 * 2 * 8 * 36, fused.get(0).kernel().bytesWritten());
    }

    @Test
    void training_firstLayer_hasNoGradientOfItsInput() {
        List<LayerKernel> step = NetworkKernels.training(one(), 2, FP32, Optimiser.MOMENTUM);

        long products = step.stream()
                .filter(kernel -> kernel.kernel().family() == KernelFamily.CONVOLUTION)
                .count();
        assertEquals(2, products);
        LayerKernel update = step.get(step.size() - 1);
        assertEquals(Pass.UPDATE, update.pass());
        // Weight, gradient and momentum are read, weight and momentum written.
        assertEquals(5.0 * 4 * one().parameters(), update.kernel().bytes());
    }

    @Test
    void savedTensors_reluAndNorm_keepInputsOnly() {
        SavedTensors.Saved exact =
                SavedTensors.of(one(), 2, FP32, SavedTensors.Rule.EXACT).get(0);
        SavedTensors.Saved spared = SavedTensors.of(one(), 2, FP32, SavedTensors.Rule.SHIFT_AND_MASK)
                .get(0);

        assertEquals(4.0 * 2 * 4 * 36, exact.operands());
        assertEquals(4.0 * 2 * 8 * 36, exact.norm());
        assertEquals(0, exact.activation());
        assertEquals(0, spared.norm());
        assertEquals(2 * 8 * 36 / 8.0, spared.activation());
    }

    @Test
    void savedTensors_sharedInput_countsOnce() {
        NetworkBuilder net = Network.builder("fork", 4, 6, 6);
        Tensor a = net.pointwise("a", net.input(), 4, Terms.NONE, Activation.NONE);
        Tensor b = net.pointwise("b", net.input(), 4, Terms.NONE, Activation.NONE);
        net.sum("sum", a, b, Activation.NONE);

        double bytes = SavedTensors.of(net.build(), 1, FP32, SavedTensors.Rule.EXACT).stream()
                .mapToDouble(SavedTensors.Saved::bytes)
                .sum();

        assertEquals(4.0 * 4 * 36, bytes);
    }

    @Test
    void peakActivations_residual_keepsTheShortcut() {
        NetworkBuilder net = Network.builder("residual", 4, 6, 6);
        Tensor a = net.pointwise("a", net.input(), 16, Terms.NONE, Activation.NONE);
        Tensor b = net.pointwise("b", a, 4, Terms.NONE, Activation.NONE);
        net.sum("sum", b, net.input(), Activation.NONE);

        // Input, the wide tensor and its result live together.
        assertEquals(4.0 * (4 + 16 + 4) * 36, NetworkMemory.peakActivations(net.build(), 1, FP32, Fusion.EPILOGUE));
    }

    @Test
    void network_inverted_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> NetworkKernels.inference(one(), 0, FP32, Fusion.EAGER));
        NetworkBuilder net = Network.builder("odd", 3, 6, 6);
        assertThrows(
                IllegalArgumentException.class,
                () -> net.convolution("c", net.input(), 4, 3, 1, 2, Terms.NONE, Activation.NONE));
        assertTrue(assertThrows(IllegalArgumentException.class, net::build)
                .toString()
                .contains("one layer"));
    }
}
