package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.cost.CpuCostModel;
import org.motleysim.hardware.cost.CpuPlacement;
import org.motleysim.hardware.cost.CpuPlacement.Pages;
import org.motleysim.hardware.device.CpuLayout;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.hardware.power.OperatingPoint;

/**
 * Paper 4, Heller et al.: Closing the Performance Gap with Modern C++ (2016): executors and allocators that know memory nodes, judged by
 * STREAM. The paper's machines and numbers were not found; what it is about, threads near their pages or far from them, is compared with
 * public runs of the benchmark.
 */
final class ModernCpp implements Reproduction {
    private static final double GIGA = 1e9;

    @Override
    public String folder() {
        return "04-modern-cpp";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        double elements = inputs.number("elements");
        for (JsonNode row : inputs.items("rows")) {
            JsonNode machine = inputs.fact("machines").path(row.path("machine").asText());
            double rate =
                    triadBytesPerSecond(machine, Pages.valueOf(row.path("pages").asText()), elements);
            predictions.value(
                    row.path("claim").asText(), rate / GIGA, row.path("why").asText());
        }
        JsonNode machine = inputs.fact("machines").path("E5-2695v4");
        predictions.value(
                "4-near-over-far",
                triadBytesPerSecond(machine, Pages.LOCAL, elements)
                        / triadBytesPerSecond(machine, Pages.FIRST_NODE, elements));
    }

    /** Bytes a second as STREAM counts them: two reads and a write of 8 bytes, whatever else moves. */
    static double triadBytesPerSecond(JsonNode machine, Pages pages, double elements) {
        CpuLayout.Builder socket = CpuLayout.builder(
                        machine.path("cores").intValue(),
                        1,
                        Bandwidth.gigabytesPerSecond(
                                machine.path("nodeGigabytes").doubleValue()))
                .vectors(
                        machine.path("simdBits").intValue(),
                        machine.path("units").intValue(),
                        GIGA * machine.path("gigahertz").doubleValue());
        if (machine.path("noWriteAllocate").asBoolean()) {
            socket.noWriteAllocate();
        }
        CpuLayout all = socket.build()
                .sockets(
                        machine.path("sockets").intValue(),
                        Bandwidth.gigabytesPerSecond(
                                machine.path("linkGigabytes").doubleValue()));
        Kernel triad = new Kernel(
                KernelFamily.ELEMENTWISE, NumberFormat.FP64, 2 * elements, 16 * elements, 8 * elements, Shape.NONE);
        double seconds = CpuCostModel.of(all)
                .placed(new CpuPlacement(0, CpuPlacement.Spread.SCATTER, pages))
                .cost(triad, timeOnly(all), OperatingPoint.nominal())
                .seconds();
        return 24 * elements / seconds;
    }

    /** The layout says it all; a device must have a peak and a power, which no time depends on. */
    private static DeviceSpec timeOnly(CpuLayout layout) {
        return DeviceSpec.builder("machine", DeviceKind.CPU)
                .peak(NumberFormat.FP64, FlopRate.of(1))
                .memory("DRAM", Bytes.gibibytes(64), layout.nodeBandwidth())
                .tdp(Power.watts(1))
                .build();
    }
}
