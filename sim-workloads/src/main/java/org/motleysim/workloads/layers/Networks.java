package org.motleysim.workloads.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.motleysim.core.name.NearestName;

/**
 * Public networks by name, built from their stage definitions. Multiply-accumulates and parameters equal the published counts, which the
 * tests check.
 *
 * <pre>{@code
 * Network resnet = Networks.named("resnet-50");
 * resnet.macs();        // 4 089 184 256
 * }</pre>
 */
public final class Networks {
    /** Width of the super-net that HELP's sub-networks come from. */
    private static final double HELP_WIDTH = 1.2;

    private static final List<Entry> ALL = List.of(
            new Entry("mobilenet-v1", () -> SsdMobileNets.v1("mobilenet-v1", 1)),
            new Entry("mobilenet-v1-0.75", () -> SsdMobileNets.v1("mobilenet-v1-0.75", 0.75)),
            new Entry("mobilenet-v2", MobileNets::v2),
            new Entry("ssd-mobilenet-v1", () -> SsdMobileNets.detectorOfV1("ssd-mobilenet-v1", 1)),
            new Entry("ssd-mobilenet-v1-0.75", () -> SsdMobileNets.detectorOfV1("ssd-mobilenet-v1-0.75", 0.75)),
            new Entry("ssd-mobilenet-v2", () -> SsdMobileNets.detectorOfV2("ssd-mobilenet-v2")),
            new Entry("mobilenet-v3-large", MobileNets::v3Large),
            regNet("regnetx-200mf", new int[] {24, 56, 152, 368}, new int[] {1, 1, 4, 7}, new int[] {8, 8, 8, 8}),
            regNet("regnetx-400mf", new int[] {32, 64, 160, 384}, new int[] {1, 2, 7, 12}, new int[] {16, 16, 16, 16}),
            regNet("regnetx-600mf", new int[] {48, 96, 240, 528}, new int[] {1, 3, 5, 7}, new int[] {24, 24, 24, 24}),
            regNet("regnetx-800mf", new int[] {64, 128, 288, 672}, new int[] {1, 3, 7, 5}, new int[] {16, 16, 16, 16}),
            regNet("regnetx-1.6gf", new int[] {72, 168, 408, 912}, new int[] {2, 4, 10, 2}, new int[] {24, 24, 24, 24}),
            regNet("regnetx-3.2gf", new int[] {96, 192, 432, 1008}, new int[] {2, 6, 15, 2}, new int[] {48, 48, 48, 48
            }),
            regNet("regnetx-4.0gf", new int[] {80, 240, 560, 1360}, new int[] {2, 5, 14, 2}, new int[] {40, 40, 40, 40
            }),
            regNet("regnetx-6.4gf", new int[] {168, 392, 784, 1624}, new int[] {2, 4, 10, 1}, new int[] {56, 56, 56, 56
            }),
            regNet("regnetx-8.0gf", new int[] {80, 240, 720, 1920}, new int[] {2, 5, 15, 1}, new int[] {
                80, 120, 120, 120
            }),
            regNet("regnetx-12gf", new int[] {224, 448, 896, 2240}, new int[] {2, 5, 11, 1}, new int[] {
                112, 112, 112, 112
            }),
            regNet("regnetx-16gf", new int[] {256, 512, 896, 2048}, new int[] {2, 6, 13, 1}, new int[] {
                128, 128, 128, 128
            }),
            regNet("regnetx-32gf", new int[] {336, 672, 1344, 2520}, new int[] {2, 7, 13, 1}, new int[] {
                168, 168, 168, 168
            }),
            regNet("regnety-200mf", new int[] {24, 56, 152, 368}, new int[] {1, 1, 4, 7}, new int[] {8, 8, 8, 8}),
            regNet("regnety-400mf", new int[] {48, 104, 208, 440}, new int[] {1, 3, 6, 6}, new int[] {8, 8, 8, 8}),
            regNet("regnety-600mf", new int[] {48, 112, 256, 608}, new int[] {1, 3, 7, 4}, new int[] {16, 16, 16, 16}),
            regNet("regnety-800mf", new int[] {64, 128, 320, 768}, new int[] {1, 3, 8, 2}, new int[] {16, 16, 16, 16}),
            regNet("regnety-1.6gf", new int[] {48, 120, 336, 888}, new int[] {2, 6, 17, 2}, new int[] {24, 24, 24, 24}),
            regNet("regnety-3.2gf", new int[] {72, 216, 576, 1512}, new int[] {2, 5, 13, 1}, new int[] {24, 24, 24, 24
            }),
            regNet("regnety-4.0gf", new int[] {128, 192, 512, 1088}, new int[] {2, 6, 12, 2}, new int[] {64, 64, 64, 64
            }),
            regNet("regnety-6.4gf", new int[] {144, 288, 576, 1296}, new int[] {2, 7, 14, 2}, new int[] {72, 72, 72, 72
            }),
            regNet("regnety-8.0gf", new int[] {168, 448, 896, 2016}, new int[] {2, 4, 10, 1}, new int[] {56, 56, 56, 56
            }),
            regNet("regnety-12gf", new int[] {224, 448, 896, 2240}, new int[] {2, 5, 11, 1}, new int[] {
                112, 112, 112, 112
            }),
            regNet("regnety-16gf", new int[] {224, 448, 1232, 3024}, new int[] {2, 4, 11, 1}, new int[] {
                112, 112, 112, 112
            }),
            regNet("regnety-32gf", new int[] {232, 696, 1392, 3712}, new int[] {2, 5, 12, 1}, new int[] {
                232, 232, 232, 232
            }),
            resNet("resnet-50", 1, 3, 4, 6, 3),
            resNet("resnet-101", 1, 3, 4, 23, 3),
            resNet("resnet-152", 1, 3, 8, 36, 3),
            new Entry("resnet-18", () -> ResNets.firstResNet("resnet-18", false, 2, 2, 2, 2)),
            new Entry("resnet-50-v1", () -> ResNets.firstResNet("resnet-50-v1", true, 3, 4, 6, 3)),
            resNet("resnext-50", 32, 3, 4, 6, 3),
            resNet("resnext-101", 32, 3, 4, 23, 3),
            resNet("resnext-152", 32, 3, 8, 36, 3),
            efficientNet("efficientnet-b0", 224, 32, 1280, new int[] {16, 24, 40, 80, 112, 192, 320}, new int[] {
                1, 2, 2, 3, 3, 4, 1
            }),
            efficientNet("efficientnet-b1", 240, 32, 1280, new int[] {16, 24, 40, 80, 112, 192, 320}, new int[] {
                2, 3, 3, 4, 4, 5, 2
            }),
            efficientNet("efficientnet-b2", 260, 32, 1408, new int[] {16, 24, 48, 88, 120, 208, 352}, new int[] {
                2, 3, 3, 4, 4, 5, 2
            }),
            efficientNet("efficientnet-b3", 300, 40, 1536, new int[] {24, 32, 48, 96, 136, 232, 384}, new int[] {
                2, 3, 3, 5, 5, 6, 2
            }),
            efficientNet("efficientnet-b4", 380, 48, 1792, new int[] {24, 32, 56, 112, 160, 272, 448}, new int[] {
                2, 4, 4, 6, 6, 8, 2
            }),
            efficientNet("efficientnet-b5", 456, 48, 2048, new int[] {24, 40, 64, 128, 176, 304, 512}, new int[] {
                3, 5, 5, 7, 7, 9, 3
            }),
            lowFormer("lowformer-b0", 16, false, false, true, true, 0, 1, 1, 3, 4),
            lowFormer("lowformer-b1", 16, true, false, true, true, 0, 1, 1, 5, 5),
            lowFormer("lowformer-b1.5", 20, true, false, true, true, 0, 1, 1, 6, 6),
            lowFormer("lowformer-b3", 32, true, true, true, true, 1, 2, 3, 6, 6),
            lowFormer("lowformer-e1", 20, true, false, false, false, 0, 1, 1, 4, 4),
            lowFormer("lowformer-e2", 32, true, true, false, false, 1, 2, 3, 4, 4),
            lowFormer("lowformer-e3", 32, true, true, true, false, 1, 2, 3, 6, 6));

    private record Entry(String name, Supplier<Network> make) {}

    private Networks() {}

    /** Returns the names, in the order of their families. */
    public static Set<String> names() {
        return table().keySet();
    }

    /**
     * Returns a network.
     *
     * @throws IllegalArgumentException if there is none of that name, with the nearest one
     */
    public static Network named(String name) {
        Map<String, Supplier<Network>> table = table();
        return Optional.ofNullable(table.get(name))
                .orElseThrow(() -> new IllegalArgumentException("network (\"" + name + "\") must be a known one"
                        + NearestName.of(name, table.keySet())
                                .map(near -> "\nMaybe \"" + near + "\".")
                                .orElse("")))
                .get();
    }

    /** Returns a network of the NAS-Bench-201 space; the operations are those of the six edges in the benchmark's order. */
    public static Network nasBench201(List<CellOperation> edges, int classes) {
        return NasBench201.of("nas-bench-201", edges, classes);
    }

    /**
     * Returns a sub-network of the MobileNetV3 super-net of Once-for-All at width 1.2.
     *
     * @param resolution side of the image
     * @param depths blocks of the five units, 2 to 4
     * @param kernels 20, four a unit; those beyond the depth are unused
     * @param expansions 20, as the kernels
     */
    public static Network onceForAll(int resolution, int[] depths, int[] kernels, int[] expansions) {
        return MobileNets.onceForAllV3("once-for-all", resolution, HELP_WIDTH, depths, kernels, expansions);
    }

    /**
     * Returns a network of inverted residual blocks with ReLU6, a stem of stride two and a classifier of 1000 classes.
     *
     * @param stem channels of the stem
     * @param blocks expanded width, channels, kernel and stride of each
     * @param head channels of a last convolution of single places; 0 for none
     */
    public static Network invertedResiduals(String name, int resolution, int stem, List<int[]> blocks, int head) {
        return MobileNets.inverted(name, resolution, stem, new ArrayList<>(blocks), head);
    }

    private static Map<String, Supplier<Network>> table() {
        var table = new LinkedHashMap<String, Supplier<Network>>();
        ALL.forEach(entry -> table.put(entry.name, entry.make));
        return table;
    }

    private static Entry resNet(String name, int groups, int... depths) {
        return new Entry(name, () -> ResNets.resNet(name, groups, depths));
    }

    private static Entry regNet(String name, int[] widths, int[] depths, int[] groupWidths) {
        return new Entry(name, () -> ResNets.regNet(name, name.startsWith("regnety"), widths, depths, groupWidths));
    }

    private static Entry efficientNet(String name, int image, int stem, int head, int[] widths, int[] depths) {
        return new Entry(name, () -> MobileNets.efficientNet(name, image, stem, widths, depths, head));
    }

    private static Entry lowFormer(
            String name, int width, boolean wide, boolean huge, boolean attention, boolean mlp, int... depths) {
        List<Integer> widths = List.of(width, 2 * width, 4 * width, 8 * width, 16 * width);
        boolean middle = width == 20;
        return new Entry(
                name,
                () -> LowFormers.of(new LowFormers.Shape(
                        name,
                        widths,
                        Arrays.stream(depths).boxed().toList(),
                        wide,
                        huge,
                        attention,
                        mlp,
                        middle ? 2304 : 1536,
                        middle ? 2560 : 1600)));
    }
}
