package org.motleysim.hardware.cost;

import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.power.PowerModel;

/** The times of one model with the energies of another. */
record PoweredCostModel(CostModel times, PowerModel energies) implements CostModel {
    @Override
    public Cost cost(Kernel kernel, DeviceSpec spec, OperatingPoint point) {
        return bind(spec, point).cost(kernel);
    }

    @Override
    public BoundCostModel bind(DeviceSpec spec, OperatingPoint point) {
        BoundCostModel bound = times.bind(spec, point);
        return new BoundCostModel() {
            @Override
            public Cost cost(Kernel kernel) {
                double seconds = bound.cost(kernel).seconds();
                return new Cost(seconds, energies.dynamicJoules(kernel, seconds, spec, point));
            }

            @Override
            public Estimate explain(Kernel kernel) {
                Estimate times = bound.explain(kernel);
                return new Estimate(
                        cost(kernel),
                        times.bound(),
                        times.achievedFraction(),
                        times.model(),
                        times.expectedError(),
                        times.note());
            }

            @Override
            public Bound bound(Kernel kernel, Cost cost) {
                return bound.bound(kernel, cost);
            }
        };
    }
}
