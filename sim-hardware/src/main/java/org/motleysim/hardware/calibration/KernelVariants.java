package org.motleysim.hardware.calibration;

import org.motleysim.hardware.cost.CalibratedCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.fitted.FitKey;

/** The cost model for a row's own framework and kind of kernel, where a model tells them apart. */
final class KernelVariants {
    private KernelVariants() {}

    static CostModel of(CostModel model, TableKernel row) {
        if (model instanceof CalibratedCostModel calibrated) {
            FitKey key = CatalogFit.key(row);
            return calibrated.kernelsOf(key.framework(), key.flavour());
        }
        return model;
    }
}
