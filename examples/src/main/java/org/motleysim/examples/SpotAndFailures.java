package org.motleysim.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.Outages;
import org.motleysim.hardware.fault.Straggling;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.price.Financing;
import org.motleysim.hardware.price.OwnedPrice;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.price.PurchasePrices;
import org.motleysim.hardware.price.SpotLevel;
import org.motleysim.hardware.price.SpotMarket;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.Slo;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.Scenario;

/** The scenario of {@code examples/scenarios/spot-and-failures.json} in Java: machines that fail, and machines that are taken away. */
public final class SpotAndFailures {
    private SpotAndFailures() {}

    /** Runs it, prints its table and writes its page. */
    public static void main(String[] arguments) throws IOException {
        var result = scenario().run();
        result.report().print();
        result.report().writeHtml(Path.of("out", "spot-and-failures.html"));
    }

    static Scenario scenario() {
        var catalog = Catalog.builtIn();
        var failing = Faults.none()
                .withOutages(Outages.renewal(Distribution.exponential(40 * 60), Distribution.exponential(4 * 60)))
                .withStragglers(new Straggling(0.1, Distribution.uniform(1.1, 1.5)));
        var owned = new OwnedPrice(PurchasePrices.published(), Financing.annuity(0.08, 4), 0.05)
                .plus(PriceModel.electricity(0.12, 1.25));
        var market = new SpotMarket(
                new SpotLevel.MeanReverting(0.4, 0.4, Duration.ofMinutes(20), Duration.ofMinutes(1), 1),
                Optional.of(Outages.renewal(Distribution.exponential(30 * 60), Distribution.exponential(3 * 60))),
                OptionalDouble.of(0.8),
                Duration.ofMinutes(2));
        var cluster = Cluster.builder("2 owned H100 + 6 spot A10G")
                .add(new DeviceGroup("h100", 2, catalog.device("nvidia-h100-sxm-80gb"))
                        .withFaults(failing)
                        .withPrice(owned))
                .add(new DeviceGroup("a10g", 6, catalog.device("nvidia-a10g-24gb")).withPrice(PriceModel.spot(market)))
                .network(NetworkModel.fairShare(Bandwidth.gigabitsPerSecond(100), Duration.ofNanos(10_000)))
                .build();
        var chat = LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .arrivals(Arrivals.poisson(24))
                .lengths(RequestLengths.builtIn("azure-2023-conversation"))
                .batching(Batching.chunkedPrefill(1_024))
                .routing(Routing.leastWork())
                .slo(new Slo(Duration.ofMillis(500), Duration.ofMillis(50)))
                .retryLimit(5)
                .build();
        return Scenario.of(cluster, chat)
                .name("spot-and-failures")
                .description(
                        "Llama-3-8B on two owned H100 that fail now and then, and on six A10G of a spot market that may"
                                + " be taken away.")
                .seed(7)
                .warmup(Duration.ofMinutes(2))
                .horizon(Duration.ofHours(1))
                .build();
    }
}
