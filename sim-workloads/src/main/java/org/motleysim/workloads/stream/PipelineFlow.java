package org.motleysim.workloads.stream;

import java.util.List;

/**
 * What flows through a pipeline, and how good the choice is that it makes.
 *
 * @param stages in the order of the pipeline, at least one
 */
public record PipelineFlow(List<StageFlow> stages) {
    /** Keeps its own copy. */
    public PipelineFlow {
        stages = List.copyOf(stages);
    }

    /** Returns the flow through a stage. */
    public StageFlow stage(String name) {
        return stages.stream()
                .filter(stage -> stage.stage().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("stage (\"" + name + "\") must be one of "
                        + stages.stream().map(StageFlow::stage).toList()));
    }

    /** Returns the power of all stages and links, in watts. */
    public double watts() {
        return operationWatts() + linkWatts();
    }

    /** Returns the power of all stages, in watts. */
    public double operationWatts() {
        return stages.stream().mapToDouble(StageFlow::watts).sum();
    }

    /** Returns the power of all links, in watts. */
    public double linkWatts() {
        return stages.stream().mapToDouble(StageFlow::linkWatts).sum();
    }

    /** Returns the relevant samples that are kept at the end, per second. */
    public double keptRelevant() {
        return last().relevantOut();
    }

    /** Returns all samples that are kept at the end, per second. */
    public double kept() {
        return last().samplesOut();
    }

    /** Returns the relevant samples that some stage rejects, per second. */
    public double rejectedRelevant() {
        return stages.stream()
                .mapToDouble(stage -> stage.relevantIn() - stage.relevantOut())
                .sum();
    }

    /** Returns the share of what is kept that is relevant; 0 if nothing is. */
    public double precision() {
        return kept() > 0 ? keptRelevant() / kept() : 0;
    }

    /** Returns the share of the relevant samples that is kept; 0 if there are none. */
    public double recall() {
        double all = keptRelevant() + rejectedRelevant();
        return all > 0 ? keptRelevant() / all : 0;
    }

    /** Returns the harmonic mean of precision and recall. */
    public double f1() {
        double sum = precision() + recall();
        return sum > 0 ? 2 * precision() * recall() / sum : 0;
    }

    private StageFlow last() {
        return stages.get(stages.size() - 1);
    }
}
