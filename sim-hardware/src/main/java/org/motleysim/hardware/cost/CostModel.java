package org.motleysim.hardware.cost;

import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.power.PowerModel;

/**
 * Seconds and joules of a kernel on a device. Stateless and safe for use by many threads: equal questions get equal answers.
 *
 * <p>A researcher's own model is a lambda:
 *
 * <pre>{@code
 * CostModel mine = (kernel, spec, point) -> Cost.of(kernel.flops() / 42e12, Energy.joules(0.3));
 * }</pre>
 *
 * <p>Implementations that look things up per device override {@link #bind} to do so once.
 */
@FunctionalInterface
public interface CostModel {
    /**
     * Returns what the kernel costs on the device at the operating point.
     *
     * @throws IllegalArgumentException if the datasheet lacks a number this model needs, naming it
     */
    Cost cost(Kernel kernel, DeviceSpec spec, OperatingPoint point);

    /** Returns this model for one device at one operating point; answers are those of {@link #cost}. */
    default BoundCostModel bind(DeviceSpec spec, OperatingPoint point) {
        return kernel -> cost(kernel, spec, point);
    }

    /** Returns the cost with its reasons: which model answered, what bounds the kernel, how far off it may be. */
    default Estimate explain(Kernel kernel, DeviceSpec spec, OperatingPoint point) {
        return bind(spec, point).explain(kernel);
    }

    /** Returns the times of this model with the energies of a power model. */
    default CostModel poweredBy(PowerModel energies) {
        return new PoweredCostModel(this, energies);
    }

    /** Returns this model at one operating point, whatever point it is asked about. */
    default CostModel at(OperatingPoint point) {
        return new FixedPointCostModel(this, point);
    }

    /** Returns the default: the best that the built-in catalogue knows for a device. */
    static CostModel builtIn() {
        return CalibratedCostModel.builtIn();
    }

    /** Returns the calibrated roofline with the built-in efficiencies. */
    static CostModel roofline() {
        return RooflineCostModel.calibrated();
    }
}
