package org.motleysim.hardware.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Energy;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.power.OperatingPoint;

/** What a run counts as bound is what people are told by explain. */
class BoundTest {
    private static final List<Kernel> KERNELS = List.of(
            Kernel.gemm(1, 4_096, 4_096, NumberFormat.BF16),
            Kernel.gemm(4_096, 4_096, 4_096, NumberFormat.BF16),
            Kernel.gemm(64, 4_096, 4_096, NumberFormat.BF16, NumberFormat.INT8),
            Kernel.norm(1, 16, NumberFormat.BF16),
            Kernel.norm(8_192, 4_096, NumberFormat.BF16),
            Kernel.copy(1e9),
            Kernel.allReduce(1e8, 4));

    @Test
    void bound_ofEveryModel_isThatOfItsExplanation() {
        Set<Bound> seen = EnumSet.noneOf(Bound.class);
        for (CostModel model : List.of(
                CostModel.builtIn(),
                CostModel.roofline(),
                RooflineCostModel.peak(),
                CostModel.builtIn().at(new OperatingPoint(0.5, 0.8)),
                CostModel.builtIn().poweredBy((kernel, seconds, spec, point) -> 1.0))) {
            for (String name : List.of("nvidia-h100-sxm-80gb", "nvidia-a10g-24gb", "nvidia-l4-24gb")) {
                DeviceSpec device = Catalog.builtIn().device(name);
                BoundCostModel bound = model.bind(device, OperatingPoint.nominal());
                for (Kernel kernel : KERNELS) {
                    Bound found = bound.bound(kernel, bound.cost(kernel));
                    assertEquals(bound.explain(kernel).bound(), found, model + " on " + name + ": " + kernel);
                    seen.add(found);
                }
            }
        }
        assertTrue(
                seen.containsAll(EnumSet.of(Bound.COMPUTE, Bound.MEMORY, Bound.LAUNCH, Bound.LINK)), seen.toString());
    }

    @Test
    void bound_ofAnOwnModel_isUnknown() {
        CostModel mine = (kernel, spec, point) -> Cost.of(1e-3, Energy.joules(0.1));
        BoundCostModel bound = mine.bind(Catalog.builtIn().device("nvidia-l4-24gb"), OperatingPoint.nominal());
        Kernel kernel = KERNELS.get(0);
        assertEquals(Bound.UNKNOWN, bound.bound(kernel, bound.cost(kernel)));
    }
}
