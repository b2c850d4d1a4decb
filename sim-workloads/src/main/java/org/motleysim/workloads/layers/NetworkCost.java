package org.motleysim.workloads.layers;

import java.util.List;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.Cost;

/** Adds up what kernels cost. */
public final class NetworkCost {
    private NetworkCost() {}

    /** Returns the cost of kernels that run one after the other. */
    public static Cost of(List<LayerKernel> kernels, BoundCostModel model) {
        double seconds = 0;
        double joules = 0;
        for (LayerKernel kernel : kernels) {
            Cost cost = model.cost(kernel.kernel());
            seconds += cost.seconds();
            joules += cost.dynamicJoules();
        }
        return new Cost(seconds, joules);
    }
}
