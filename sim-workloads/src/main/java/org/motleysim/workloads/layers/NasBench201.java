package org.motleysim.workloads.layers;

import java.util.List;

/**
 * The networks of NAS-Bench-201 (Dong and Yang, ICLR 2020): three stages of five equal cells on 32 x 32 images; a cell is a complete
 * directed graph of four nodes with one operation on each of its six edges.
 */
final class NasBench201 {
    private static final int CELLS = 5;

    private NasBench201() {}

    /** @param edges of a cell: 0 to 1, 0 to 2, 1 to 2, 0 to 3, 1 to 3, 2 to 3 */
    static Network of(String name, List<CellOperation> edges, int classes) {
        if (edges.size() != 6) {
            throw new IllegalArgumentException("edges (" + edges.size() + ") must be 6, one for each pair of nodes");
        }
        NetworkBuilder net = Network.builder(name, 3, 32, 32);
        Tensor x = net.convolution("stem", net.input(), 16, 3, 1, 1, Terms.NORM, Activation.NONE);
        for (int stage = 1; stage <= 3; stage++) {
            if (stage > 1) {
                x = reduced(net, "reduce" + (stage - 1), x);
            }
            for (int cell = 0; cell < CELLS; cell++) {
                x = cell(net, "s" + stage + ".c" + cell, x, edges);
            }
        }
        x = net.pointwise("tail", x, Terms.NORM, Activation.RELU);
        x = net.globalPool("gap", x);
        net.linear("fc", x, classes, Terms.BIAS, Activation.NONE);
        return net.build();
    }

    private static Tensor cell(NetworkBuilder net, String at, Tensor x, List<CellOperation> edges) {
        var nodes = new Tensor[4];
        nodes[0] = x;
        int edge = 0;
        for (int to = 1; to < nodes.length; to++) {
            Tensor sum = null;
            for (int from = 0; from < to; from++) {
                Tensor source = nodes[from];
                CellOperation operation = edges.get(edge++);
                if (operation == CellOperation.NONE) {
                    continue;
                }
                Tensor part = apply(net, at + "." + from + "to" + to, source, operation);
                sum = sum == null ? part : net.sum(at + ".add" + from + "to" + to, sum, part, Activation.NONE);
            }
            // A node that hangs on nothing holds zeros, which the next read like any other.
            nodes[to] = sum == null ? net.view(at + ".zero" + to, x, x.channels()) : sum;
        }
        return nodes[3];
    }

    private static Tensor apply(NetworkBuilder net, String at, Tensor x, CellOperation operation) {
        return switch (operation) {
            case CONV_1X1 -> activated(net, at, x, 1);
            case CONV_3X3 -> activated(net, at, x, 3);
            case AVERAGE_POOL_3X3 -> net.averagePool(at, x, 3, 1);
            case NONE, SKIP -> x;
        };
    }

    /** The activation comes before the convolution. */
    private static Tensor activated(NetworkBuilder net, String at, Tensor x, int kernel) {
        Tensor y = net.pointwise(at + ".relu", x, Terms.NONE, Activation.RELU);
        return net.convolution(at, y, x.channels(), kernel, 1, 1, Terms.NORM, Activation.NONE);
    }

    private static Tensor reduced(NetworkBuilder net, String at, Tensor x) {
        int channels = 2 * x.channels();
        Tensor y = net.pointwise(at + ".relu", x, Terms.NONE, Activation.RELU);
        y = net.convolution(at + ".a", y, channels, 3, 2, 1, Terms.NORM, Activation.RELU);
        y = net.convolution(at + ".b", y, channels, 3, 1, 1, Terms.NORM, Activation.NONE);
        Tensor shortcut = net.averagePool(at + ".pool", x, 2, 2);
        shortcut = net.pointwise(at + ".shortcut", shortcut, channels, Terms.NONE, Activation.NONE);
        return net.sum(at + ".add", y, shortcut, Activation.NONE);
    }
}
