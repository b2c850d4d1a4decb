package org.motleysim.workloads.layers;

import java.util.List;

/**
 * One row of a layer table: an operation, then a bias or norm, then an activation.
 *
 * @param name such as {@code "s2.b0.expand"}
 * @param operation what it does
 * @param inputs what it reads
 * @param output what it gives
 * @param kernel side of the filter or window; 1 where there is none
 * @param stride between places of the filter or window; 1 where there is none
 * @param groups of a convolution; heads of a matmul; 1 elsewhere
 * @param terms bias, norm or none
 * @param activation at the end
 * @param inner inner dimension of a matmul (all heads together); 0 elsewhere
 */
public record Layer(
        String name,
        Operation operation,
        List<Tensor> inputs,
        Tensor output,
        int kernel,
        int stride,
        int groups,
        Terms terms,
        Activation activation,
        int inner) {
    /** Copies the list. */
    public Layer {
        inputs = List.copyOf(inputs);
    }

    /** Returns the first input. */
    public Tensor input() {
        return inputs.get(0);
    }

    /** Returns multiply-accumulates of one image: convolutions, linear layers and matmuls; biases and norms do not count. */
    public long macs() {
        return switch (operation) {
            case CONVOLUTION -> output.elements() * (input().channels() / groups) * kernel * kernel;
            case UP_CONVOLUTION -> input().elements() * (output.channels() / groups) * kernel * kernel;
            case LINEAR -> output.elements() * input().channels();
            case MATMUL -> output.elements() / groups * inner;
            default -> 0;
        };
    }

    /** Returns weights of the operation, without bias and norm. */
    public long weights() {
        long in = input().channels();
        return switch (operation) {
            case CONVOLUTION, UP_CONVOLUTION -> in / groups * output.channels() * kernel * kernel;
            case LINEAR, EMBEDDING -> in * output.channels();
            default -> 0;
        };
    }

    /** Returns trained numbers: weights, bias or scale and shift. */
    public long parameters() {
        long added =
                switch (terms) {
                    case NONE -> 0;
                    case BIAS -> output.channels();
                    case NORM -> 2L * output.channels();
                    case BIAS_AND_NORM -> 3L * output.channels();
                };
        return weights() + added + (operation == Operation.NORM ? 2L * output.channels() : 0);
    }
}
