package org.motleysim.workloads.layers;

import java.util.ArrayList;
import java.util.List;

/**
 * MobileNet (Howard et al., arXiv:1704.04861) and detectors of single shots on MobileNets (Liu et al., ECCV 2016) for 300 x 300 images and the
 * 90 classes of COCO, as the TensorFlow object detection library sets them up: six maps, predictors of single places with three boxes at
 * each place of the first map and six at the others.
 */
final class SsdMobileNets {
    private static final int IMAGE = 300;
    private static final int CLASSES = 91; // one of them the background
    private static final int CODE = 4;

    private SsdMobileNets() {}

    /** @param width multiplies all channels */
    static Network v1(String name, double width) {
        NetworkBuilder net = Network.builder(name, 3, 224, 224);
        Tensor x = net.globalPool("gap", v1Features(net, width).get(1));
        net.linear("fc", x, 1000, Terms.BIAS, Activation.NONE);
        return net.build();
    }

    static Network detectorOfV1(String name, double width) {
        NetworkBuilder net = Network.builder(name, 3, IMAGE, IMAGE);
        List<Tensor> maps = v1Features(net, width);
        int[] extras = {scaled(512, width), scaled(256, width), scaled(256, width), scaled(128, width)};
        return detector(net, maps, extras, false);
    }

    static Network detectorOfV2(String name) {
        NetworkBuilder net = Network.builder(name, 3, IMAGE, IMAGE);
        return detector(net, MobileNets.v2Features(net), new int[] {512, 256, 256, 128}, true);
    }

    /** The maps of stride 16 and 32. */
    private static List<Tensor> v1Features(NetworkBuilder net, double width) {
        int[] channels = {64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024};
        int[] strides = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};
        Tensor x = net.convolution("stem", net.input(), scaled(32, width), 3, 2, 1, Terms.NORM, Activation.RELU6);
        Tensor middle = x;
        for (int i = 0; i < channels.length; i++) {
            x = net.depthwise("b" + i + ".dw", x, 3, strides[i], Terms.NORM, Activation.RELU6);
            x = net.pointwise("b" + i + ".pw", x, scaled(channels[i], width), Terms.NORM, Activation.RELU6);
            middle = i == 10 ? x : middle;
        }
        return List.of(middle, x);
    }

    private static Network detector(NetworkBuilder net, List<Tensor> features, int[] extras, boolean depthwise) {
        List<Tensor> maps = new ArrayList<>(features);
        Tensor x = maps.get(maps.size() - 1);
        for (int i = 0; i < extras.length; i++) {
            String at = "extra" + i;
            x = net.pointwise(at + ".squeeze", x, extras[i] / 2, Terms.NORM, Activation.RELU6);
            if (depthwise) {
                x = net.depthwise(at + ".dw", x, 3, 2, Terms.NORM, Activation.RELU6);
                x = net.pointwise(at + ".pw", x, extras[i], Terms.NORM, Activation.RELU6);
            } else {
                x = net.convolution(at + ".conv", x, extras[i], 3, 2, 1, Terms.NORM, Activation.RELU6);
            }
            maps.add(x);
        }
        for (int i = 0; i < maps.size(); i++) {
            int boxes = i == 0 ? 3 : 6;
            net.pointwise("boxes" + i, maps.get(i), boxes * CODE, Terms.BIAS, Activation.NONE);
            net.pointwise("classes" + i, maps.get(i), boxes * CLASSES, Terms.BIAS, Activation.SIGMOID);
        }
        return net.build();
    }

    private static int scaled(int channels, double width) {
        return Math.max(16, (int) (channels * width));
    }
}
