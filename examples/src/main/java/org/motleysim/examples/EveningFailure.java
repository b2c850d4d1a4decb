package org.motleysim.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.Outage;
import org.motleysim.hardware.fault.Outages;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.Slo;
import org.motleysim.workloads.llm.Tenant;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.Scenario;

/** {@code examples/scenarios/evening-failure.json} in Java: one GPU of four fails when most people are there. */
public final class EveningFailure {
    private EveningFailure() {}

    /** Runs it, prints its table and writes its page. */
    public static void main(String[] arguments) throws IOException {
        var result = scenario().run();
        result.report().print();
        result.report().writeHtml(Path.of("out", "evening-failure.html"));
    }

    static Scenario scenario() {
        // Times of an evening in ten-minute steps; the first GPU is out of order for 15 minutes of the busiest time.
        var failing = Faults.none().withOutages(Outages.recorded(List.of(new Outage(0, 2_400, 3_300))));
        var cluster = Cluster.builder("4 A100")
                .add(new DeviceGroup("a100", 4, Catalog.builtIn().device("nvidia-a100-sxm-80gb")).withFaults(failing))
                .build();
        var chat = LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .arrivals(
                        Arrivals.profile(List.of(8.0, 12.0, 18.0, 22.0, 22.0, 19.0, 15.0, 9.0), Duration.ofMinutes(10)))
                .lengths(RequestLengths.builtIn("azure-2023-conversation"))
                .tenants(List.of(Tenant.of("batch", Arrivals.poisson(2), RequestLengths.fixed(2_000, 100))
                        .withWeight(0.25)))
                .batching(Batching.chunkedPrefill(1_024))
                .routing(Routing.leastWork())
                .slo(new Slo(Duration.ofSeconds(1), Duration.ofMillis(60)))
                .build();
        return Scenario.of(cluster, chat)
                .name("evening-failure")
                .description(
                        "Llama-3-8B on four A100 through an evening: one fails at the peak, beside a stream of batch jobs.")
                .seed(7)
                .horizon(Duration.ofMinutes(80))
                .build();
    }
}
