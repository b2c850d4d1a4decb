package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.Slo;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;

class ScenarioDeterminismTest {
    private static Scenario scenario() {
        Catalog catalog = Catalog.builtIn();
        Cluster cluster = Cluster.builder("mixed")
                .add(1, catalog.device("nvidia-h100-sxm-80gb"))
                .add(2, catalog.device("nvidia-a10g-24gb"))
                .build();
        LlmServing chat = LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .arrivals(Arrivals.poisson(6))
                .lengths(RequestLengths.logNormal(400, 4_000, 150, 900))
                .batching(Batching.chunkedPrefill(2_048))
                .routing(Routing.leastWork())
                .slo(new Slo(Duration.ofMillis(500), Duration.ofMillis(50)))
                .build();
        return Scenario.of(cluster, chat)
                .seed(7)
                .horizon(Duration.ofSeconds(60))
                .build();
    }

    @Test
    void run_twiceAndInTwoThreadsAtOnce_isTheSame() throws IOException {
        RunResult first = scenario().run();
        var other = CompletableFuture.supplyAsync(() -> scenario().run());
        var another = CompletableFuture.supplyAsync(() -> scenario().run());
        for (RunResult again : new RunResult[] {scenario().run(), other.join(), another.join()}) {
            assertEquals(first.digestText(), again.digestText());
            assertEquals(first.metrics(), again.metrics());
            assertEquals(first.series(), again.series());
            assertEquals(csv(first), csv(again));
        }
    }

    @Test
    void run_watched_isTheSame() {
        double[] last = {0};
        RunResult watched = scenario().run((seconds, fraction, completed) -> last[0] = fraction);
        assertEquals(scenario().run().digestText(), watched.digestText());
        assertEquals(1, last[0]);
    }

    @Test
    void run_otherSeed_isAnother() {
        assertNotEquals(scenario().run().digest(), scenario().withSeed(8).run().digest());
    }

    @Test
    void scenario_ofEqualParts_isEqual() {
        assertEquals(scenario(), scenario());
        assertEquals(scenario().hashCode(), scenario().hashCode());
        assertNotEquals(scenario(), scenario().withSeed(8));
    }

    private static String csv(RunResult result) throws IOException {
        StringBuilder text = new StringBuilder();
        result.requests().writeCsv(text);
        return text.toString();
    }
}
