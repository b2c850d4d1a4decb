package org.motleysim.examples.reproductions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.layers.Network;
import org.motleysim.workloads.layers.Networks;

/** Paper 16, Nottebaum et al.: LowFormer (WACV 2025): multiply-accumulates do not order throughput. */
final class LowFormer implements Reproduction {
    private static final List<String> THROUGHPUT =
            List.of("b0:E16-01", "b1:E16-02", "b1.5:E16-03", "b3:E16-04", "e1:E16-05", "e2:E16-08", "e3:E16-11");
    private static final List<String> LATENCY = List.of("e1:E16-06:E16-07", "e2:E16-09:E16-10", "e3:E16-12:E16-13");

    @Override
    public String folder() {
        return "16-lowformer";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        NetworkTimes gpu = NetworkTimes.on(inputs, inputs.text("throughputGpu"));
        int batch = inputs.count("throughputBatch");
        NumberFormat slow = NetworkTimes.format(inputs.items("formats").get(0).asText());
        NumberFormat fast = NetworkTimes.format(inputs.items("formats").get(1).asText());
        Map<String, Double> rates = new LinkedHashMap<>();
        for (String row : THROUGHPUT) {
            String[] parts = row.split(":", -1);
            Network network = Networks.named("lowformer-" + parts[0]);
            double low = batch / gpu.inference(network, batch, slow, Fusion.POINTWISE);
            double high = batch / gpu.inference(network, batch, fast, Fusion.POINTWISE);
            rates.put(parts[0], low);
            predictions.band(parts[1], low, high, "32-bit or TF32 convolutions not stated");
        }
        predictions.holds(
                "E16-14",
                rates.getOrDefault("e1", 0.0) > rates.getOrDefault("b0", 0.0),
                "in 32 bits: attention of many small kernels is too cheap here");
        for (int device = 0; device < 2; device++) {
            NetworkTimes times = NetworkTimes.on(
                    inputs, inputs.items("latencyGpus").get(device).asText());
            for (String row : LATENCY) {
                String[] parts = row.split(":", -1);
                Network network = Networks.named("lowformer-" + parts[0]);
                predictions.band(
                        parts[1 + device],
                        1e3 * times.inference(network, 1, slow, Fusion.POINTWISE),
                        1e3 * times.inference(network, 1, slow, Fusion.EPILOGUE),
                        "runtime not stated; dispatch by the host not counted");
            }
        }
    }
}
