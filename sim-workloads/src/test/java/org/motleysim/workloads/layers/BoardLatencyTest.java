package org.motleysim.workloads.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CpuCostModel;
import org.motleysim.hardware.device.CpuLayout;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.power.OperatingPoint;

/**
 * MobileNets and detectors on boards, from cores, clocks and vector units. What share of the vector peak an inference runtime reaches is taken
 * from phones that are not among the rows, with cores of the same kind or the next: MobileNet of 2017 with TensorFlow Lite on four threads
 * takes 23.9 ms on a Pixel 3 and 14.0 ms on a Pixel 4 (performance page of TensorFlow Lite).
 */
class BoardLatencyTest {
    /** Cores, gigahertz, vector units of 128 bits that multiply and add, gigabytes a second of memory. */
    private record Cores(int cores, double gigahertz, int units, double gigabytes) {
        CpuCostModel model() {
            return CpuCostModel.of(CpuLayout.builder(cores, 1, Bandwidth.gigabytesPerSecond(gigabytes))
                    .vectors(128, units, 1e9 * gigahertz)
                    .noWriteAllocate()
                    .build());
        }
    }

    /** Four A75 of Snapdragon 845 in a Pixel 3, LPDDR4X-3733 on 64 bits: for the A72, too, which is older by one. */
    private static final Cores PIXEL_3 = new Cores(4, 2.5, 2, 29.86);

    /** Four A76 of Snapdragon 855 in a Pixel 4, one at 2.84 and three at 2.42 GHz, LPDDR4X-4266 on 64 bits. */
    private static final Cores PIXEL_4 = new Cores(4, (2.84 + 3 * 2.42) / 4, 2, 34.13);

    /** BCM2711: four A72 with one multiply-add unit each, LPDDR4-3200 on 32 bits. BCM2712: four A76 with two, LPDDR4X-4267 on 32 bits. */
    private static final Map<String, Cores> BOARDS = Map.of(
            "Raspberry Pi 4", new Cores(4, 1.5, 1, 12.8),
            "Raspberry Pi 5", new Cores(4, 2.4, 2, 17.07),
            "Raspberry Pi (5)", new Cores(4, 2.4, 2, 17.07),
            "SDM845 (Mi MIX 2S)", new Cores(4, 2.8, 2, 29.86));

    private static double seconds(String network, CpuCostModel model) {
        DeviceSpec spec = DeviceSpec.builder("cores", DeviceKind.CPU)
                .memory("LPDDR", Bytes.gibibytes(4), Bandwidth.gigabytesPerSecond(1))
                .tdp(Power.watts(1)) // only time is asked
                .idle(Power.watts(0))
                .build();
        BoundCostModel bound = model.bind(spec, OperatingPoint.nominal());
        return NetworkCost.of(
                        NetworkKernels.inference(Networks.named(network), 1, NumberFormat.FP32, Fusion.EPILOGUE), bound)
                .seconds();
    }

    /** The share of the peak at which MobileNet takes what it took. */
    private static double share(Cores phone, double seconds) {
        double low = 1e-3;
        double high = 1;
        for (int i = 0; i < 60; i++) {
            double middle = 0.5 * (low + high);
            if (seconds("mobilenet-v1", phone.model().reaching(middle)) > seconds) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    @Test
    void inferenceRuntimesOnArmCores_medianErrorWithinAThird() throws IOException {
        String folder = System.getProperty("motley.data", System.getenv().getOrDefault("MOTLEY_DATA", ""));
        assumeTrue(
                !folder.isEmpty(), "set MOTLEY_DATA or -Dmotley.data to the folder of measured data to run this test");
        double older = share(PIXEL_3, 0.0239);
        double newer = share(PIXEL_4, 0.0140);
        List<Double> errors = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(folder, "edge", "edge_inference_latency.csv"))) {
            String[] row = line.split(",", -1);
            boolean runtime = row[1].equals("TensorFlow Lite")
                    || row[1].equals("ExecuTorch XNNPACK fp32")
                    || row[1].equals("CPU");
            if (!runtime || !BOARDS.containsKey(row[0])) {
                continue;
            }
            String network = row[3].startsWith("SSD MobileNet v2")
                    ? "ssd-mobilenet-v2"
                    : row[3].startsWith("SSD MobileNet v1") ? "ssd-mobilenet-v1-0.75" : "mobilenet-v2";
            double predicted = 1e3
                    * seconds(
                            network,
                            BOARDS.get(row[0])
                                    .model()
                                    .reaching(row[0].contains("5)") || row[0].endsWith("5") ? newer : older));
            double measured = Double.parseDouble(row[4]);
            errors.add(Math.abs(predicted / measured - 1));
            System.out.printf(
                    "%s %s %s: measured %.1f ms, predicted %.1f ms%n", row[0], row[1], row[3], measured, predicted);
        }
        errors.sort(null);
        assertEquals(6, errors.size());
        double median = 0.5 * (errors.get(2) + errors.get(3));
        assertTrue(median <= 0.35, "shares " + older + " and " + newer + ", errors " + errors);
    }
}
