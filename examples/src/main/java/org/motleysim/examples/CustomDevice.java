package org.motleysim.examples;

import java.time.Duration;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.MoneyRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.scenario.Scenario;

/** A device that no catalogue has, with a cost model of its own. */
public final class CustomDevice {
    private CustomDevice() {}

    /** Moves bytes and computes one after the other, and takes a fixed energy for each of both. */
    record OneAfterTheOther(double joulesPerFlop, double joulesPerByte) implements CostModel {
        @Override
        public Cost cost(Kernel kernel, DeviceSpec spec, OperatingPoint point) {
            double bytes = kernel.bytesRead() + kernel.bytesWritten();
            double peak = spec.peak(NumberFormat.BF16).orElseThrow().flopsPerSecond();
            double seconds = kernel.flops() / peak
                    + bytes / spec.mainMemory().bandwidth().bytesPerSecond();
            return new Cost(seconds, kernel.flops() * joulesPerFlop + bytes * joulesPerByte);
        }
    }

    /** Runs it and prints its table. */
    public static void main(String[] arguments) {
        scenario().run().report().print();
    }

    static Scenario scenario() {
        var npu = DeviceSpec.builder("my-npu-32gb", DeviceKind.NPU)
                .peak(NumberFormat.BF16, FlopRate.teraflopsPerSecond(100))
                .memory("HBM", Bytes.gibibytes(32), Bandwidth.gigabytesPerSecond(1_000))
                .tdp(Power.watts(150))
                .idle(Power.watts(30))
                .pricePerHour(MoneyRate.usdPerHour(0.50))
                .build();
        var cluster = Cluster.builder("two NPUs")
                .add(2, npu, new OneAfterTheOther(0.5e-12, 20e-12))
                .build();
        var chat = LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .arrivals(Arrivals.poisson(2.0))
                .lengths(RequestLengths.fixed(512, 64))
                .build();
        return Scenario.of(cluster, chat)
                .name("custom-device")
                .horizon(Duration.ofMinutes(1))
                .build();
    }
}
