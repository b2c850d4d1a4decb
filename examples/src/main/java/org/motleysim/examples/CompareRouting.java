package org.motleysim.examples;

import java.time.Duration;
import java.util.List;
import org.motleysim.core.experiment.Constraint;
import org.motleysim.core.experiment.Experiment;
import org.motleysim.core.experiment.ExperimentResult;
import org.motleysim.core.experiment.LoadSearch;
import org.motleysim.core.experiment.StoppingRule;
import org.motleysim.core.experiment.Trial;
import org.motleysim.core.experiment.Variant;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.Scenario;

/** Does routing matter? Two policies, the same users, many times; then the highest load that each of them carries. */
public final class CompareRouting {
    private CompareRouting() {}

    /** Runs the comparison and prints its sentences. */
    public static void main(String[] arguments) {
        ExperimentResult result = comparison(8, Duration.ofSeconds(40));
        for (String metric : List.of("ttft.p99", "tpot.p99", "goodput")) {
            System.out.println(
                    result.difference("round-robin", "least-work", metric).sentence());
        }
        for (Routing routing : List.of(Routing.roundRobin(), Routing.leastWork())) {
            LoadSearch.Found found = highestLoad(routing, Duration.ofSeconds(40));
            System.out.println("highest load with 95% within the objective: "
                    + (found.highest().isPresent() ? found.highest().getAsDouble() + " /s" : "below the range")
                    + " after "
                    + found.runs() + " runs");
        }
    }

    static ExperimentResult comparison(int replications, Duration horizon) {
        return Experiment.named("does routing matter")
                .variant(Variant.of("round-robin", trial(Routing.roundRobin(), 42, horizon)))
                .variant(Variant.of("least-work", trial(Routing.leastWork(), 42, horizon)))
                .stop(StoppingRule.replications(replications))
                .build()
                .run();
    }

    static LoadSearch.Found highestLoad(Routing routing, Duration horizon) {
        return new LoadSearch(
                        load -> trial(routing, load, horizon),
                        Constraint.parse("slo.attainment >= 0.95"),
                        5,
                        85,
                        0.5,
                        3,
                        1,
                        Runtime.getRuntime().availableProcessors())
                .run();
    }

    static Trial trial(Routing routing, double requestsPerSecond, Duration horizon) {
        Scenario mixed = MixedGpuServing.scenario();
        var chat = (LlmServing) mixed.workloads().get(0);
        Scenario scenario = Scenario.of(
                        mixed.cluster(),
                        LlmServing.of(chat.model())
                                .arrivals(Arrivals.poisson(requestsPerSecond))
                                .lengths(chat.lengths())
                                .batching(chat.batching())
                                .routing(routing)
                                .slo(chat.slo().orElseThrow())
                                .build())
                .warmup(Duration.ofSeconds(10))
                .horizon(horizon)
                .build();
        return seed -> scenario.withSeed(seed).run().metrics();
    }
}
