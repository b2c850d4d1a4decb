package org.motleysim.examples;

import java.time.Duration;
import java.util.List;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.DecodePool;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.Slo;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.Scenario;

/**
 * Eight H100 that do both, or four that compute prompts and four that decode: {@code examples/scenarios/colocated.json} and
 * {@code disaggregated.json} in Java.
 */
public final class Disaggregation {
    private Disaggregation() {}

    /** Runs both and prints what the users see. */
    public static void main(String[] arguments) {
        for (Scenario scenario : List.of(colocated(), disaggregated())) {
            var metrics = scenario.run().metrics();
            System.out.printf(
                    "%-14s TTFT p99 %.0f ms, TPOT p99 %.1f ms, ITL p99 %.1f ms, goodput %.1f /s%n",
                    scenario.name(),
                    metrics.value("ttft.p99") * 1e3,
                    metrics.value("tpot.p99") * 1e3,
                    metrics.value("itl.p99") * 1e3,
                    metrics.value("goodput"));
        }
    }

    static Scenario colocated() {
        return scenario("colocated", service());
    }

    static Scenario disaggregated() {
        return scenario(
                "disaggregated",
                service()
                        .batching(Batching.continuous(16_384))
                        .decodePool(DecodePool.of("second").withLayerWiseTransfer()));
    }

    private static LlmServing.Builder service() {
        return LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .arrivals(Arrivals.poisson(40))
                .lengths(RequestLengths.logNormal(1_500, 7_000, 200, 800).within(8_192))
                .batching(Batching.chunkedPrefill(2_048))
                .routing(Routing.leastWork())
                .slo(new Slo(Duration.ofMillis(500), Duration.ofMillis(25)));
    }

    private static Scenario scenario(String name, LlmServing.Builder service) {
        var h100 = Catalog.builtIn().device("nvidia-h100-sxm-80gb");
        var cluster = Cluster.builder("8 H100")
                .add("first", 4, h100)
                .add("second", 4, h100)
                .network(NetworkModel.fairShare(Bandwidth.gigabitsPerSecond(400), Duration.ofNanos(10_000)))
                .build();
        return Scenario.of(cluster, service.build())
                .name(name)
                .seed(7)
                .warmup(Duration.ofSeconds(30))
                .horizon(Duration.ofMinutes(5))
                .build();
    }
}
