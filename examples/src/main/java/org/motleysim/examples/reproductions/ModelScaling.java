package org.motleysim.examples.reproductions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.layers.Network;
import org.motleysim.workloads.layers.Networks;
import org.motleysim.workloads.layers.Optimiser;

/** Paper 58, Dollar, Singh and Girshick: Fast and Accurate Model Scaling (CVPR 2021): time follows activations. */
final class ModelScaling implements Reproduction {
    /** Claims of the inference time; the claim of the training time has the next number. */
    private static final Map<String, Integer> FIRST_CLAIM = Map.ofEntries(
            Map.entry("resnet-50", 2),
            Map.entry("resnet-101", 4),
            Map.entry("resnet-152", 6),
            Map.entry("regnetx-4.0gf", 8),
            Map.entry("regnetx-16gf", 10),
            Map.entry("regnetx-32gf", 12),
            Map.entry("regnety-8.0gf", 14),
            Map.entry("regnety-32gf", 16),
            Map.entry("resnext-101", 18),
            Map.entry("efficientnet-b0", 20),
            Map.entry("efficientnet-b4", 22),
            Map.entry("efficientnet-b5", 24));

    @Override
    public String folder() {
        return "58-model-scaling";
    }

    @Override
    public void predict(Inputs inputs, Predictions predictions) {
        NetworkTimes times = NetworkTimes.on(inputs, inputs.text("gpu"));
        NumberFormat format = NetworkTimes.format(inputs.text("format"));
        int images = inputs.count("inferenceImages");
        int gpus = inputs.count("gpus");
        Map<Network, Double> seconds = new LinkedHashMap<>();
        for (String name : Networks.names()) {
            if (name.matches("resnet-(50|101|152)|(resnext|regnet|efficientnet).*")) {
                Network network = Networks.named(name);
                seconds.put(network, times.inference(network, images, format, Fusion.EAGER));
            }
        }
        double images100 = inputs.number("epochs") * inputs.number("trainImages");
        seconds.forEach((network, forward) -> {
            Integer claim = FIRST_CLAIM.get(network.name());
            if (claim != null) {
                predictions.value(id(claim), forward * 1e3);
                int perStep = inputs.fact("trainBatches").get(network.name()).intValue();
                double step = times.trainingStep(network, perStep / gpus, format, Optimiser.MOMENTUM);
                predictions.value(
                        id(claim + 1), images100 / perStep * step / 3600, "exchange of gradients taken as hidden");
            }
        });
        predictions.value("E58-26a", correlation(seconds, Network::activations));
        predictions.value("E58-26b", correlation(seconds, Network::macs));
        predictions.value(
                "E58-27",
                times.inference(Networks.named("efficientnet-b4"), images, format, Fusion.EAGER)
                        / times.inference(Networks.named("resnet-50"), images, format, Fusion.EAGER));
    }

    private static String id(int number) {
        return number < 10 ? "E58-0" + number : "E58-" + number;
    }

    /** Pearson's correlation of time with a count. */
    private static double correlation(Map<Network, Double> seconds, ToDoubleFunction<Network> count) {
        double[] x = seconds.keySet().stream().mapToDouble(count).toArray();
        double[] y = seconds.values().stream().mapToDouble(Double::doubleValue).toArray();
        return Correlation.pearson(x, y);
    }
}
