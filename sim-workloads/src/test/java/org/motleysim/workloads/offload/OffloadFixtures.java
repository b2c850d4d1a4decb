package org.motleysim.workloads.offload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.radio.RadioPower;
import org.motleysim.hardware.radio.RadioTechnology;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/** Parts of jobs that tests put together. */
final class OffloadFixtures {
    static final RadioTechnology FAST =
            new RadioTechnology("fast", Bandwidth.gigabitsPerSecond(100), Duration.ZERO, 0, 0, "made up");
    static final Processor PHONE = Processor.mips(1, 1000, Power.watts(0.5), Power.watts(4.5));

    private OffloadFixtures() {}

    static Processor server(int cores, double mips) {
        return Processor.mips(cores, mips, Power.watts(50), Power.watts(150));
    }

    static Application tasks(double perSecond, double millions, long upload, Application.Sizes sizes) {
        return new Application(
                "app",
                1,
                Duration.ofNanos(Math.round(1e9 / perSecond)),
                Duration.ofDays(365),
                Duration.ZERO,
                Bytes.of(upload),
                Bytes.of(0),
                new Work.Instructions(millions),
                sizes,
                0,
                Optional.empty());
    }

    static OffloadJob job(Application application, int devices, Site... sites) {
        return OffloadJob.builder("edge")
                .applications(List.of(application))
                .classes(List.of(EndDevices.of("phone", devices, PHONE, RadioPower.none())))
                .sites(List.of(sites))
                .build();
    }

    static RunResult run(OffloadJob job, Duration horizon, long seed) {
        return Scenario.of(cluster(), job).seed(seed).horizon(horizon).build().run();
    }

    static Cluster cluster() {
        return Cluster.builder("rack")
                .add(1, Catalog.builtIn().device("raspberry-pi-5-4gb"))
                .price(PriceModel.free())
                .build();
    }
}
