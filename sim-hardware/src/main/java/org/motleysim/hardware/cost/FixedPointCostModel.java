package org.motleysim.hardware.cost;

import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.power.OperatingPoint;

/** A model at one operating point, whatever point it is asked about. */
record FixedPointCostModel(CostModel model, OperatingPoint point) implements CostModel {
    @Override
    public Cost cost(Kernel kernel, DeviceSpec spec, OperatingPoint asked) {
        return model.cost(kernel, spec, point);
    }

    @Override
    public BoundCostModel bind(DeviceSpec spec, OperatingPoint asked) {
        return model.bind(spec, point);
    }
}
