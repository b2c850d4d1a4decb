package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.cost.CpuCostModel;
import org.motleysim.hardware.cost.CpuPlacement;
import org.motleysim.hardware.device.CpuLayout;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.layers.Network;
import org.motleysim.workloads.layers.Networks;

/**
 * Networks on the Arm cores of phones and boards. What share of the vector units' peak a framework reaches there is taken from a network
 * that was measured on another processor.
 */
final class PhoneCores {
    /** Halvings of the interval of the share: more than a double can tell apart. */
    private static final int HALVINGS = 60;

    private PhoneCores() {}

    /**
     * Returns the model of some equal cores.
     *
     * @param fact cores, gigahertz, multiply-add units of 128 bits, gigabytes a second of their memory
     */
    static CpuCostModel cores(JsonNode fact) {
        return CpuCostModel.of(CpuLayout.builder(
                        fact.path("cores").intValue(),
                        1,
                        Bandwidth.gigabytesPerSecond(
                                fact.path("gigabytesPerSecond").doubleValue()))
                .vectors(
                        128,
                        fact.path("units").intValue(),
                        1e9 * fact.path("gigahertz").doubleValue())
                // Arm cores notice streams of stores and do not read their lines first.
                .noWriteAllocate()
                .build());
    }

    /** Returns the share of the peak at which the network that was measured takes what it took. */
    static double shareReached(JsonNode measured) {
        Network network = Networks.named(measured.path("network").textValue());
        double seconds = 1e-3 * measured.path("milliseconds").doubleValue();
        CpuCostModel model = cores(measured);
        double low = 1e-6;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            if (seconds(network, model.reaching(middle)) > seconds) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /** Returns the seconds of one image. */
    static double seconds(Network network, CpuCostModel model) {
        return NetworkTimes.on(spec(), model).inference(network, 1, NumberFormat.FP32, Fusion.EPILOGUE);
    }

    /** Returns a device for a model that knows its cores: no time depends on it. */
    static DeviceSpec spec() {
        return DeviceSpec.builder("arm-cores", DeviceKind.CPU)
                .memory("LPDDR", Bytes.gibibytes(4), Bandwidth.gigabytesPerSecond(1))
                .build();
    }

    /** Returns the model on fewer threads than there are cores. */
    static CpuCostModel threads(CpuCostModel model, int threads) {
        return model.placed(new CpuPlacement(threads, CpuPlacement.Spread.COMPACT, CpuPlacement.Pages.LOCAL));
    }
}
