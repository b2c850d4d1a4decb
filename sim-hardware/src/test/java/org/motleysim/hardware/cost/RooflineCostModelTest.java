package org.motleysim.hardware.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.catalog.Efficiency;
import org.motleysim.hardware.catalog.EfficiencyCatalog;
import org.motleysim.hardware.catalog.PowerShares;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.power.OperatingPoint;

class RooflineCostModelTest {
    /** 100 TFLOP/s and 1 TB/s: a ridge at 100 flops a byte. */
    private static final DeviceSpec ROUND = DeviceSpec.builder("round", DeviceKind.NPU)
            .peak(NumberFormat.BF16, FlopRate.teraflopsPerSecond(100))
            .memory("HBM", Bytes.gigabytes(16), Bandwidth.terabytesPerSecond(1))
            .tdp(Power.watts(100))
            .idle(Power.watts(20))
            .build();

    private static final DeviceSpec H100 = Catalog.builtIn().device("nvidia-h100-sxm-80gb");

    @Test
    void peak_onEitherSideOfTheRidge_isTheLargerOfComputeAndTraffic() {
        CostModel model = RooflineCostModel.peak();

        // 2e9 flops at 1e14/s; traffic is 6e6 B at 1e12/s.
        assertEquals(20e-6, seconds(model, Kernel.gemm(1000, 1000, 1000, NumberFormat.BF16), ROUND), 1e-15);
        // One row: 2e6 flops, (1e3 + 1e6 + 1e3) x 2 B.
        assertEquals(2.004e-6, seconds(model, Kernel.gemm(1, 1000, 1000, NumberFormat.BF16), ROUND), 1e-15);
    }

    @Test
    void calibrated_kernel_isLaunchPlusTheLargerSaturatingCurve() {
        Efficiency gemm = RooflineCostModel.calibrated().efficiency(H100, KernelFamily.GEMM, NumberFormat.BF16);
        Kernel large = Kernel.gemm(4096, 4096, 4096, NumberFormat.BF16);
        Kernel thin = Kernel.gemm(1, 4096, 4096, NumberFormat.BF16);

        // The same through the published form of the curves: x / (peak * max * x / (x + half)).
        double compute = large.flops() / (989.4e12 * gemm.computeFraction(large.flops(), 989.4e12));
        double traffic = thin.bytes() / (3350e9 * gemm.bandwidthFraction(thin.bytes(), 3350e9));
        assertEquals(gemm.launchSeconds() + compute, seconds(CostModel.roofline(), large, H100), 1e-12);
        assertEquals(gemm.launchSeconds() + traffic, seconds(CostModel.roofline(), thin, H100), 1e-12);
    }

    @Test
    void calibrated_largeGemm_neverBeatsTheBestEverMeasured() {
        // Maximum achieved matmul rates over many shapes: stas00/ml-engineering, accelerator README, commit 744d01e.
        Map.of("nvidia-a100-sxm-80gb", 271.2e12, "nvidia-h100-sxm-80gb", 794.5e12, "nvidia-b200-sxm-180gb", 1745e12)
                .forEach((name, best) -> {
                    Kernel kernel = Kernel.gemm(16_384, 16_384, 16_384, NumberFormat.BF16);
                    double rate = kernel.flops()
                            / seconds(
                                    CostModel.roofline(),
                                    kernel,
                                    Catalog.builtIn().device(name));
                    assertTrue(rate < best && rate > 0.7 * best, name + " " + rate);
                });
    }

    @Test
    void cost_formatWithoutMultiplier_computesWiderButMovesNarrowBytes() {
        Kernel narrow = Kernel.gemm(1000, 1000, 1000, NumberFormat.FP8);
        Kernel wide = Kernel.gemm(1000, 1000, 1000, NumberFormat.BF16);
        CostModel model = RooflineCostModel.peak();

        assertEquals(seconds(model, wide, ROUND), seconds(model, narrow, ROUND));
        assertEquals(1.003e-6, seconds(model, Kernel.gemm(1, 1000, 1000, NumberFormat.FP8), ROUND), 1e-15);
    }

    @Test
    void cost_missingNumber_saysWhich() {
        DeviceSpec noPeak = DeviceSpec.builder("no-peak", DeviceKind.GPU)
                .memory("HBM", Bytes.gigabytes(1), Bandwidth.terabytesPerSecond(1))
                .tdp(Power.watts(100))
                .build();
        DeviceSpec noTdp = DeviceSpec.builder("no-tdp", DeviceKind.GPU)
                .peak(NumberFormat.FP16, FlopRate.teraflopsPerSecond(1))
                .memory("HBM", Bytes.gigabytes(1), Bandwidth.terabytesPerSecond(1))
                .build();
        Kernel kernel = Kernel.gemm(1, 1, 1, NumberFormat.INT8);

        assertMissing("device (no-peak) has no peak rate in int8", kernel, noPeak);
        assertMissing("device (no-tdp) has no tdp", kernel, noTdp);
        assertMissing("device (round) has no link to other devices", Kernel.allReduce(1e6, 2), ROUND);
        // Moving bytes needs no arithmetic.
        assertEquals(2e-6, seconds(RooflineCostModel.peak(), Kernel.copy(1e6), noPeak), 1e-15);
    }

    @Test
    void cost_allReduce_isRingTrafficOnTheLinkPlusHops() {
        // H100, peak: 2 x 7/8 x 1e9 B at 450 GB/s and 14 hops of 0.78 us.
        double expected = 1.75e9 / 450e9 + 14 * 0.78e-6;

        assertEquals(expected, seconds(RooflineCostModel.peak(), Kernel.allReduce(1e9, 8), H100), 1e-12);
        assertEquals(0, seconds(RooflineCostModel.peak(), Kernel.allReduce(1e9, 1), H100));
    }

    @Test
    void cost_energy_isTheRuleByHand() {
        PowerShares shares = EfficiencyCatalog.builtIn().power(DeviceKind.NPU);
        Cost cost = RooflineCostModel.peak()
                .cost(Kernel.gemm(1, 1000, 1000, NumberFormat.BF16), ROUND, OperatingPoint.nominal());

        // 2.004 us of streaming at peak, 0.02 us worth of arithmetic, on 100 W with 20 W idle.
        double expected = (100 * shares.active() - 20) * 2.004e-6
                + 100 * shares.memory() * 2.004e-6
                + 100 * shares.compute() * 0.02e-6;
        assertEquals(expected, cost.dynamicJoules(), 1e-15);
    }

    @Test
    void cost_anyKernel_staysBelowTdp() {
        long seed = 3;
        Random random = new Random(seed);
        for (DeviceSpec device : Catalog.builtIn().devices()) {
            boolean known = device.tdp().isPresent()
                    && !device.peaks().isEmpty()
                    && device.memory().stream()
                            .findFirst()
                            .flatMap(MemoryTier::knownBandwidth)
                            .isPresent();
            if (!known) {
                continue; // what is blank is refused: BuiltInDevicesTest
            }
            NumberFormat format = device.peaks().keySet().iterator().next();
            double room = device.tdp().orElseThrow().watts()
                    * (1
                            - (device.idle().isPresent()
                                    ? 0
                                    : EfficiencyCatalog.builtIn()
                                            .power(device.kind())
                                            .idle()));
            for (int i = 0; i < 200; i++) {
                Kernel kernel = Kernel.gemm(
                        1 + random.nextInt(5000), 1 + random.nextInt(5000), 1 + random.nextInt(5000), format);
                Cost cost = CostModel.roofline().cost(kernel, device, OperatingPoint.nominal());
                double limit = room - device.idle().map(Power::watts).orElse(0.0);
                assertTrue(cost.dynamicWatts() <= limit * (1 + 1e-12), device + " seed " + seed);
            }
        }
    }

    @Test
    void cost_slowerClock_stretchesComputeButNotTraffic() {
        OperatingPoint half = new OperatingPoint(0.5, 0.8);
        Kernel large = Kernel.gemm(1000, 1000, 1000, NumberFormat.BF16);
        Kernel thin = Kernel.gemm(1, 1000, 1000, NumberFormat.BF16);
        RooflineCostModel model = RooflineCostModel.peak();

        assertEquals(40e-6, model.cost(large, ROUND, half).seconds(), 1e-15);
        assertEquals(2.004e-6, model.cost(thin, ROUND, half).seconds(), 1e-15);
    }

    @Test
    void bind_anyKernel_answersAsUnbound() {
        BoundCostModel bound = CostModel.roofline().bind(H100, OperatingPoint.nominal());
        Kernel kernel = Kernel.attentionDecode(8, 8_000, 32, 8, 128, NumberFormat.BF16, NumberFormat.BF16);

        assertEquals(CostModel.roofline().cost(kernel, H100, OperatingPoint.nominal()), bound.cost(kernel));
        assertEquals(bound.cost(kernel), bound.cost(kernel));
    }

    @Test
    void costModel_asLambda_isAModel() {
        CostModel mine = (kernel, spec, point) -> Cost.of(kernel.flops() / 42e12, Energy.joules(0.3));

        Cost cost = mine.bind(ROUND, OperatingPoint.nominal()).cost(Kernel.gemm(1000, 1000, 21, NumberFormat.BF16));

        assertEquals(1e-6, cost.seconds(), 1e-18);
        assertEquals(0.3, cost.dynamicJoules());
    }

    private static double seconds(CostModel model, Kernel kernel, DeviceSpec spec) {
        return model.cost(kernel, spec, OperatingPoint.nominal()).seconds();
    }

    private static void assertMissing(String start, Kernel kernel, DeviceSpec spec) {
        var error = assertThrows(IllegalArgumentException.class, () -> CostModel.roofline()
                .cost(kernel, spec, OperatingPoint.nominal()));
        assertTrue(String.valueOf(error.getMessage()).startsWith(start), error.getMessage());
    }
}
