package org.motleysim.core.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * The highest load under which a constraint is kept, by bisection. Each load that is tried is run with the same seeds, so that one load
 * differs from the next by the load alone. The constraint is put to the mean over the replications.
 *
 * <p>It is taken for granted that a load above one that breaks the constraint breaks it too.
 *
 * @param system the system under a load
 * @param constraint what must be kept
 * @param low a load, tried first
 * @param high a higher load, tried second
 * @param tolerance the search ends when the load is known to within this, above 0
 * @param replications of each load, 1 or more
 * @param seed all seeds derive from it
 * @param threads how many runs at the same time
 */
public record LoadSearch(
        DoubleFunction<Trial> system,
        Constraint constraint,
        double low,
        double high,
        double tolerance,
        int replications,
        long seed,
        int threads) {

    /**
     * One load that was tried.
     *
     * @param load the load
     * @param value the mean of the metric; NaN when all runs failed or measured none
     * @param halfWidth half the width of its 95% interval; NaN when there is none
     * @param kept whether the constraint was kept
     */
    public record Step(double load, double value, double halfWidth, boolean kept) {}

    /**
     * What was found.
     *
     * @param highest the highest load tried that keeps the constraint; empty when even the lowest breaks it
     * @param steps the loads that were tried, in order
     * @param runs how many runs it took
     */
    public record Found(OptionalDouble highest, List<Step> steps, long runs) {
        /** Keeps its own list. */
        public Found {
            steps = List.copyOf(steps);
        }

        /** Whether even the highest load of the range keeps the constraint: the answer lies above the range. */
        public boolean beyond() {
            return highest.isPresent() && steps.stream().allMatch(Step::kept);
        }
    }

    /** @throws IllegalArgumentException if a number is out of its range */
    public LoadSearch {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(constraint, "constraint");
        if (!(low < high) || !Double.isFinite(high - low)) {
            throw new IllegalArgumentException("loads (" + low + " to " + high + ") must be finite and rise");
        }
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance (" + tolerance + ") must be above 0");
        }
        if (replications < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "replications (" + replications + ") and threads (" + threads + ") must be 1 or more");
        }
    }

    /**
     * Searches.
     *
     * @throws IllegalArgumentException if the metric is not measured under the lowest load
     */
    public Found run() {
        try {
            return run(StepRunner.inMemory());
        } catch (IOException e) {
            throw new UncheckedIOException("the search broke off", e);
        }
    }

    /**
     * Searches; each load that is tried is a step, named after it.
     *
     * @throws IOException when a step cannot be stored
     * @throws IllegalArgumentException if the metric is not measured under the lowest load
     */
    public Found run(StepRunner runner) throws IOException {
        List<Step> steps = new ArrayList<>();
        double kept = low;
        double broken = high;
        if (!tried(low, steps, runner)) {
            return new Found(OptionalDouble.empty(), steps, runs(steps));
        }
        if (tried(high, steps, runner)) {
            return new Found(OptionalDouble.of(high), steps, runs(steps));
        }
        while (broken - kept > tolerance) {
            double middle = kept + (broken - kept) / 2;
            if (middle <= kept || middle >= broken) {
                break;
            }
            if (tried(middle, steps, runner)) {
                kept = middle;
            } else {
                broken = middle;
            }
        }
        return new Found(OptionalDouble.of(kept), steps, runs(steps));
    }

    private boolean tried(double load, List<Step> steps, StepRunner runner) throws IOException {
        String name = "load-" + load;
        Experiment.Builder experiment = Experiment.named(name)
                .variant(Variant.of(name, system.apply(load)))
                .stop(StoppingRule.replications(replications))
                .seed(seed)
                .threads(threads);
        if (steps.isEmpty()) {
            experiment.wanted(List.of(
                    constraint.metric())); // a system that is overwhelmed may measure nothing: only the lowest must
        }
        ExperimentResult result = runner.run(name, experiment);
        Optional<Summary> summary = result.summary(0, constraint.metric());
        double value = summary.map(Summary::mean).orElse(Double.NaN);
        boolean kept = result.failed() == 0 && constraint.keeps(value);
        double halfWidth =
                summary.map(Summary::halfWidth).filter(Double::isFinite).orElse(Double.NaN);
        steps.add(new Step(load, value, halfWidth, kept));
        return kept;
    }

    private long runs(List<Step> steps) {
        return (long) steps.size() * replications;
    }
}
