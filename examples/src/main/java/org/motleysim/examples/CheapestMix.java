package org.motleysim.examples;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.motleysim.core.experiment.Constraint;
import org.motleysim.core.experiment.Experiment;
import org.motleysim.core.experiment.ExperimentResult;
import org.motleysim.core.experiment.Objective;
import org.motleysim.core.experiment.ParetoFront;
import org.motleysim.core.experiment.StoppingRule;
import org.motleysim.core.experiment.Variant;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.scenario.Scenario;

/**
 * Which mix of GPUs is the cheapest that serves 15 requests a second with 95% within the objective? The file is
 * examples/studies/gpu-mix.json.
 */
public final class CheapestMix {
    private static final Constraint WITHIN = Constraint.parse("slo.attainment >= 0.95");

    private CheapestMix() {}

    /** Runs the study and prints the front and the cheapest. */
    public static void main(String[] arguments) {
        ExperimentResult result = study(mixes(), 5, Duration.ofSeconds(50));
        for (int variant : ParetoFront.of(
                result,
                List.of(Objective.low("cost.per_million_tokens"), Objective.low("ttft.p99")),
                List.of(WITHIN))) {
            System.out.println("on the front: " + describe(result, variant));
        }
        System.out.println(cheapest(result)
                .map(variant -> "cheapest: " + describe(result, variant))
                .orElse("none of these serves the load"));
    }

    private static String describe(ExperimentResult result, int variant) {
        return result.variants().get(variant).name() + ", "
                + result.summary(variant, "cost.per_million_tokens")
                        .orElseThrow()
                        .text() + " per million tokens, TTFT p99 "
                + result.summary(variant, "ttft.p99").orElseThrow().text();
    }

    /** How many of which device. */
    static Map<String, Map<String, Integer>> mixes() {
        Map<String, Map<String, Integer>> mixes = new LinkedHashMap<>();
        mixes.put("1 H100", Map.of("nvidia-h100-sxm-80gb", 1));
        mixes.put("2 H100", Map.of("nvidia-h100-sxm-80gb", 2));
        mixes.put("1 H100 + 4 L4", Map.of("nvidia-h100-sxm-80gb", 1, "nvidia-l4-24gb", 4));
        mixes.put("4 L40S", Map.of("nvidia-l40s-48gb", 4));
        mixes.put("3 A100", Map.of("nvidia-a100-sxm-80gb", 3));
        return mixes;
    }

    static ExperimentResult study(Map<String, Map<String, Integer>> mixes, int replications, Duration horizon) {
        var experiment = Experiment.named("gpu mix")
                .stop(StoppingRule.replications(replications))
                .wanted(List.of("cost.per_million_tokens", "ttft.p99", "slo.attainment"));
        mixes.forEach((name, devices) -> {
            Scenario scenario = scenario(devices, horizon);
            experiment.variant(
                    Variant.of(name, seed -> scenario.withSeed(seed).run().metrics()));
        });
        return experiment.build().run();
    }

    /** The variant with the lowest cost of those that keep the objective. */
    static Optional<Integer> cheapest(ExperimentResult result) {
        return IntStream.range(0, result.variants().size())
                .boxed()
                .filter(variant -> result.summary(variant, WITHIN.metric())
                        .filter(summary -> WITHIN.keeps(summary.mean()))
                        .isPresent())
                .min(Comparator.comparingDouble(variant -> result.summary(variant, "cost.per_million_tokens")
                        .orElseThrow()
                        .mean()));
    }

    private static Scenario scenario(Map<String, Integer> devices, Duration horizon) {
        Scenario mixed = MixedGpuServing.scenario();
        var chat = (LlmServing) mixed.workloads().get(0);
        var cluster = Cluster.builder("mix").network(mixed.cluster().network());
        devices.keySet().stream()
                .sorted()
                .forEach(device -> cluster.add(
                        device, devices.get(device), Catalog.builtIn().device(device)));
        return Scenario.of(
                        cluster.build(),
                        LlmServing.of(chat.model())
                                .arrivals(Arrivals.poisson(15))
                                .lengths(chat.lengths())
                                .batching(chat.batching())
                                .routing(chat.routing())
                                .slo(chat.slo().orElseThrow())
                                .build())
                .warmup(horizon.dividedBy(5))
                .horizon(horizon)
                .build();
    }
}
