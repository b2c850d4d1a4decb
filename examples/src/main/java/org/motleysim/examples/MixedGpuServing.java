package org.motleysim.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.Slo;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.Scenario;

/** The scenario of {@code examples/scenarios/mixed-serving.json} in Java: unlike GPUs serve one model together. */
public final class MixedGpuServing {
    private MixedGpuServing() {}

    /** Runs it, prints its table and writes its page. */
    public static void main(String[] arguments) throws IOException {
        var result = scenario().run();
        result.report().print();
        result.report().writeHtml(Path.of("out", "mixed-gpu-serving.html"));
    }

    static Scenario scenario() {
        var catalog = Catalog.builtIn();
        var cluster = Cluster.builder("2 H100 + 6 A10G")
                .add("h100", 2, catalog.device("nvidia-h100-sxm-80gb"))
                .add("a10g", 6, catalog.device("nvidia-a10g-24gb"))
                .network(NetworkModel.fairShare(Bandwidth.gigabitsPerSecond(100), Duration.ofNanos(10_000)))
                .build();
        var chat = LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .arrivals(Arrivals.poisson(42))
                .lengths(RequestLengths.builtIn("azure-2023-conversation"))
                .batching(Batching.chunkedPrefill(1_024))
                .routing(Routing.leastWork())
                .slo(new Slo(Duration.ofMillis(500), Duration.ofMillis(50)))
                .build();
        return Scenario.of(cluster, chat)
                .name("mixed-serving")
                .description(
                        "Llama-3-8B served by 2 H100 and 6 A10G to users who chat as those of Azure did in November 2023.")
                .seed(7)
                .warmup(Duration.ofMinutes(2))
                .horizon(Duration.ofMinutes(30))
                .build();
    }
}
