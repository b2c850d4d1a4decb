package org.motleysim.examples;

import java.time.Duration;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.scenario.Scenario;

/** The shortest scenario: one GPU serves one model for a minute. */
public final class HelloWorld {
    private HelloWorld() {}

    /** Runs it and prints its table. */
    public static void main(String[] arguments) {
        scenario().run().report().print();
    }

    static Scenario scenario() {
        var cluster = Cluster.builder("one GPU")
                .add(1, Catalog.builtIn().device("nvidia-l4-24gb"))
                .build();
        var chat = LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .arrivals(Arrivals.poisson(1.0))
                .lengths(RequestLengths.fixed(512, 64))
                .build();
        return Scenario.of(cluster, chat).horizon(Duration.ofMinutes(1)).build();
    }
}
