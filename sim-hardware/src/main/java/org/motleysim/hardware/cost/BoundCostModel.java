package org.motleysim.hardware.cost;

import org.motleysim.hardware.device.Kernel;

/** A cost model for one device at one operating point, with all look-ups done. Used by one thread at a time. */
@FunctionalInterface
public interface BoundCostModel {
    /** Returns what the kernel costs. */
    Cost cost(Kernel kernel);

    /** Returns the same cost with its reasons, as far as the model knows them. For people: it may be slow. */
    default Estimate explain(Kernel kernel) {
        return Estimate.of(cost(kernel), "own model");
    }

    /**
     * Returns what the kernel waits for most, as {@link #explain} has it. Models that are asked in every iteration of a run override it.
     *
     * @param cost what {@link #cost} said of the kernel
     */
    default Bound bound(Kernel kernel, Cost cost) {
        return explain(kernel).bound();
    }
}
