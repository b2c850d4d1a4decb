package org.motleysim.examples;

import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.routing.Replica;
import org.motleysim.workloads.llm.routing.Replicas;
import org.motleysim.workloads.llm.routing.RoutedRequest;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.Scenario;

/** A router of one's own on the cluster of {@link MixedGpuServing}. */
public final class CustomScheduler {
    private CustomScheduler() {}

    /** Sends long prompts to the fast replicas and short ones to the slow: whoever is nearest to a wanted time of service. */
    record LongOnesToTheFast(double wantedSeconds) implements Routing {
        @Override
        public Replica route(RoutedRequest request, Replicas replicas) {
            return replicas.byLowest(replica ->
                    replica.outstandingSeconds() + Math.abs(replica.estimateSeconds(request) - wantedSeconds));
        }

        @Override
        public String label() {
            return "long-ones-to-the-fast";
        }
    }

    /** Runs it and prints its table. */
    public static void main(String[] arguments) {
        scenario().run().report().print();
    }

    static Scenario scenario() {
        Scenario usual = MixedGpuServing.scenario();
        LlmServing chat = (LlmServing) usual.workloads().get(0);
        var mine = LlmServing.of(chat.model())
                .arrivals(chat.arrivals())
                .lengths(chat.lengths())
                .batching(chat.batching())
                .slo(chat.slo().orElseThrow())
                .routing(new LongOnesToTheFast(0.2))
                .build();
        return Scenario.of(usual.cluster(), mine)
                .name("custom-scheduler")
                .seed(usual.seed())
                .horizon(usual.horizon().orElseThrow())
                .build();
    }
}
