package org.motleysim.examples.reproductions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.Layer;
import org.motleysim.workloads.layers.Network;
import org.motleysim.workloads.layers.Networks;
import org.motleysim.workloads.layers.SavedTensors;

/** Paper 69, Chiang et al.: MobileTL (AAAI 2023): fewer tensors kept for the backward pass of inverted residual blocks. */
final class MobileTl implements Reproduction {
    @Override
    public String folder() {
        return "69-mobiletl";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        memory(inputs, predictions, "E69-01", 0);
        memory(inputs, predictions, "E69-02", 1);
        Network v3 = Networks.named(inputs.items("networks").get(1).asText());
        int trained = inputs.count("trainedBlocks");
        long all = v3.macs();
        // Backward through the trained blocks and the head: gradients of inputs and of weights.
        long backward = v3.layers().stream()
                .filter(layer -> block(layer) < 0 ? layer.name().startsWith("head") : block(layer) >= 15 - trained)
                .mapToLong(Layer::macs)
                .sum();
        double share = (all + 2.0 * backward) / (3.0 * all);
        predictions.value("E69-03", 100 * (1 - share), "against training of all layers; work of norms not counted");
    }

    private static void memory(Inputs inputs, Predictions predictions, String claim, int which) {
        Network network = Networks.named(inputs.items("networks").get(which).asText());
        Map<Integer, Double> exact = perBlock(network, SavedTensors.Rule.EXACT);
        Map<Integer, Double> spared = perBlock(network, SavedTensors.Rule.SHIFT_AND_MASK);
        double sum = 0;
        double low = 100;
        double high = 0;
        for (Map.Entry<Integer, Double> block : exact.entrySet()) {
            double saved = 100 * (1 - spared.getOrDefault(block.getKey(), 0.0) / block.getValue());
            sum += saved;
            low = Math.min(low, saved);
            high = Math.max(high, saved);
        }
        predictions.value(
                claim,
                sum / exact.size(),
                String.format(
                        Locale.ROOT,
                        "mean of %d blocks, %.0f to %.0f; the block of the figure is not named",
                        exact.size(),
                        low,
                        high));
    }

    private static Map<Integer, Double> perBlock(Network network, SavedTensors.Rule rule) {
        var bytes = new LinkedHashMap<Integer, Double>();
        List<SavedTensors.Saved> saved = SavedTensors.of(network, 1, NumberFormat.FP32, rule);
        for (int i = 0; i < saved.size(); i++) {
            int block = block(network.layers().get(i));
            if (block >= 0) {
                bytes.merge(block, saved.get(i).bytes(), Double::sum);
            }
        }
        return bytes;
    }

    /** The number of the block that a layer belongs to; -1 for stem and head. */
    private static int block(Layer layer) {
        String first = layer.name().split("\\.", -1)[0];
        return first.matches("b\\d+") ? Integer.parseInt(first.substring(1)) : -1;
    }
}
