package org.motleysim.examples.reproductions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.layers.Network;
import org.motleysim.workloads.layers.Networks;

/** Paper 29, Cai et al.: Once-for-All (ICLR 2020): networks specialised for devices, at their published latencies. */
final class OnceForAll implements Reproduction {
    private static final String RUNTIME = "eager framework to fully fused, the runtime is not stated";

    @Override
    public String folder() {
        return "29-once-for-all";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        band(inputs, predictions, "E29-11", "v100", "ofa-v100-11", 64);
        band(inputs, predictions, "E29-10", "1080ti", "ofa-1080ti-12", 64);
        band(inputs, predictions, "E29-12", "tx2", "ofa-tx2-96", 16);
        NetworkTimes tx2 = NetworkTimes.on(inputs, inputs.text("tx2"));
        Network slow = network(inputs, "ofa-tx2-96");
        Network fast = network(inputs, "ofa-tx2-35");
        predictions.band(
                "E29-12b",
                tx2.inference(slow, 16, NumberFormat.FP32, Fusion.EAGER)
                        / tx2.inference(fast, 16, NumberFormat.FP32, Fusion.EAGER),
                tx2.inference(slow, 16, NumberFormat.FP32, Fusion.EPILOGUE)
                        / tx2.inference(fast, 16, NumberFormat.FP32, Fusion.EPILOGUE),
                RUNTIME);
        int claim = 1;
        for (String name :
                List.of("ofa-v100-11", "ofa-1080ti-12", "ofa-tx2-96", "ofa-tx2-35", "ofa-cpu-10", "ofa-cpu-15")) {
            predictions.value("E29-M" + claim++, network(inputs, name).macs() / 1e6);
        }
    }

    private static void band(
            Inputs inputs, Predictions predictions, String claim, String device, String name, int batch) {
        NetworkTimes times = NetworkTimes.on(inputs, inputs.text(device));
        Network network = network(inputs, name);
        predictions.band(
                claim,
                1e3 * times.inference(network, batch, NumberFormat.FP32, Fusion.EAGER),
                1e3 * times.inference(network, batch, NumberFormat.FP32, Fusion.EPILOGUE),
                RUNTIME);
    }

    private static Network network(Inputs inputs, String name) {
        JsonNode fact = inputs.fact(name);
        List<int[]> blocks = new ArrayList<>();
        for (JsonNode block : fact.get("blocks")) {
            blocks.add(new int[] {
                block.get(0).intValue(),
                block.get(1).intValue(),
                block.get(2).intValue(),
                block.get(3).intValue()
            });
        }
        return Networks.invertedResiduals(
                name,
                fact.get("resolution").intValue(),
                fact.get("stem").intValue(),
                blocks,
                fact.get("head").intValue());
    }
}
