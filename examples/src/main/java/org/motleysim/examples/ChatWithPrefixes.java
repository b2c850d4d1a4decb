package org.motleysim.examples;

import java.time.Duration;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.Slo;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.llm.session.Conversations;
import org.motleysim.workloads.scenario.Scenario;

/** {@code examples/scenarios/chat-with-prefixes.json} in Java: people who ask on, and a router that knows where their history is. */
public final class ChatWithPrefixes {
    private ChatWithPrefixes() {}

    /** Compares the router that knows with one that does not, and with a service that keeps nothing. */
    public static void main(String[] arguments) {
        print("prefix-aware", scenario(true, Routing.prefixAware()));
        print("least-work", scenario(true, Routing.leastWork()));
        print("no prefix caching", scenario(false, Routing.leastWork()));
    }

    private static void print(String name, Scenario scenario) {
        var metrics = scenario.run().metrics();
        System.out.printf(
                "%-18s TTFT p50 %.0f ms, p99 %.0f ms, prompt tokens found %.0f%%, energy %.2f J per output token%n",
                name,
                metrics.value("ttft.p50") * 1e3,
                metrics.value("ttft.p99") * 1e3,
                100
                        * metrics.find("prefix.hit_rate")
                                .map(metric -> metric.value())
                                .orElse(0.0),
                metrics.value("energy.per_output_token"));
    }

    static Scenario scenario() {
        return scenario(true, Routing.prefixAware());
    }

    private static Scenario scenario(boolean caching, Routing routing) {
        var cluster = Cluster.builder("4 L40S")
                .add("l40s", 4, Catalog.builtIn().device("nvidia-l40s-48gb"))
                .build();
        var chat = LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .arrivals(Arrivals.poisson(1.5))
                .lengths(RequestLengths.logNormal(150, 1_500, 200, 900))
                .sessions(new Conversations(Distribution.uniform(1, 12), Distribution.exponential(20), 1_000, 3))
                .prefixCaching(caching)
                .batching(Batching.chunkedPrefill(2_048))
                .routing(routing)
                .slo(new Slo(Duration.ofMillis(500), Duration.ofMillis(60)))
                .build();
        return Scenario.of(cluster, chat)
                .name("chat-with-prefixes")
                .description("Conversations of up to twelve turns with one of three assistants, on four L40S.")
                .seed(7)
                .warmup(Duration.ofMinutes(3))
                .horizon(Duration.ofMinutes(15))
                .build();
    }
}
