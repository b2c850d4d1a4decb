package org.motleysim.workloads.layers;

import java.util.List;

/**
 * Networks of inverted residual blocks: MobileNetV2 (Sandler et al., CVPR 2018), MobileNetV3 (Howard et al., ICCV 2019), EfficientNet (Tan
 * and Le, ICML 2019; widths and depths as in the pycls model zoo) and sub-networks of Once-for-All (Cai et al., ICLR 2020).
 */
final class MobileNets {
    private static final int CLASSES = 1000;

    private MobileNets() {}

    /** One inverted residual block; {@code squeezed} 0 for none. */
    private record Block(
            int expanded,
            int channels,
            int kernel,
            int stride,
            int squeezed,
            Activation activation,
            Activation squeeze,
            Activation gate) {
        static Block plain(int expanded, int channels, int kernel, int stride, Activation activation) {
            return new Block(expanded, channels, kernel, stride, 0, activation, Activation.NONE, Activation.NONE);
        }
    }

    static Network v2() {
        NetworkBuilder net = Network.builder("mobilenet-v2", 3, 224, 224);
        return classified(net, v2Features(net).get(1));
    }

    /** The maps that detectors read: the expansion before the last stride, and the last of all. */
    static List<Tensor> v2Features(NetworkBuilder net) {
        // expansion, channels, blocks, stride
        int[][] stages = {
            {1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}
        };
        Tensor x = net.convolution("stem", net.input(), 32, 3, 2, 1, Terms.NORM, Activation.RELU6);
        Tensor middle = x;
        int number = 0;
        for (int[] stage : stages) {
            for (int block = 0; block < stage[2]; block++) {
                var shape =
                        Block.plain(x.channels() * stage[0], stage[1], 3, block == 0 ? stage[3] : 1, Activation.RELU6);
                boolean last = shape.stride == 2;
                String at = "b" + number++;
                x = block(net, at, x, shape);
                middle = last ? net.made(at + ".expand") : middle;
            }
        }
        return List.of(middle, net.pointwise("head", x, 1280, Terms.NORM, Activation.RELU6));
    }

    static Network v3Large() {
        // kernel, expanded, channels, squeeze, hard swish, stride
        int[][] blocks = {
            {3, 16, 16, 0, 0, 1}, {3, 64, 24, 0, 0, 2}, {3, 72, 24, 0, 0, 1}, {5, 72, 40, 1, 0, 2},
            {5, 120, 40, 1, 0, 1}, {5, 120, 40, 1, 0, 1}, {3, 240, 80, 0, 1, 2}, {3, 200, 80, 0, 1, 1},
            {3, 184, 80, 0, 1, 1}, {3, 184, 80, 0, 1, 1}, {3, 480, 112, 1, 1, 1}, {3, 672, 112, 1, 1, 1},
            {5, 672, 160, 1, 1, 2}, {5, 960, 160, 1, 1, 1}, {5, 960, 160, 1, 1, 1}
        };
        NetworkBuilder net = Network.builder("mobilenet-v3-large", 3, 224, 224);
        Tensor x = net.convolution("stem", net.input(), 16, 3, 2, 1, Terms.NORM, Activation.HARD_SWISH);
        for (int i = 0; i < blocks.length; i++) {
            int[] b = blocks[i];
            x = block(net, "b" + i, x, v3Block(b[1], b[2], b[0], b[5], b[3] == 1, b[4] == 1));
        }
        x = net.pointwise("head.conv", x, 960, Terms.NORM, Activation.HARD_SWISH);
        x = net.globalPool("gap", x);
        x = net.linear("head.fc1", x, 1280, Terms.BIAS, Activation.HARD_SWISH);
        net.linear("head.fc2", x, CLASSES, Terms.BIAS, Activation.NONE);
        return net.build();
    }

    static Network efficientNet(String name, int image, int stem, int[] widths, int[] depths, int head) {
        int[] kernels = {3, 3, 5, 3, 5, 5, 3};
        int[] strides = {1, 2, 2, 2, 1, 2, 1};
        NetworkBuilder net = Network.builder(name, 3, image, image);
        Tensor x = net.convolution("stem", net.input(), stem, 3, 2, 1, Terms.NORM, Activation.SILU);
        for (int stage = 0; stage < widths.length; stage++) {
            for (int i = 0; i < depths[stage]; i++) {
                int expanded = x.channels() * (stage == 0 ? 1 : 6);
                var shape = new Block(
                        expanded,
                        widths[stage],
                        kernels[stage],
                        i == 0 ? strides[stage] : 1,
                        x.channels() / 4,
                        Activation.SILU,
                        Activation.SILU,
                        Activation.SIGMOID);
                x = block(net, "s" + (stage + 1) + ".b" + i, x, shape);
            }
        }
        x = net.pointwise("head", x, head, Terms.NORM, Activation.SILU);
        return classified(net, x);
    }

    /**
     * A sub-network of the MobileNetV3 super-net of Once-for-All.
     *
     * @param depths blocks of the five units, 2 to 4
     * @param kernels 20, four a unit; those beyond the depth are unused
     * @param expansions 20, as the kernels
     */
    static Network onceForAllV3(
            String name, int resolution, double width, int[] depths, int[] kernels, int[] expansions) {
        int[] stages = {24, 40, 80, 112, 160};
        int[] strides = {2, 2, 2, 1, 2};
        boolean[] squeeze = {false, true, false, true, true};
        boolean[] swish = {false, false, true, true, true};
        NetworkBuilder net = Network.builder(name, 3, resolution, resolution);
        int first = divisible(16 * width);
        Tensor x = net.convolution("stem", net.input(), first, 3, 2, 1, Terms.NORM, Activation.HARD_SWISH);
        x = block(net, "b0", x, Block.plain(first, first, 3, 1, Activation.RELU));
        int number = 1;
        for (int unit = 0; unit < stages.length; unit++) {
            int channels = divisible(stages[unit] * width);
            for (int i = 0; i < depths[unit]; i++) {
                int expanded = divisible((double) x.channels() * expansions[4 * unit + i]);
                var shape = v3Block(
                        expanded,
                        channels,
                        kernels[4 * unit + i],
                        i == 0 ? strides[unit] : 1,
                        squeeze[unit],
                        swish[unit]);
                x = block(net, "b" + number++, x, shape);
            }
        }
        x = net.pointwise("head.conv", x, divisible(960 * width), Terms.NORM, Activation.HARD_SWISH);
        x = net.globalPool("gap", x);
        x = net.linear("head.fc1", x, divisible(1280 * width), Terms.NONE, Activation.HARD_SWISH);
        net.linear("head.fc2", x, CLASSES, Terms.BIAS, Activation.NONE);
        return net.build();
    }

    /**
     * A network of inverted residual blocks given block by block, such as the sub-networks that Once-for-All published.
     *
     * @param blocks expanded width, channels, kernel and stride of each
     */
    static Network inverted(String name, int resolution, int stem, List<int[]> blocks, int head) {
        NetworkBuilder net = Network.builder(name, 3, resolution, resolution);
        Tensor x = net.convolution("stem", net.input(), stem, 3, 2, 1, Terms.NORM, Activation.RELU6);
        for (int i = 0; i < blocks.size(); i++) {
            int[] b = blocks.get(i);
            x = block(net, "b" + i, x, Block.plain(b[0], b[1], b[2], b[3], Activation.RELU6));
        }
        if (head > 0) {
            x = net.pointwise("feature_mix", x, head, Terms.NORM, Activation.RELU6);
        }
        return classified(net, x);
    }

    private static Block v3Block(int expanded, int channels, int kernel, int stride, boolean squeeze, boolean swish) {
        return new Block(
                expanded,
                channels,
                kernel,
                stride,
                squeeze ? divisible(expanded / 4.0) : 0,
                swish ? Activation.HARD_SWISH : Activation.RELU,
                Activation.RELU,
                Activation.HARD_SIGMOID);
    }

    private static Tensor block(NetworkBuilder net, String at, Tensor x, Block shape) {
        Tensor y = x;
        if (shape.expanded != x.channels()) {
            y = net.pointwise(at + ".expand", y, shape.expanded, Terms.NORM, shape.activation);
        }
        y = net.depthwise(at + ".dw", y, shape.kernel, shape.stride, Terms.NORM, shape.activation);
        if (shape.squeezed > 0) {
            y = net.squeezeExcite(at + ".se", y, shape.squeezed, shape.squeeze, shape.gate);
        }
        y = net.pointwise(at + ".project", y, shape.channels, Terms.NORM, Activation.NONE);
        boolean residual = shape.stride == 1 && x.channels() == shape.channels;
        return residual ? net.sum(at + ".add", y, x, Activation.NONE) : y;
    }

    /** Rounds to a multiple of eight without losing more than a tenth, as these networks do. */
    static int divisible(double width) {
        int rounded = Math.max(8, (int) (width + 4) / 8 * 8);
        return rounded < 0.9 * width ? rounded + 8 : rounded;
    }

    private static Network classified(NetworkBuilder net, Tensor x) {
        Tensor features = net.globalPool("gap", x);
        net.linear("fc", features, CLASSES, Terms.BIAS, Activation.NONE);
        return net.build();
    }
}
