package org.motleysim.workloads.layers;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.hardware.device.NumberFormat;

/**
 * What a training step keeps from the forward for the backward pass, each tensor once.
 *
 * <p>A product keeps what it multiplies: its input for the gradient of its weights. A batch norm with trained scale keeps its input. An
 * activation keeps its input, or, where the output says enough (ReLU and its kind), nothing but the output, which is the input of the
 * next product. Largest values keep where they were found (eight bytes an element). {@link Rule} changes this for training on small
 * devices, as in MobileTL (Chiang et al., AAAI 2023): norms inside a block train their shift only and keep nothing, activations keep one
 * bit an element.
 */
public final class SavedTensors {
    /** Which tensors are kept. */
    public enum Rule {
        /** All that exact gradients need. */
        EXACT,
        /** Norms followed by an activation train their shift only; activations keep a mask of one bit an element. */
        SHIFT_AND_MASK
    }

    /**
     * Bytes kept for one layer.
     *
     * @param layer name of the layer
     * @param operands of the operation, not kept by an earlier layer already
     * @param norm input of the batch norm
     * @param activation input or mask of the activation
     */
    public record Saved(String layer, double operands, double norm, double activation) {
        /** Returns all of it. */
        public double bytes() {
            return operands + norm + activation;
        }
    }

    private static final double INDEX_BYTES = 8;

    private SavedTensors() {}

    /**
     * Returns what each layer keeps for one step, in the order of layers.
     *
     * @param batch images, one or more
     */
    public static List<Saved> of(Network network, int batch, NumberFormat format, Rule rule) {
        List<Layer> layers = network.layers();
        // Whether the result of each layer is kept; the last is the input of the network.
        var kept = new boolean[layers.size() + 1];
        var saved = new ArrayList<Saved>();
        for (Layer layer : layers) {
            double element = batch * format.bytesPerElement();
            double operands = 0;
            for (Tensor input : operands(layer)) {
                int made = source(layers, input);
                int index = made < 0 ? layers.size() : made;
                if (!kept[index]) {
                    kept[index] = true;
                    operands += input.elements() * element;
                }
            }
            long out = layer.output().elements();
            boolean active = layer.activation() != Activation.NONE;
            boolean masked = rule == Rule.SHIFT_AND_MASK && active;
            double norm = layer.terms().norm() && !masked ? out * element : 0;
            double activation = 0;
            if (masked) {
                activation = batch * out / 8.0;
            } else if (active && layer.activation().needsInput()) {
                activation = out * element;
            }
            if (layer.operation() == Operation.MAX_POOL) {
                activation += out * batch * INDEX_BYTES;
            }
            saved.add(new Saved(layer.name(), operands, norm, activation));
        }
        return saved;
    }

    private static List<Tensor> operands(Layer layer) {
        return switch (layer.operation()) {
            case CONVOLUTION, UP_CONVOLUTION, LINEAR, MATMUL, MULTIPLY, NORM -> layer.inputs();
            // The gradient of a softmax needs its result, which the next product keeps.
            default -> List.of();
        };
    }

    /** A view is the tensor it looks at. */
    private static int source(List<Layer> layers, Tensor tensor) {
        Tensor at = tensor;
        while (at.layer() >= 0 && layers.get(at.layer()).operation() == Operation.VIEW) {
            at = layers.get(at.layer()).input();
        }
        return at.layer();
    }
}
