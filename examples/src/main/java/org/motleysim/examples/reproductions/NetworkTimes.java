package org.motleysim.examples.reproductions;

import java.util.List;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.layers.LayerKernel;
import org.motleysim.workloads.layers.Network;
import org.motleysim.workloads.layers.NetworkCost;
import org.motleysim.workloads.layers.NetworkKernels;
import org.motleysim.workloads.layers.Optimiser;

/** Seconds of networks on one device, by the built-in cost model if nothing else is said. */
final class NetworkTimes {
    private final BoundCostModel model;

    private NetworkTimes(DeviceSpec device, CostModel kernels) {
        // Only time is asked here, so a blank power may be anything.
        DeviceSpec complete = device.tdp().isPresent()
                ? device
                : device.toBuilder().tdp(Power.watts(1)).idle(Power.watts(0)).build();
        this.model = kernels.bind(complete, OperatingPoint.nominal());
    }

    /** @param device a name of the catalogue */
    static NetworkTimes on(Inputs inputs, String device) {
        return on(device(inputs, device), CostModel.builtIn());
    }

    /** The same with another model of kernels. */
    static NetworkTimes on(DeviceSpec device, CostModel kernels) {
        return new NetworkTimes(device, kernels);
    }

    /** Returns a device of the catalogue, as changed by the file devices.json beside the papers. */
    static DeviceSpec device(Inputs inputs, String name) {
        return Catalog.builtIn()
                .with("devices.json", inputs.shared("devices.json"))
                .device(name);
    }

    double inference(Network network, int batch, NumberFormat format, Fusion fusion) {
        return seconds(NetworkKernels.inference(network, batch, format, fusion));
    }

    double trainingStep(Network network, int batch, NumberFormat format, Optimiser optimiser) {
        return seconds(NetworkKernels.training(network, batch, format, optimiser));
    }

    double seconds(List<LayerKernel> kernels) {
        return NetworkCost.of(kernels, model).seconds();
    }

    static NumberFormat format(String label) {
        for (NumberFormat format :
                List.of(NumberFormat.FP32, NumberFormat.TF32, NumberFormat.FP16, NumberFormat.BF16)) {
            if (format.label().equals(label)) {
                return format;
            }
        }
        throw new IllegalArgumentException("format (" + label + ") must be a floating one\nMaybe \"fp32\".");
    }
}
