package org.motleysim.workloads.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.motleysim.core.name.NearestName;

/**
 * A tree of stages through which samples flow at a steady rate: sources, stages that join the samples of others, filters, a last stage that
 * keeps what is left. Power is that of links, {@code J/bit x bits of a sample x samples that leave}, and of stages, {@code J/op x operations
 * on a sample x samples that come} (Olin-Ammentorp et al., "Modeling performance of data collection systems for high-energy physics", 2024).
 *
 * <pre>{@code
 * Pipeline pipeline = new Pipeline("camera", List.of(
 *     Stage.source("sensor", 30, 6e6, 1e-11),
 *     new Stage("detector", List.of("sensor"), 0, 0, Operations.perByte(50), 2e-12, 1e-9, Filter.rates(0.9, 0.02)),
 *     Stage.join("store", List.of("detector"), 0)), 0.01);
 * PipelineFlow flow = pipeline.flow();
 * }</pre>
 *
 * @param name of the pipeline
 * @param stages each after those that it joins; the last one keeps what reaches it
 * @param relevantShare of the samples of the sources that are relevant, 0 to 1
 */
public record Pipeline(String name, List<Stage> stages, double relevantShare) {
    /** @throws IllegalArgumentException if there is no stage, one joins what is not before it, or several are joined by none; all of it told */
    public Pipeline {
        stages = List.copyOf(stages);
        List<String> problems = new ArrayList<>();
        if (stages.isEmpty()) {
            problems.add("pipeline (" + name + ") must have stages");
        }
        if (!(relevantShare >= 0 && relevantShare <= 1)) {
            problems.add("share of relevant samples (" + relevantShare + ") must be from 0 to 1");
        }
        Set<String> seen = new LinkedHashSet<>();
        Set<String> joined = new LinkedHashSet<>();
        for (Stage stage : stages) {
            for (String input : stage.inputs()) {
                if (!seen.contains(input)) {
                    problems.add("input (\"" + input + "\") of stage " + stage.name() + " must be a stage before it"
                            + NearestName.of(input, seen)
                                    .map(nearest -> "\nMaybe \"" + nearest + "\".")
                                    .orElse(""));
                } else if (!joined.add(input)) {
                    problems.add("stage (" + input + ") must send to one stage only");
                }
            }
            if (!seen.add(stage.name())) {
                problems.add("stage (" + stage.name() + ") must have a name of its own");
            }
        }
        seen.removeAll(joined);
        if (seen.size() > 1) {
            problems.add("stages that send to no other (" + String.join(", ", seen) + ") must be one only, the last");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
    }

    /** Returns what flows and what it takes. */
    public PipelineFlow flow() {
        Map<String, StageFlow> flows = new LinkedHashMap<>();
        List<StageFlow> all = new ArrayList<>();
        for (Stage stage : stages) {
            StageFlow flow = flow(stage, flows);
            flows.put(stage.name(), flow);
            all.add(flow);
        }
        return new PipelineFlow(all);
    }

    /** A stage joins one sample of each input; where inputs come at different rates, their mean counts. */
    private StageFlow flow(Stage stage, Map<String, StageFlow> before) {
        double relevant = stage.samplesPerSecond() * relevantShare;
        double irrelevant = stage.samplesPerSecond() - relevant;
        double bytes = stage.ownBytes();
        if (!stage.inputs().isEmpty()) {
            for (String input : stage.inputs()) {
                StageFlow from = before.get(input);
                if (from != null) {
                    relevant += from.relevantOut() / stage.inputs().size();
                    irrelevant += from.irrelevantOut() / stage.inputs().size();
                    bytes += from.bytes();
                }
            }
        }
        double relevantOut = relevant * stage.filter().keepRelevant(relevant, irrelevant);
        double irrelevantOut = irrelevant * stage.filter().keepIrrelevant(relevant, irrelevant);
        double watts = stage.joulesPerOperation() * stage.operations().of(bytes) * (relevant + irrelevant);
        double linkWatts = stage.joulesPerBit() * 8 * bytes * (relevantOut + irrelevantOut);
        return new StageFlow(stage.name(), bytes, relevant, irrelevant, relevantOut, irrelevantOut, watts, linkWatts);
    }
}
