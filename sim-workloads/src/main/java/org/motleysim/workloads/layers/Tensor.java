package org.motleysim.workloads.layers;

/**
 * What a layer gives to others, for one image.
 *
 * @param layer index of the layer that makes it; -1 for the input of the network
 * @param channels or features, one or more
 * @param height rows; tokens of a sequence
 * @param width columns; one for sequences
 */
public record Tensor(int layer, int channels, int height, int width) {
    /** @throws IllegalArgumentException if a size is below one */
    public Tensor {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "tensor (" + channels + " x " + height + " x " + width + ") must have sizes of 1 or more");
        }
    }

    /** Returns how many elements one image has. */
    public long elements() {
        return (long) channels * height * width;
    }

    /** Returns rows times columns. */
    public long places() {
        return (long) height * width;
    }
}
