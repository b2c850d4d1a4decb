package org.motleysim.examples;

import java.time.Duration;
import java.util.OptionalInt;
import org.motleysim.core.experiment.Experiment;
import org.motleysim.core.experiment.ExperimentResult;
import org.motleysim.core.experiment.StoppingRule;
import org.motleysim.core.experiment.Summary;
import org.motleysim.core.experiment.Trial;
import org.motleysim.core.experiment.Variant;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.scenario.Scenario;

/**
 * How many replicas before p99 is safe? L40S behind one router, 15 requests a second; a number is safe when the whole 95% interval of the
 * time to the first token lies below the objective, not the mean alone. The file is examples/studies/replicas.json.
 */
public final class SafeReplicas {
    private SafeReplicas() {}

    /** Runs the study and prints a line for each number of replicas. */
    public static void main(String[] arguments) {
        ExperimentResult result = study(2, 9, 8, Duration.ofSeconds(80));
        for (Variant variant : result.variants()) {
            System.out.println(variant.name() + ": TTFT p99 "
                    + result.summary(variant.name(), "ttft.p99")
                            .map(Summary::text)
                            .orElse("never measured"));
        }
        OptionalInt safe = fewest(result, 2, 0.5);
        System.out.println(safe.isPresent() ? safe.getAsInt() + " replicas are safe" : "none of these is safe");
    }

    static ExperimentResult study(int from, int to, int replications, Duration horizon) {
        var experiment = Experiment.named("replicas").stop(StoppingRule.replications(replications));
        for (int replicas = from; replicas <= to; replicas++) {
            experiment.variant(Variant.of(replicas + " L40S", trial(replicas, horizon)));
        }
        return experiment.build().run();
    }

    /** The fewest replicas from which on all numbers have their interval below the objective. */
    static OptionalInt fewest(ExperimentResult result, int from, double objectiveSeconds) {
        OptionalInt fewest = OptionalInt.empty();
        for (int i = result.variants().size() - 1; i >= 0; i--) {
            boolean safe = result.summary(i, "ttft.p99")
                    .filter(summary -> summary.interval().high() <= objectiveSeconds)
                    .isPresent();
            if (!safe) {
                break;
            }
            fewest = OptionalInt.of(from + i);
        }
        return fewest;
    }

    private static Trial trial(int replicas, Duration horizon) {
        var chat = (LlmServing) MixedGpuServing.scenario().workloads().get(0);
        Cluster cluster = Cluster.builder("L40S")
                .add("l40s", replicas, Catalog.builtIn().device("nvidia-l40s-48gb"))
                .network(MixedGpuServing.scenario().cluster().network())
                .build();
        Scenario scenario = Scenario.of(
                        cluster,
                        LlmServing.of(chat.model())
                                .arrivals(Arrivals.poisson(15))
                                .lengths(chat.lengths())
                                .batching(chat.batching())
                                .routing(chat.routing())
                                .slo(chat.slo().orElseThrow())
                                .build())
                .warmup(horizon.dividedBy(4))
                .horizon(horizon)
                .build();
        return seed -> scenario.withSeed(seed).run().metrics();
    }
}
