package org.motleysim.workloads.layers;

import java.util.List;

/**
 * A network as a list of layers, each after those it reads. Immutable, with value equality.
 *
 * <pre>{@code
 * var net = Network.builder("tiny", 3, 32, 32);
 * Tensor x = net.convolution("stem", net.input(), 16, 3, 2, 1, Terms.NORM, Activation.RELU);
 * x = net.globalPool("pool", x);
 * net.linear("classify", x, 10, Terms.BIAS, Activation.NONE);
 * Network tiny = net.build();
 * }</pre>
 *
 * @param name for reports
 * @param input what enters
 * @param layers in order; each reads the input or earlier layers
 */
public record Network(String name, Tensor input, List<Layer> layers) {
    /** @throws IllegalArgumentException if there is no layer, or one reads what comes later */
    public Network {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("network (" + name + ") must have one layer or more");
        }
        for (int i = 0; i < layers.size(); i++) {
            for (Tensor read : layers.get(i).inputs()) {
                if (read.layer() >= i || read.layer() < -1) {
                    throw new IllegalArgumentException("layer (" + layers.get(i).name() + ") must read earlier layers");
                }
            }
        }
    }

    /** Starts a network for images of that size. */
    public static NetworkBuilder builder(String name, int channels, int height, int width) {
        return new NetworkBuilder(name, channels, height, width);
    }

    /** Returns multiply-accumulates of one image. */
    public long macs() {
        return layers.stream().mapToLong(Layer::macs).sum();
    }

    /** Returns trained numbers. */
    public long parameters() {
        return layers.stream().mapToLong(Layer::parameters).sum();
    }

    /**
     * Returns the elements that convolutions, linear layers and windows of largest values give for one image: the activations of Dollar,
     * Singh and Girshick (CVPR 2021).
     */
    public long activations() {
        return layers.stream()
                .filter(layer -> layer.operation().hasWeights() || layer.operation() == Operation.MAX_POOL)
                .mapToLong(layer -> layer.output().elements())
                .sum();
    }

    @Override
    public String toString() {
        return name;
    }
}
