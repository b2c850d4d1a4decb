package org.motleysim.workloads.layers;

import java.util.ArrayList;
import java.util.List;

/**
 * The network that a differentiable architecture search trains: every edge of a cell runs all candidate operations and adds them, each
 * times a weight (DARTS, Liu et al., ICLR 2019). With partial channels only a share of the channels goes through the candidates and the
 * rest around them (PC-DARTS, Xu et al., ICLR 2020). Norms are not trained, and every operation is a layer of its own.
 *
 * <pre>{@code
 * Network search = SuperNetwork.darts().share(4).build("pc-darts");
 * NetworkMemory.training(search, 64, NumberFormat.FP32, Optimiser.MOMENTUM, SavedTensors.Rule.EXACT);
 * }</pre>
 *
 * @param image side of the images
 * @param channels of the first cell
 * @param cells in all; those at a third and at two thirds halve the size and double the channels
 * @param nodes of a cell that add their inputs, each reading both inputs of the cell and all nodes before it
 * @param share one over the part of the channels that goes through the candidates; 1 for all
 * @param classes of the classifier
 * @param deepStem whether three convolutions divide the size by eight first, as for ImageNet, instead of one that keeps it
 */
public record SuperNetwork(int image, int channels, int cells, int nodes, int share, int classes, boolean deepStem) {
    private static final int STEM = 3;

    /** @throws IllegalArgumentException if a number is below one, or the share does not divide the channels */
    public SuperNetwork {
        if (image < 1 || channels < 1 || cells < 1 || nodes < 1 || share < 1 || classes < 1) {
            throw new IllegalArgumentException("numbers of a search network must be 1 or more");
        }
        if (channels % (2 * share) != 0) {
            throw new IllegalArgumentException(
                    "share (" + share + ") must leave an even number of the channels (" + channels + ")\nMaybe 4.");
        }
    }

    /** Returns the search on CIFAR-10 as published: 8 cells of 4 nodes, 16 channels. */
    public static SuperNetwork darts() {
        return new SuperNetwork(32, 16, 8, 4, 1, 10, false);
    }

    /** Returns the same with 1 of so many channels going through the candidates. */
    public SuperNetwork share(int oneOf) {
        return new SuperNetwork(image, channels, cells, nodes, oneOf, classes, deepStem);
    }

    /** Returns the same for images of ImageNet: a deep stem and a thousand classes. */
    public SuperNetwork forImageNet() {
        return new SuperNetwork(224, channels, cells, nodes, share, 1000, true);
    }

    /** Returns the network. */
    public Network build(String name) {
        NetworkBuilder net = Network.builder(name, 3, image, image);
        // Weights of operations: a few numbers, whatever they are computed from.
        Tensor weight = net.globalPool("weights", net.input());
        Tensor before;
        Tensor last;
        int stem = STEM * channels;
        if (deepStem) {
            Tensor x = net.convolution("stem0.a", net.input(), stem / 2, 3, 2, 1, Terms.NORM, Activation.RELU);
            before = net.convolution("stem0.b", x, stem, 3, 2, 1, Terms.NORM, Activation.NONE);
            x = net.pointwise("stem1.relu", before, Terms.NONE, Activation.RELU);
            last = net.convolution("stem1", x, stem, 3, 2, 1, Terms.NORM, Activation.NONE);
        } else {
            last = net.convolution("stem", net.input(), stem, 3, 1, 1, Terms.NORM, Activation.NONE);
            before = last;
        }
        int width = channels;
        for (int cell = 0; cell < cells; cell++) {
            boolean reduces = cell == cells / 3 || cell == 2 * cells / 3;
            width = reduces ? 2 * width : width;
            Tensor out = cell(net, "c" + cell, before, last, width, reduces, weight);
            before = last;
            last = out;
        }
        Tensor features = net.globalPool("gap", last);
        net.linear("fc", features, classes, Terms.BIAS, Activation.NONE);
        return net.build();
    }

    private Tensor cell(
            NetworkBuilder net, String at, Tensor before, Tensor last, int width, boolean reduces, Tensor weight) {
        var states = new ArrayList<Tensor>();
        states.add(
                before.height() > last.height()
                        ? reduced(net, at + ".pre0", before, width)
                        : prepared(net, at + ".pre0", before, width));
        states.add(prepared(net, at + ".pre1", last, width));
        for (int node = 0; node < nodes; node++) {
            Tensor sum = null;
            int inputs = states.size();
            for (int from = 0; from < inputs; from++) {
                String edge = at + ".n" + node + ".e" + from;
                int stride = reduces && from < 2 ? 2 : 1;
                Tensor part = edge(net, edge, states.get(from), stride, weight);
                if (share > 1) {
                    part = net.scale(edge + ".beta", part, weight);
                }
                sum = sum == null ? part : net.sum(edge + ".sum", sum, part, Activation.NONE);
            }
            states.add(sum == null ? last : sum);
        }
        return net.concatenate(at + ".out", states.subList(2, states.size()));
    }

    private Tensor edge(NetworkBuilder net, String at, Tensor x, int stride, Tensor weight) {
        Tensor some = share == 1 ? x : net.view(at + ".some", x, x.channels() / share);
        List<Tensor> results = List.of(
                zero(net, at + ".none", some, stride),
                normed(net, at + ".max.bn", net.maxPool(at + ".max", some, 3, stride)),
                normed(net, at + ".avg.bn", net.averagePool(at + ".avg", some, 3, stride)),
                stride == 1 ? some : reduced(net, at + ".skip", some, some.channels()),
                separable(net, at + ".sep3.b", separable(net, at + ".sep3.a", some, 3, stride), 3, 1),
                separable(net, at + ".sep5.b", separable(net, at + ".sep5.a", some, 5, stride), 5, 1),
                separable(net, at + ".dil3", some, 3, stride),
                separable(net, at + ".dil5", some, 5, stride));
        Tensor sum = null;
        for (int i = 0; i < results.size(); i++) {
            Tensor part = net.scale(at + ".w" + i, results.get(i), weight);
            sum = sum == null ? part : net.sum(at + ".s" + i, sum, part, Activation.NONE);
        }
        Tensor mixed = sum == null ? some : sum;
        if (share == 1) {
            return mixed;
        }
        Tensor rest = net.view(at + ".rest", x, x.channels() - some.channels());
        if (stride > 1) {
            rest = net.maxPool(at + ".pool", rest, 2, 2);
        }
        Tensor joined = net.concatenate(at + ".join", List.of(mixed, rest));
        return net.concatenate(at + ".shuffle", List.of(joined));
    }

    /** Zeros, made by a multiplication. */
    private static Tensor zero(NetworkBuilder net, String at, Tensor x, int stride) {
        Tensor y = stride == 1 ? x : net.averagePool(at + ".stride", x, 1, stride);
        return net.pointwise(at, y, Terms.NONE, Activation.RELU);
    }

    private static Tensor normed(NetworkBuilder net, String at, Tensor x) {
        return net.pointwise(at, x, Terms.NORM, Activation.NONE);
    }

    private static Tensor prepared(NetworkBuilder net, String at, Tensor x, int width) {
        Tensor y = net.pointwise(at + ".relu", x, Terms.NONE, Activation.RELU);
        return net.pointwise(at, y, width, Terms.NORM, Activation.NONE);
    }

    /** Half the size: two convolutions of every other place, side by side. */
    private static Tensor reduced(NetworkBuilder net, String at, Tensor x, int width) {
        Tensor y = net.pointwise(at + ".relu", x, Terms.NONE, Activation.RELU);
        Tensor one = net.convolution(at + ".a", y, width / 2, 1, 2, 1, Terms.NONE, Activation.NONE);
        Tensor two = net.convolution(at + ".b", y, width - width / 2, 1, 2, 1, Terms.NONE, Activation.NONE);
        return normed(net, at + ".bn", net.concatenate(at + ".join", List.of(one, two)));
    }

    private static Tensor separable(NetworkBuilder net, String at, Tensor x, int kernel, int stride) {
        Tensor y = net.pointwise(at + ".relu", x, Terms.NONE, Activation.RELU);
        y = net.depthwise(at + ".dw", y, kernel, stride, Terms.NONE, Activation.NONE);
        return net.pointwise(at, y, x.channels(), Terms.NORM, Activation.NONE);
    }
}
