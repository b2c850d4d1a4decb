package org.motleysim.hardware.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.fitted.FittedKernels;
import org.motleysim.hardware.power.OperatingPoint;

class CalibratedCostModelTest {
    private static final OperatingPoint NOMINAL = OperatingPoint.nominal();

    private static DeviceSpec device(String name) {
        return Catalog.builtIn().device(name);
    }

    private static Estimate explain(String device, Kernel kernel) {
        return CostModel.builtIn().explain(kernel, device(device), NOMINAL);
    }

    @Test
    void explain_aMeasuredDevice_saysSoAndStaysBelowThePeak() {
        Estimate estimate = explain("nvidia-h100-sxm-80gb", Kernel.gemm(8192, 8192, 8192, NumberFormat.BF16));

        assertEquals("fit", estimate.model());
        assertEquals(Bound.COMPUTE, estimate.bound());
        assertTrue(estimate.achievedFraction() > 0.5 && estimate.achievedFraction() < 1, estimate.toString());
        assertTrue(estimate.expectedError().orElseThrow() < 0.1, estimate.toString());
    }

    @Test
    void explain_aDeviceNeverMeasured_saysWhoseFitAnswers() {
        Kernel kernel = Kernel.gemm(64, 4096, 4096, NumberFormat.BF16);

        assertEquals(
                "fit of a like device", explain("nvidia-h200-sxm-141gb", kernel).model());
        assertTrue(explain("nvidia-h200-sxm-141gb", kernel).note().contains("nvidia-h100-sxm-80gb"));
        assertEquals("class fit", explain("nvidia-a10g-24gb", kernel).model());
    }

    @Test
    void explain_theOtherFormatOfSixteenBits_isAnsweredByTheSameFit() {
        Estimate half = explain("nvidia-h100-sxm-80gb", Kernel.gemm(512, 4_096, 4_096, NumberFormat.FP16));
        Estimate brain = explain("nvidia-h100-sxm-80gb", Kernel.gemm(512, 4_096, 4_096, NumberFormat.BF16));

        assertEquals("fit", half.model());
        assertEquals(brain.cost().seconds(), half.cost().seconds());
        // A device that gives the two formats different rates keeps them apart: no fit in bf16 for a V100, which has
        // none.
        assertTrue(device("nvidia-v100-sxm2-16gb").peak(NumberFormat.BF16).isEmpty());
        assertEquals(
                "roofline",
                explain("nvidia-v100-sxm2-16gb", Kernel.gemm(512, 4_096, 4_096, NumberFormat.FP16))
                        .model());
    }

    @Test
    void explain_withoutFits_isTheRoofline() {
        CostModel none = CalibratedCostModel.builtIn().with(FittedKernels.of(List.of()));
        Kernel kernel = Kernel.gemm(64, 4096, 4096, NumberFormat.BF16);
        DeviceSpec h100 = device("nvidia-h100-sxm-80gb");

        assertEquals(CostModel.roofline().explain(kernel, h100, NOMINAL), none.explain(kernel, h100, NOMINAL));
        assertEquals("roofline", none.explain(kernel, h100, NOMINAL).model());
    }

    @Test
    void cost_ofAFewTokens_isMemoryBoundAndNearTheBandwidth() {
        // One token through 4096 x 14336 weights of two bytes: 117 MB at 3.35 TB/s is 35 us.
        Estimate estimate = explain("nvidia-h100-sxm-80gb", Kernel.gemm(1, 14_336, 4_096, NumberFormat.BF16));

        assertEquals(Bound.MEMORY, estimate.bound());
        double peak = 2.0 * 14_336 * 4_096 / 3.35e12;
        assertTrue(estimate.cost().seconds() > peak && estimate.cost().seconds() < 1.6 * peak, estimate.toString());
    }

    @Test
    void cost_atHalfTheClock_stretchesArithmeticOnly() {
        DeviceSpec h100 = device("nvidia-h100-sxm-80gb");
        OperatingPoint half = new OperatingPoint(0.5, 0.8);
        Kernel busy = Kernel.gemm(8192, 8192, 8192, NumberFormat.BF16);
        Kernel reading = Kernel.gemm(1, 14_336, 4_096, NumberFormat.BF16);

        assertEquals(2 * seconds(busy, h100, NOMINAL), seconds(busy, h100, half), 1e-9 * seconds(busy, h100, half));
        assertEquals(seconds(reading, h100, NOMINAL), seconds(reading, h100, half), 1e-12);
    }

    private static double seconds(Kernel kernel, DeviceSpec spec, OperatingPoint point) {
        return CostModel.builtIn().cost(kernel, spec, point).seconds();
    }
}
