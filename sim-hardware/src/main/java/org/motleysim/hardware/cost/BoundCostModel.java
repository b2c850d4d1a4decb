package org.motleysim.hardware.cost;

import org.motleysim.hardware.device.Kernel;

/** A cost model for one device at one operating point, with all look-ups done. Used by one thread at a time. */
@FunctionalInterface
public interface BoundCostModel {
    /** Returns what the kernel costs. */
    Cost cost(Kernel kernel);
}
