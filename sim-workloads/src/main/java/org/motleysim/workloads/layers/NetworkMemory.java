package org.motleysim.workloads.layers;

import java.util.List;
import org.motleysim.hardware.device.NumberFormat;

/** Bytes that a network takes on a device. */
public final class NetworkMemory {
    private NetworkMemory() {}

    /** Returns the bytes of the weights. */
    public static double weights(Network network, NumberFormat format) {
        return network.parameters() * format.bytesPerElement();
    }

    /**
     * Returns the most bytes of activations that live at one time of an inference: what later layers still read, and the result being
     * made; without fusion a batch norm needs its input beside its result.
     *
     * @param batch images, one or more
     */
    public static double peakActivations(Network network, int batch, NumberFormat format, Fusion fusion) {
        List<Layer> layers = network.layers();
        var lastUse = new int[layers.size() + 1];
        for (int i = 0; i < layers.size(); i++) {
            for (Tensor input : layers.get(i).inputs()) {
                lastUse[input.layer() + 1] = i;
            }
        }
        double live = network.input().elements();
        double peak = live;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            double made =
                    layer.operation() == Operation.VIEW ? 0 : layer.output().elements();
            double extra = fusion == Fusion.EAGER && layer.terms().norm() ? made : 0;
            live += made;
            peak = Math.max(peak, live + extra);
            // Freed once, though a layer may read a tensor twice.
            for (int j = -1; j <= i; j++) {
                if (lastUse[j + 1] == i && j < i && read(layer, j)) {
                    Tensor dead = j < 0 ? network.input() : layers.get(j).output();
                    live -= j >= 0 && layers.get(j).operation() == Operation.VIEW ? 0 : dead.elements();
                }
            }
        }
        return peak * batch * format.bytesPerElement();
    }

    /**
     * Returns the bytes of a training step: weights, gradients, the optimiser's state and the tensors kept for the backward pass; what a
     * framework and its context take is not counted.
     *
     * @param batch images, one or more
     */
    public static double training(
            Network network, int batch, NumberFormat format, Optimiser optimiser, SavedTensors.Rule rule) {
        double kept = SavedTensors.of(network, batch, format, rule).stream()
                .mapToDouble(SavedTensors.Saved::bytes)
                .sum();
        return (2.0 + optimiser.states()) * weights(network, format) + kept;
    }

    private static boolean read(Layer layer, int index) {
        return layer.inputs().stream().anyMatch(input -> input.layer() == index);
    }
}
