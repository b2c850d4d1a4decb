package org.motleysim.workloads.layers;

import java.util.List;

/** LowFormer (Nottebaum et al., WACV 2025): convolutions fused in early stages, attention at half resolution in late ones. */
final class LowFormers {
    private static final int STAGES = 5;

    private LowFormers() {}

    /**
     * One of the family.
     *
     * @param wide whether blocks that halve the image expand six times instead of four
     * @param huge whether the fourth stage has depthwise instead of fused blocks
     */
    record Shape(
            String name,
            List<Integer> widths,
            List<Integer> depths,
            boolean wide,
            boolean huge,
            boolean attention,
            boolean mlp,
            int headWidth,
            int hiddenWidth) {}

    static Network of(Shape shape) {
        NetworkBuilder net = Network.builder(shape.name, 3, 224, 224);
        Tensor x =
                net.convolution("stem", net.input(), shape.widths.get(0), 3, 2, 1, Terms.NORM, Activation.HARD_SWISH);
        for (int i = 0; i < shape.depths.get(0); i++) {
            x = fused(net, "s0.b" + i, x, shape.widths.get(0), 4, 1, Terms.NORM);
        }
        int halving = shape.wide ? 6 : 4;
        for (int stage = 1; stage < 3; stage++) {
            for (int i = 0; i < shape.depths.get(stage); i++) {
                boolean first = i == 0;
                x = fused(
                        net,
                        "s" + stage + ".b" + i,
                        x,
                        shape.widths.get(stage),
                        first ? halving : 4,
                        first ? 2 : 1,
                        Terms.NORM);
            }
        }
        for (int stage = 3; stage < STAGES; stage++) {
            x = fused(net, "s" + stage + ".down", x, shape.widths.get(stage), halving, 2, Terms.NORM);
            for (int i = 0; i < shape.depths.get(stage); i++) {
                String at = "s" + stage + ".b" + i;
                if (shape.attention) {
                    x = attention(net, at, x, shape.mlp, stage == 3);
                }
                if (shape.mlp) {
                    x = mlp(net, at, x);
                }
                x = stage == 3 && !shape.huge
                        ? fused(net, at + ".local", x, x.channels(), 4, 1, Terms.BIAS_AND_NORM)
                        : separable(net, at + ".local", x);
            }
        }
        x = net.pointwise("head.conv", x, shape.headWidth, Terms.NORM, Activation.HARD_SWISH);
        x = net.globalPool("gap", x);
        x = net.linear("head.fc1", x, shape.hiddenWidth, Terms.NORM, Activation.HARD_SWISH);
        net.linear("head.fc2", x, 1000, Terms.BIAS, Activation.NONE);
        return net.build();
    }

    private static Tensor fused(
            NetworkBuilder net, String at, Tensor x, int channels, int expansion, int stride, Terms terms) {
        Tensor y = net.convolution(
                at + ".spatial", x, x.channels() * expansion, 3, stride, 1, terms, Activation.HARD_SWISH);
        y = net.pointwise(at + ".point", y, channels, Terms.NORM, Activation.NONE);
        return stride == 1 && channels == x.channels() ? net.sum(at + ".add", y, x, Activation.NONE) : y;
    }

    private static Tensor separable(NetworkBuilder net, String at, Tensor x) {
        Tensor y = net.pointwise(at + ".expand", x, 4 * x.channels(), Terms.BIAS, Activation.HARD_SWISH);
        y = net.depthwise(at + ".dw", y, 3, 1, Terms.BIAS, Activation.HARD_SWISH);
        y = net.pointwise(at + ".project", y, x.channels(), Terms.NORM, Activation.NONE);
        return net.sum(at + ".add", y, x, Activation.NONE);
    }

    private static Tensor attention(NetworkBuilder net, String at, Tensor x, boolean norm, boolean halve) {
        int inner = x.channels() / 2;
        int heads = inner / 32;
        Tensor y = norm ? net.norm(at + ".att.gn", x) : x;
        y = net.depthwise(at + ".att.dw", y, halve ? 5 : 3, halve ? 2 : 1, Terms.NORM, Activation.NONE);
        Tensor all = net.pointwise(at + ".att.qkv", y, 3 * inner, Terms.NONE, Activation.NONE);
        Tensor queries = net.view(at + ".att.q", all, inner);
        Tensor keys = net.view(at + ".att.k", all, inner);
        Tensor values = net.view(at + ".att.v", all, inner);
        Tensor scores = net.softmax(at + ".att.softmax", net.scores(at + ".att.qk", queries, keys, heads));
        y = net.weighted(at + ".att.av", scores, values, heads, all.height(), all.width());
        y = net.upConvolution(at + ".att.up", y, x.channels(), halve ? 4 : 3, halve ? 2 : 1, Terms.BIAS);
        return net.sum(at + ".att.add", y, x, Activation.NONE);
    }

    private static Tensor mlp(NetworkBuilder net, String at, Tensor x) {
        Tensor y = net.norm(at + ".mlp.gn", x);
        y = net.pointwise(at + ".mlp.fc1", y, 4 * x.channels(), Terms.BIAS, Activation.GELU);
        y = net.pointwise(at + ".mlp.fc2", y, x.channels(), Terms.BIAS, Activation.NONE);
        return net.sum(at + ".mlp.add", y, x, Activation.NONE);
    }
}
