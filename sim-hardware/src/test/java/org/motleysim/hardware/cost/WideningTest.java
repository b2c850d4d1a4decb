package org.motleysim.hardware.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.catalog.EfficiencyCatalog;
import org.motleysim.hardware.catalog.PowerShares;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.NumberFormats;
import org.motleysim.hardware.power.OperatingPoint;

class WideningTest {
    private static final OperatingPoint NOMINAL = OperatingPoint.nominal();
    private static final CostModel PEAK = RooflineCostModel.peak();
    private static final DeviceSpec A100 = Catalog.builtIn().device("nvidia-a100-sxm-80gb");
    private static final DeviceSpec T4 = Catalog.builtIn().device("nvidia-t4-16gb");
    private static final DeviceSpec EPYC = Catalog.builtIn().device("amd-epyc-7742");
    private static final DeviceSpec FPGA = Catalog.builtIn().device("amd-alveo-u280-8gb");

    /** A machine of one vector unit: 1 Tflop/s in FP32, twice that in FP16 by packing; memory that is never waited for. */
    private static DeviceSpec vectors(double teraflopsHalf) {
        return DeviceSpec.builder("made-up", DeviceKind.NPU)
                .peak(NumberFormat.FP32, FlopRate.teraflopsPerSecond(1))
                .peak(NumberFormat.FP16, FlopRate.teraflopsPerSecond(teraflopsHalf))
                .memory("fast", Bytes.gigabytes(16), Bandwidth.terabytesPerSecond(1e6))
                .tdp(Power.watts(100))
                .idle(Power.watts(20))
                .build();
    }

    /** vLLM's Marlin kernels widen 4-bit integers to FP16 in 5 instructions for 4 numbers, E4M3 in 9. */
    @Test
    void instructions_forOneNumber_areThoseOfMarlin() {
        assertEquals(5.0 / 4, Widening.instructions(NumberFormat.INT4, NumberFormat.FP16));
        assertEquals(9.0 / 4, Widening.instructions(NumberFormat.FP8, NumberFormat.BF16));
        assertEquals(9.0 / 4 + 0.5, Widening.instructions(NumberFormat.MXFP4, NumberFormat.BF16));
        assertEquals(1, Widening.instructions(NumberFormat.BF16, NumberFormat.FP32));
    }

    @Test
    void instructions_whenNothingWidens_areNone() {
        assertEquals(0, Widening.instructions(NumberFormat.FP8, NumberFormat.FP8));
        assertEquals(0, Widening.instructions(NumberFormat.NVFP4, NumberFormat.FP4));
        assertEquals(0, Widening.instructions(NumberFormats.builtIn().get("fp8-e5m2"), NumberFormat.FP8));
        assertEquals(0, Widening.instructions(NumberFormat.BF16, NumberFormat.FP16));
    }

    /** 1e6 weights, one tile of rows: 1.25e6 instructions on lanes that do 0.5e12 a second, before 2e6 flops at 2e12 a second. */
    @Test
    void cost_sameUnits_addWideningToTheProduct() {
        Kernel one = Kernel.gemm(1, 1000, 1000, NumberFormat.FP16, NumberFormat.INT4);

        assertEquals(2.5e-6 + 1e-6, PEAK.cost(one, vectors(2), NOMINAL).seconds(), 1e-11);
    }

    @Test
    void cost_matrixEngine_hidesTheShorterOfTheTwo() {
        Kernel thin = Kernel.gemm(1, 1000, 1000, NumberFormat.FP16, NumberFormat.INT4);
        Kernel thick = Kernel.gemm(64, 1000, 1000, NumberFormat.FP16, NumberFormat.INT4);

        // 2.5 us of widening beside 2e6 flops at 8e12 a second, and beside 64 times as many.
        assertEquals(2.5e-6, PEAK.cost(thin, vectors(8), NOMINAL).seconds(), 1e-11);
        assertEquals(16e-6, PEAK.cost(thick, vectors(8), NOMINAL).seconds(), 1e-11);
    }

    /** 65 rows are two tiles of 64, each of which widens all weights. */
    @Test
    void cost_moreRowsThanATile_widensAgain() {
        Kernel rows = Kernel.gemm(65, 1000, 1000, NumberFormat.FP16, NumberFormat.INT4);
        double product = 65 * 1e-6;

        assertEquals(2 * 2.5e-6 + product, PEAK.cost(rows, vectors(2), NOMINAL).seconds(), 1e-11);
    }

    @Test
    void cost_withoutWeights_isFree() {
        Kernel none = Kernel.gemm(64, 0, 1000, NumberFormat.FP16, NumberFormat.INT4);

        Kernel wide = none.in(NumberFormat.FP16, NumberFormat.FP16);

        assertEquals(PEAK.cost(wide, vectors(2), NOMINAL), PEAK.cost(none, vectors(2), NOMINAL));
    }

    @Test
    void cost_halfTheClock_widensHalfAsFast() {
        Kernel one = Kernel.gemm(1, 1000, 1000, NumberFormat.FP16, NumberFormat.INT4);

        assertEquals(
                7e-6, PEAK.cost(one, vectors(2), new OperatingPoint(0.5, 1)).seconds(), 1e-11);
    }

    /** A decode product of INT4 weights waits for memory on a GPU: the time is that of the bytes. */
    @Test
    void cost_boundByMemory_isThatOfTheStoredBytes() {
        Kernel thin = Kernel.gemm(
                8, 8192, 8192, NumberFormat.FP16, NumberFormats.builtIn().get("int4-b128s16"));
        double bytes = 8.0 * 8192 * 2 * 2 + 8192.0 * 8192 * 4.125 / 8;

        assertEquals(
                bytes / A100.mainMemory().bandwidth().bytesPerSecond(),
                PEAK.cost(thin, A100, NOMINAL).seconds(),
                1e-12);
    }

    @Test
    void cost_a100WithoutFp8_computesInFp16AndSaysSo() {
        Kernel asked = Kernel.gemm(4096, 4096, 4096, NumberFormat.FP8);
        Kernel wide = Kernel.gemm(4096, 4096, 4096, NumberFormat.FP16);

        Estimate estimate = PEAK.explain(asked, A100, NOMINAL);

        assertEquals(PEAK.cost(wide, A100, NOMINAL).seconds(), estimate.cost().seconds(), 1e-12);
        assertTrue(
                estimate.note().startsWith("no multiplier for fp8, computed in fp16; widening fp8 to fp16"),
                estimate.note());
    }

    /** BF16 and FP16 are as wide: weights are converted when they are loaded. */
    @Test
    void cost_t4WithoutBf16_isThatOfFp16() {
        Kernel asked = Kernel.gemm(512, 4096, 4096, NumberFormat.BF16);
        Kernel half = Kernel.gemm(512, 4096, 4096, NumberFormat.FP16);

        assertEquals(PEAK.cost(half, T4, NOMINAL), PEAK.cost(asked, T4, NOMINAL));
    }

    /** The processor has FP32 vectors only: 2.5 instructions for each INT8 weight and input, one tile of 64 rows and 16 of columns. */
    @Test
    void cost_processorWithoutInt8_widensOnTheUnitsThatMultiply() {
        Kernel asked = Kernel.gemm(64, 4096, 4096, NumberFormat.INT8);
        double weights = 4096.0 * 4096;
        double inputs = 64.0 * 4096 * 16;
        double flops = 2.0 * 64 * 4096 * 4096;
        double peak = EPYC.peak(NumberFormat.FP32).orElseThrow().flopsPerSecond();

        double expected = (flops + 2.5 * 2 * (weights + inputs)) / peak;

        assertEquals(expected, PEAK.cost(asked, EPYC, NOMINAL).seconds(), 1e-9 * expected);
        assertTrue(CpuCostModel.builtIn().cost(asked, EPYC, NOMINAL).seconds()
                > CpuCostModel.builtIn()
                        .cost(asked.in(NumberFormat.FP32, NumberFormat.FP32), EPYC, NOMINAL)
                        .seconds());
    }

    /** An array of 8-bit multipliers takes narrower integers for nothing and no floating-point numbers at all. */
    @Test
    void cost_fpgaOfInt8_takesInt4AndRefusesFp8() {
        Kernel narrow = Kernel.gemm(4096, 4096, 4096, NumberFormat.INT4);
        double peak = FPGA.peak(NumberFormat.INT8).orElseThrow().flopsPerSecond();

        assertEquals(narrow.flops() / peak, PEAK.cost(narrow, FPGA, NOMINAL).seconds(), 1e-12);
        assertThrows(
                IllegalArgumentException.class, () -> PEAK.cost(Kernel.gemm(1, 1, 1, NumberFormat.FP8), FPGA, NOMINAL));
    }

    /** Energy is that of the wider format's operations, and an instruction of widening costs as a fused multiply-add in FP32. */
    @Test
    void joules_inAFallback_areThoseOfTheWiderFormatAndOfWidening() {
        DeviceSpec spec = vectors(2);
        PowerShares shares = EfficiencyCatalog.builtIn().power(DeviceKind.NPU);
        Kernel asked = Kernel.gemm(64, 1000, 1000, NumberFormat.FP16, NumberFormat.INT4);
        Kernel plain = asked.in(NumberFormat.FP16, NumberFormat.FP16);
        Cost widened = PEAK.cost(asked, spec, NOMINAL);
        Cost native16 = PEAK.cost(plain, spec, NOMINAL);
        double active = Math.max(0, shares.active() * 100 - 20);

        double expected = native16.dynamicJoules() + 2.5e-6 * (active + shares.compute() * 100);

        assertEquals(Math.min(expected, 80 * widened.seconds()), widened.dynamicJoules(), 1e-9);
    }

    /** No fit was made of FP8 on this device, nor would one of a device that has it do: that of BF16 answers. */
    @Test
    void calibrated_a100WithoutFp8_takesTheFitOfTheWiderFormat() {
        Kernel asked = Kernel.gemm(4096, 4096, 4096, NumberFormat.FP8);
        CalibratedCostModel model = CalibratedCostModel.builtIn();

        Estimate estimate = model.explain(asked, A100, NOMINAL);

        assertTrue(estimate.note().contains("computed in fp16"), estimate.note());
        double atPeak = asked.flops() / 312e12;
        assertTrue(estimate.cost().seconds() > atPeak, "slower than the peak of fp16");
    }

    /** Measured kernels were told by the bytes of elements: the time of a block format is the one measured. */
    @Test
    void calibrated_nvfp4OnAMeasuredDevice_isTheFitOfFp4() {
        DeviceSpec b200 = Catalog.builtIn().device("nvidia-b200-sxm-180gb");
        CalibratedCostModel model = CalibratedCostModel.builtIn();
        Cost plain = model.cost(Kernel.gemm(64, 8192, 8192, NumberFormat.FP4), b200, NOMINAL);
        Cost blocks = model.cost(Kernel.gemm(64, 8192, 8192, NumberFormat.NVFP4), b200, NOMINAL);

        assertEquals(plain.seconds(), blocks.seconds(), 1e-12);
    }
}
