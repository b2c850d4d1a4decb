package org.motleysim.examples;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.radio.RadioPower;
import org.motleysim.hardware.radio.RayleighFading;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.layers.Networks;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.split.LinkTrace;
import org.motleysim.workloads.split.NetworkCuts;
import org.motleysim.workloads.split.SplitJob;
import org.motleysim.workloads.split.SplitPolicy;
import org.motleysim.workloads.split.Variant;

/** Where to cut ResNet-50 between a camera and a server at each bandwidth, and a camera that chooses anew for each frame while its link fades. */
public final class SplitCamera {
    private static final double JPEG_BYTES = 60_000;
    private static final double BYTES_PER_ELEMENT = 0.5; // quantised to four bits

    private SplitCamera() {}

    /** Prints the best cut of each bandwidth, then runs the camera. */
    public static void main(String[] arguments) {
        NetworkCuts cuts = cuts();
        for (double megabits : new double[] {0, 1, 5, 10, 20, 50, 100, 1000}) {
            int cut = cuts.fastest(BYTES_PER_ELEMENT, JPEG_BYTES, megabits * 1e6 / 8, 0.005);
            System.out.printf(
                    Locale.ROOT,
                    "%5.0f Mbit/s: %s%n",
                    megabits,
                    cut == 0
                            ? "all on the server"
                            : cut == cuts.layers()
                                    ? "all on the camera"
                                    : "behind "
                                            + cuts.network()
                                                    .layers()
                                                    .get(cut - 1)
                                                    .name());
        }
        scenario().run().report().print();
    }

    private static NetworkCuts cuts() {
        return NetworkCuts.of(
                Networks.named("resnet-50"),
                NumberFormat.FP32,
                Fusion.EPILOGUE,
                model("raspberry-pi-5-4gb"),
                model("nvidia-rtx-4090-24gb"));
    }

    private static BoundCostModel model(String device) {
        return CostModel.builtIn().bind(Catalog.builtIn().device(device), OperatingPoint.nominal());
    }

    static Scenario scenario() {
        NetworkCuts cuts = cuts();
        List<Variant> variants = new ArrayList<>();
        variants.add(Variant.local("camera", cuts.headSeconds(cuts.layers())));
        variants.add(Variant.offloaded("server", Bytes.rounded(JPEG_BYTES), cuts.tailSeconds(0)));
        for (String layer : List.of("maxpool", "s3.b5.add")) {
            int cut = cuts.after(layer);
            Bytes crossing = Bytes.rounded(cuts.crossingElements(cut) * BYTES_PER_ELEMENT);
            variants.add(Variant.split("behind-" + layer, cuts.headSeconds(cut), crossing, cuts.tailSeconds(cut)));
        }
        LinkTrace link = LinkTrace.fading(new RayleighFading(2e6, 10), Duration.ofSeconds(1), 600, 7);
        SplitJob camera = SplitJob.of(
                        "camera",
                        Duration.ofMillis(200),
                        variants,
                        SplitPolicy.frugal(),
                        link,
                        RadioPower.builtIn("wifi"))
                .powered(Power.watts(3.3), Power.watts(9.8));
        return Scenario.of(nothing(), camera)
                .name("split-camera-java")
                .horizon(Duration.ofMinutes(10))
                .build();
    }

    /** A scenario has a cluster, which the camera does not use. */
    static Cluster nothing() {
        return Cluster.builder("unused")
                .add(1, Catalog.builtIn().device("raspberry-pi-5-4gb"))
                .price(PriceModel.free())
                .build();
    }
}
