package org.motleysim.workloads.layers;

import java.util.ArrayList;
import java.util.List;

/** Collects the layers of a {@link Network}, each call one layer. Used by one thread. */
public final class NetworkBuilder {
    private final String name;
    private final Tensor input;
    private final List<Layer> layers = new ArrayList<>();

    NetworkBuilder(String name, int channels, int height, int width) {
        this.name = name;
        this.input = new Tensor(-1, channels, height, width);
    }

    /** Returns what enters the network. */
    public Tensor input() {
        return input;
    }

    /**
     * Adds a convolution padded by half its kernel, so that the size is divided by the stride and rounded up.
     *
     * @throws IllegalArgumentException if the groups do not divide the channels
     */
    public Tensor convolution(
            String layer,
            Tensor x,
            int channels,
            int kernel,
            int stride,
            int groups,
            Terms terms,
            Activation activation) {
        if (x.channels() % groups != 0 || channels % groups != 0) {
            throw new IllegalArgumentException("groups (" + groups + ") of " + layer + " must divide " + x.channels()
                    + " and " + channels + " channels");
        }
        return add(
                layer,
                Operation.CONVOLUTION,
                List.of(x),
                channels,
                halved(x.height(), stride),
                halved(x.width(), stride),
                kernel,
                stride,
                groups,
                terms,
                activation);
    }

    /** Adds a depthwise convolution. */
    public Tensor depthwise(String layer, Tensor x, int kernel, int stride, Terms terms, Activation activation) {
        return convolution(layer, x, x.channels(), kernel, stride, x.channels(), terms, activation);
    }

    /** Adds a convolution of single places. */
    public Tensor pointwise(String layer, Tensor x, int channels, Terms terms, Activation activation) {
        return convolution(layer, x, channels, 1, 1, 1, terms, activation);
    }

    /** Adds a transposed convolution, which multiplies the size by the stride. */
    public Tensor upConvolution(String layer, Tensor x, int channels, int kernel, int stride, Terms terms) {
        return add(
                layer,
                Operation.UP_CONVOLUTION,
                List.of(x),
                channels,
                x.height() * stride,
                x.width() * stride,
                kernel,
                stride,
                1,
                terms,
                Activation.NONE);
    }

    /** Adds a product with weights at each place. */
    public Tensor linear(String layer, Tensor x, int features, Terms terms, Activation activation) {
        return add(layer, Operation.LINEAR, List.of(x), features, x.height(), x.width(), 1, 1, 1, terms, activation);
    }

    /** Adds the products of queries and keys, head by head: a score for each pair of places. */
    public Tensor scores(String layer, Tensor queries, Tensor keys, int heads) {
        int places = Math.toIntExact(keys.places());
        return matmul(
                layer, queries, keys, heads, queries.channels(), heads, Math.toIntExact(queries.places()), places);
    }

    /** Adds the sums of values weighted by scores, head by head. */
    public Tensor weighted(String layer, Tensor scores, Tensor values, int heads, int height, int width) {
        return matmul(
                layer,
                scores,
                values,
                heads,
                Math.toIntExact(values.places()) * heads,
                values.channels(),
                height,
                width);
    }

    /** Adds a norm whose statistics are computed on the spot (layer norm, group norm). */
    public Tensor norm(String layer, Tensor x) {
        return same(layer, Operation.NORM, List.of(x), x, Terms.NONE, Activation.NONE);
    }

    /** Adds a softmax along rows. */
    public Tensor softmax(String layer, Tensor x) {
        return same(layer, Operation.SOFTMAX, List.of(x), x, Terms.NONE, Activation.NONE);
    }

    /** Adds a batch norm or an activation with no operation before it. */
    public Tensor pointwise(String layer, Tensor x, Terms terms, Activation activation) {
        return same(layer, Operation.POINTWISE, List.of(x), x, terms, activation);
    }

    /** Adds a sum of two inputs of one size. */
    public Tensor sum(String layer, Tensor one, Tensor other, Activation activation) {
        return same(layer, Operation.ADD, List.of(one, other), one, Terms.NONE, activation);
    }

    /** Adds a product element by element; the second input may be one value a channel. */
    public Tensor scale(String layer, Tensor x, Tensor by) {
        return same(layer, Operation.MULTIPLY, List.of(x, by), x, Terms.NONE, Activation.NONE);
    }

    /** Adds the largest value under a window. */
    public Tensor maxPool(String layer, Tensor x, int kernel, int stride) {
        return pool(layer, Operation.MAX_POOL, x, kernel, stride, Terms.NONE);
    }

    /** Adds the mean under a window. */
    public Tensor averagePool(String layer, Tensor x, int kernel, int stride) {
        return pool(layer, Operation.AVERAGE_POOL, x, kernel, stride, Terms.NONE);
    }

    /** Adds the mean of all places. */
    public Tensor globalPool(String layer, Tensor x) {
        return add(layer, Operation.GLOBAL_POOL, List.of(x), x.channels(), 1, 1, 1, 1, 1, Terms.NONE, Activation.NONE);
    }

    /** Adds a concatenation of channels, copied. */
    public Tensor concatenate(String layer, List<Tensor> parts) {
        int channels = parts.stream().mapToInt(Tensor::channels).sum();
        Tensor first = parts.get(0);
        return add(
                layer,
                Operation.REARRANGE,
                parts,
                channels,
                first.height(),
                first.width(),
                1,
                1,
                1,
                Terms.NONE,
                Activation.NONE);
    }

    /** Adds a view of some channels, which costs nothing. */
    public Tensor view(String layer, Tensor x, int channels) {
        return add(
                layer,
                Operation.VIEW,
                List.of(x),
                channels,
                x.height(),
                x.width(),
                1,
                1,
                1,
                Terms.NONE,
                Activation.NONE);
    }

    /** Adds squeeze and excitation (Hu et al., CVPR 2018): a weight a channel from the means of all channels. */
    public Tensor squeezeExcite(String layer, Tensor x, int squeezed, Activation inner, Activation gate) {
        Tensor s = globalPool(layer + ".pool", x);
        s = pointwise(layer + ".fc1", s, squeezed, Terms.BIAS, inner);
        s = pointwise(layer + ".fc2", s, x.channels(), Terms.BIAS, gate);
        return scale(layer + ".scale", x, s);
    }

    /**
     * Returns what a layer that was added gives.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public Tensor made(String layer) {
        return layers.stream()
                .filter(each -> each.name().equals(layer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("layer (" + layer + ") must have been added"))
                .output();
    }

    /** Returns the network. */
    public Network build() {
        return new Network(name, input, layers);
    }

    private Tensor pool(String layer, Operation operation, Tensor x, int kernel, int stride, Terms terms) {
        return add(
                layer,
                operation,
                List.of(x),
                x.channels(),
                halved(x.height(), stride),
                halved(x.width(), stride),
                kernel,
                stride,
                1,
                terms,
                Activation.NONE);
    }

    private Tensor same(
            String layer, Operation operation, List<Tensor> inputs, Tensor like, Terms terms, Activation activation) {
        return add(layer, operation, inputs, like.channels(), like.height(), like.width(), 1, 1, 1, terms, activation);
    }

    private Tensor matmul(
            String layer, Tensor one, Tensor other, int heads, int inner, int channels, int height, int width) {
        var output = new Tensor(layers.size(), channels, height, width);
        layers.add(new Layer(
                layer, Operation.MATMUL, List.of(one, other), output, 1, 1, heads, Terms.NONE, Activation.NONE, inner));
        return output;
    }

    private Tensor add(
            String layer,
            Operation operation,
            List<Tensor> inputs,
            int channels,
            int height,
            int width,
            int kernel,
            int stride,
            int groups,
            Terms terms,
            Activation activation) {
        var output = new Tensor(layers.size(), channels, height, width);
        layers.add(new Layer(layer, operation, inputs, output, kernel, stride, groups, terms, activation, 0));
        return output;
    }

    private static int halved(int size, int stride) {
        return (size + stride - 1) / stride;
    }
}
