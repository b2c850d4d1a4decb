package org.motleysim.workloads.layers;

/**
 * Residual networks of bottleneck blocks: ResNet (He et al., CVPR 2016; stride in the 3x3 convolution), ResNeXt (Xie et al., CVPR 2017) and
 * RegNet (Radosavovic et al., CVPR 2020), as in the pycls model zoo.
 */
final class ResNets {
    private static final int CLASSES = 1000;
    private static final int IMAGE = 224;

    private ResNets() {}

    /** @param groups 1 for ResNet, 32 for ResNeXt 32x4d */
    static Network resNet(String name, int groups, int... depths) {
        NetworkBuilder net = Network.builder(name, 3, IMAGE, IMAGE);
        Tensor x = net.convolution("stem", net.input(), 64, 7, 2, 1, Terms.NORM, Activation.RELU);
        x = net.maxPool("maxpool", x, 3, 2);
        for (int stage = 0; stage < depths.length; stage++) {
            int width = 256 << stage;
            // ResNeXt keeps half of the width inside the block instead of a quarter.
            int inner = groups == 1 ? width / 4 : width / 2;
            for (int block = 0; block < depths[stage]; block++) {
                int stride = block == 0 && stage > 0 ? 2 : 1;
                x = bottleneck(net, "s" + (stage + 1) + ".b" + block, x, width, inner, groups, stride, false);
            }
        }
        return classified(net, x);
    }

    /** ResNet as first published, the stride in the first convolution of a block. */
    static Network firstResNet(String name, boolean bottleneck, int... depths) {
        NetworkBuilder net = Network.builder(name, 3, IMAGE, IMAGE);
        Tensor x = net.convolution("stem", net.input(), 64, 7, 2, 1, Terms.NORM, Activation.RELU);
        x = net.maxPool("maxpool", x, 3, 2);
        for (int stage = 0; stage < depths.length; stage++) {
            int inner = 64 << stage;
            int width = bottleneck ? 4 * inner : inner;
            for (int block = 0; block < depths[stage]; block++) {
                String at = "s" + (stage + 1) + ".b" + block;
                int stride = block == 0 && stage > 0 ? 2 : 1;
                int side = bottleneck ? 1 : 3;
                Tensor y = net.convolution(at + ".a", x, inner, side, stride, 1, Terms.NORM, Activation.RELU);
                y = net.convolution(
                        at + ".b", y, inner, 3, 1, 1, Terms.NORM, bottleneck ? Activation.RELU : Activation.NONE);
                if (bottleneck) {
                    y = net.pointwise(at + ".c", y, width, Terms.NORM, Activation.NONE);
                }
                x = net.sum(at + ".add", y, shortcut(net, at, x, width, stride), Activation.RELU);
            }
        }
        return classified(net, x);
    }

    /** @param squeeze whether blocks have squeeze and excitation (RegNetY) */
    static Network regNet(String name, boolean squeeze, int[] widths, int[] depths, int[] groupWidths) {
        NetworkBuilder net = Network.builder(name, 3, IMAGE, IMAGE);
        Tensor x = net.convolution("stem", net.input(), 32, 3, 2, 1, Terms.NORM, Activation.RELU);
        for (int stage = 0; stage < depths.length; stage++) {
            int width = widths[stage];
            for (int block = 0; block < depths[stage]; block++) {
                String at = "s" + (stage + 1) + ".b" + block;
                x = bottleneck(net, at, x, width, width, width / groupWidths[stage], block == 0 ? 2 : 1, squeeze);
            }
        }
        return classified(net, x);
    }

    private static Tensor bottleneck(
            NetworkBuilder net, String at, Tensor x, int width, int inner, int groups, int stride, boolean squeeze) {
        Tensor y = net.pointwise(at + ".a", x, inner, Terms.NORM, Activation.RELU);
        y = net.convolution(at + ".b", y, inner, 3, stride, groups, Terms.NORM, Activation.RELU);
        if (squeeze) {
            y = net.squeezeExcite(at + ".se", y, rounded(x.channels()), Activation.RELU, Activation.SIGMOID);
        }
        y = net.pointwise(at + ".c", y, width, Terms.NORM, Activation.NONE);
        return net.sum(at + ".add", y, shortcut(net, at, x, width, stride), Activation.RELU);
    }

    private static Tensor shortcut(NetworkBuilder net, String at, Tensor x, int width, int stride) {
        return stride > 1 || x.channels() != width
                ? net.convolution(at + ".proj", x, width, 1, stride, 1, Terms.NORM, Activation.NONE)
                : x;
    }

    private static int rounded(int width) {
        return (int) Math.rint(width * 0.25);
    }

    private static Network classified(NetworkBuilder net, Tensor x) {
        Tensor features = net.globalPool("gap", x);
        net.linear("fc", features, CLASSES, Terms.BIAS, Activation.NONE);
        return net.build();
    }
}
