package org.motleysim.bench.experiment;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.motleysim.core.experiment.Constraint;
import org.motleysim.core.experiment.Experiment;
import org.motleysim.core.experiment.ExperimentResult;
import org.motleysim.core.experiment.LoadSearch;
import org.motleysim.core.experiment.StoppingRule;
import org.motleysim.core.experiment.Summary;
import org.motleysim.core.experiment.Trial;
import org.motleysim.core.experiment.Variant;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.scenario.ScenarioFile;

/**
 * The highest load of a serving scenario under an objective, by bisection and on a fine grid: the same load, for how many runs?
 *
 * <pre>{@code
 * java -cp sim-bench/target/benchmarks.jar org.motleysim.bench.experiment.HighestLoad examples/scenarios/mixed-serving.json
 * }</pre>
 */
public final class HighestLoad {
    private static final double LOW = 10;
    private static final double HIGH = 90;
    private static final double STEP = 0.5;
    private static final int REPLICATIONS = 3;

    private HighestLoad() {}

    /** Argument: the scenario file; optional: its horizon, "1 min" unless told. */
    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]);
        String horizon = arguments.length > 1 ? arguments[1] : "1 min";
        Constraint constraint = Constraint.parse("ttft.p99 <= 0.5");
        int threads = Runtime.getRuntime().availableProcessors();
        LoadSearch.Found found = new LoadSearch(
                        load -> trial(file, horizon, load), constraint, LOW, HIGH, STEP, REPLICATIONS, 1, threads)
                .run();
        for (LoadSearch.Step step : found.steps()) {
            System.out.printf(Locale.ROOT, "%7.3f /s  %.3f s%n", step.load(), step.value());
        }
        System.out.printf(
                Locale.ROOT,
                "bisection  %.3f /s with %d runs%n",
                found.highest().orElse(Double.NaN),
                found.runs());
        double highest = Double.NaN;
        double first = Double.NaN;
        long runs = 0;
        for (double load = LOW; load <= HIGH; load += STEP) {
            ExperimentResult one = Experiment.named("grid")
                    .variant(Variant.of("load", trial(file, horizon, load)))
                    .stop(StoppingRule.replications(REPLICATIONS))
                    .threads(threads)
                    .build()
                    .run();
            runs += one.runs();
            boolean kept = constraint.keeps(
                    one.summary(0, constraint.metric()).map(Summary::mean).orElse(Double.NaN));
            highest = kept ? load : highest;
            first = !kept && Double.isNaN(first) ? load : first;
        }
        System.out.printf(
                Locale.ROOT,
                "grid       %.3f /s is the highest that keeps %s, %.3f /s the lowest that does not, with %d runs%n",
                highest,
                constraint,
                first,
                runs);
    }

    private static Trial trial(Path file, String horizon, double load) {
        Scenario scenario = ScenarioFile.read(
                file, Map.of("workloads[0].arrivals.rate", load + " /s", "warmup", "10 s", "horizon", horizon));
        return seed -> scenario.withSeed(seed).run().metrics();
    }
}
