package org.motleysim.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.Autoscaler;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.Slo;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.Scenario;

/** {@code examples/scenarios/autoscaled-day.json} in Java: replicas come and go with the users of a day. */
public final class AutoscaledDay {
    private AutoscaledDay() {}

    /** Runs it, prints its table and writes its page. */
    public static void main(String[] arguments) throws IOException {
        var result = scenario().run();
        result.report().print();
        result.report().writeHtml(Path.of("out", "autoscaled-day.html"));
    }

    static Scenario scenario() {
        var cluster = Cluster.builder("10 A10G")
                .add("a10g", 10, Catalog.builtIn().device("nvidia-a10g-24gb"))
                .build();
        var chat = LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .arrivals(Arrivals.diurnal(3, 1.8, Duration.ofHours(20)))
                .lengths(RequestLengths.builtIn("azure-2023-conversation"))
                .batching(Batching.chunkedPrefill(512))
                .routing(Routing.leastOutstanding())
                .autoscaler(
                        new Autoscaler(1, 10, 12, Duration.ofSeconds(15), Duration.ofMinutes(2), Duration.ofMinutes(5)))
                .slo(new Slo(Duration.ofSeconds(2), Duration.ofMillis(100)))
                .loggedRequests(0)
                .build();
        return Scenario.of(cluster, chat)
                .name("autoscaled-day")
                .description("Llama-3-8B on as many A10G as the hour needs, two minutes after it needs them.")
                .seed(7)
                .horizon(Duration.ofHours(24))
                .build();
    }
}
