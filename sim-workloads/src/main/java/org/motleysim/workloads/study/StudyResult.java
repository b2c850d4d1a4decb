package org.motleysim.workloads.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.motleysim.core.experiment.Difference;
import org.motleysim.core.experiment.ExperimentResult;
import org.motleysim.core.experiment.Hypervolume;
import org.motleysim.core.experiment.Morris;
import org.motleysim.core.experiment.ParetoFront;
import org.motleysim.core.experiment.Seeding;
import org.motleysim.core.experiment.Summary;
import org.motleysim.core.name.NearestName;
import org.motleysim.core.report.OutputFolder;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.StudyPage;
import org.motleysim.workloads.scenario.Study;

/**
 * A study and what came out of it: as a table on the console, as CSV, and as one HTML page. The same study gives the same bytes on every
 * machine and on any number of threads.
 *
 * @param study what was asked
 * @param result the statistics
 * @param examples runs with their own curves, for the page
 */
public record StudyResult(Study study, ExperimentResult result, List<ExampleRun> examples) {
    /** What is shown when the study names no metric, as far as there is such a metric. */
    private static final List<String> USUAL = List.of(
            "ttft.p99", "tpot.p99", "slo.attainment", "goodput", "cost.per_million_tokens", "energy.total", "makespan");

    private static final int SHOWN_WITHOUT_WISH = 6;

    /** Checks that nothing is null. */
    public StudyResult {
        Objects.requireNonNull(study, "study");
        Objects.requireNonNull(result, "result");
        examples = List.copyOf(examples);
    }

    /** Without the curves of single runs. */
    public StudyResult(Study study, ExperimentResult result) {
        this(study, result, List.of());
    }

    /**
     * Runs the first replication of some variants again, so that the page can show the curves of single runs: of those on the front, the
     * baselines, then in order; as many as an eighth of all runs, but at least 2 and at most 24.
     *
     * @param threads how many runs at the same time
     */
    public StudyResult withExamples(int threads) {
        return new StudyResult(study, result, ExampleRun.of(this, threads));
    }

    /** The metrics to show: those that the study names, in its order; else the usual ones. */
    public List<String> metrics() {
        List<String> known = result.metrics();
        List<String> shown = study.named().stream().filter(known::contains).toList();
        if (!shown.isEmpty()) {
            return shown;
        }
        shown = USUAL.stream().filter(known::contains).toList();
        return shown.isEmpty() ? known.stream().limit(SHOWN_WITHOUT_WISH).toList() : shown;
    }

    /** What the study names and no run measured, as when all have failed; each with the nearest name there is. */
    public List<String> unknownMetrics() {
        List<String> unknown = new ArrayList<>();
        for (String name : study.named()) {
            if (!result.metrics().contains(name)) {
                unknown.add("metric \"" + name + "\" was measured by no run"
                        + NearestName.of(name, result.metrics())
                                .map(near -> ". Maybe \"" + near + "\".")
                                .orElse(""));
            }
        }
        return unknown;
    }

    /** Each variant against the baseline, for each metric that is shown; those that cannot be compared are left out. */
    public List<Difference> differences() {
        List<Difference> differences = new ArrayList<>();
        for (String metric : study.compare().isEmpty() ? metrics() : study.compare()) {
            study.baselines().forEach((variant, baseline) -> {
                if (comparable(baseline, variant, metric) > 1) {
                    differences.add(result.difference(baseline, variant, metric));
                }
            });
        }
        return differences;
    }

    /** How many values there are to compare: pairs, when replications are paired. */
    private long comparable(String baseline, String variant, String metric) {
        double[] of = result.values(baseline, metric);
        double[] with = result.values(variant, metric);
        if (study.seeding() == Seeding.ANTITHETIC) {
            return IntStream.range(0, Math.min(of.length, with.length) / 2)
                    .filter(i -> !Double.isNaN(with[2 * i] - of[2 * i] + with[2 * i + 1] - of[2 * i + 1]))
                    .count();
        }
        if (study.seeding() == Seeding.COMMON) {
            return IntStream.range(0, Math.min(of.length, with.length))
                    .filter(i -> !Double.isNaN(with[i] - of[i]))
                    .count();
        }
        return Math.min(
                Arrays.stream(of).filter(value -> !Double.isNaN(value)).count(),
                Arrays.stream(with).filter(value -> !Double.isNaN(value)).count());
    }

    /** The numbers of the variants on the Pareto front; empty when the study wants none. */
    public List<Integer> front() {
        return study.pareto().isEmpty() ? List.of() : ParetoFront.of(result, study.pareto(), study.constraints());
    }

    /**
     * How much the front achieves: its hypervolume, as a share of the box between the best and the worst value of each objective among
     * the variants; empty without an objective, or when all variants are alike in one.
     */
    public OptionalDouble hypervolume() {
        return study.pareto().isEmpty()
                ? OptionalDouble.empty()
                : Hypervolume.ofFront(result, study.pareto(), study.constraints());
    }

    /** Whether the means of a variant keep all constraints. */
    public boolean keeps(int variant) {
        return study.constraints().stream().allMatch(constraint -> result.summary(variant, constraint.metric())
                .filter(summary -> constraint.keeps(summary.mean()))
                .isPresent());
    }

    /** The elementary effects of the axes on a metric, when the design is made for that. */
    public Optional<List<Morris.Effect>> inputs(String metric) {
        return study.morris().map(morris -> {
            double[] answers = new double[study.variants().size()];
            for (int i = 0; i < answers.length; i++) {
                answers[i] = result.summary(i, metric).map(Summary::mean).orElse(Double.NaN);
            }
            return morris.effects(answers);
        });
    }

    /** For the console. */
    public Report report() {
        return new StudyTables(this).report();
    }

    /** One page that asks nothing of a network. */
    public String html() {
        return new StudyPage(
                        study.name(),
                        study.description().isEmpty() ? summary() : study.description(),
                        summary(),
                        StudyData.json(this))
                .html();
    }

    /** How much was run. */
    String summary() {
        return study.variants().size() + (study.variants().size() == 1 ? " variant, " : " variants, ")
                + result.replications() + " replications each, "
                + switch (study.seeding()) {
                    case COMMON -> "with common random numbers";
                    case ANTITHETIC -> "in antithetic pairs, with common random numbers";
                    case INDEPENDENT -> "independent";
                }
                + ", seed " + study.seed() + (result.failed() == 0 ? "" : ", " + result.failed() + " runs failed");
    }

    /**
     * Stages {@code summary.csv} and {@code study.html}; {@link OutputFolder#commit} moves them into place.
     *
     * @throws IOException when one cannot be written
     */
    public void stage(OutputFolder folder) throws IOException {
        folder.write("summary.csv", out -> out.write(StudyTables.csv(this).getBytes(StandardCharsets.UTF_8)));
        folder.write("study.html", html());
    }
}
