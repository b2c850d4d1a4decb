package org.motleysim.hardware.power;

import org.motleysim.core.quantity.FlopRate;
import org.motleysim.hardware.catalog.EfficiencyCatalog;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;

/** {@link DynamicEnergy} as a power model. */
enum SharesPowerModel implements PowerModel {
    BUILT_IN;

    @Override
    public double dynamicJoules(Kernel kernel, double seconds, DeviceSpec spec, OperatingPoint point) {
        var rule = new DynamicEnergy(spec, EfficiencyCatalog.builtIn().power(spec.kind()));
        double peak = spec.computeFormat(kernel.format())
                .flatMap(spec::peak)
                .map(FlopRate::flopsPerSecond)
                .orElse(Double.POSITIVE_INFINITY);
        double traffic = kernel.bytes() / spec.memoryBandwidth().bytesPerSecond();
        return rule.joules(seconds, kernel.flops() / peak, traffic, point);
    }

    @Override
    public String toString() {
        return "shares of the TDP";
    }
}
