package org.motleysim.workloads.study;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.motleysim.core.experiment.ExperimentResult;
import org.motleysim.core.experiment.LoadSearch;
import org.motleysim.core.experiment.StepRunner;
import org.motleysim.core.experiment.SuccessiveHalving;
import org.motleysim.core.experiment.Variant;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Figures;
import org.motleysim.core.report.OutputFolder;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Headline;
import org.motleysim.core.report.Section.Table;
import org.motleysim.core.report.Section.Tile;
import org.motleysim.workloads.scenario.Study;
import org.motleysim.workloads.scenario.StudySearch;

/**
 * A study that searches, and what it found. The same study gives the same bytes on every machine and on any number of threads.
 *
 * @param study what was asked
 * @param unit the unit of the metric that was asked about
 * @param loads for each variant its highest load; empty when something else was searched for
 * @param best the best variant; empty when something else was searched for
 */
public record SearchResult(
        Study study, String unit, List<LoadSearch.Found> loads, Optional<SuccessiveHalving.Found> best) {
    /** Keeps its own list. */
    public SearchResult {
        Objects.requireNonNull(study, "study");
        loads = List.copyOf(loads);
    }

    /**
     * Searches.
     *
     * @param study one with a search
     * @param threads how many runs at the same time
     * @param runner runs the steps; their names are unique over all variants
     * @throws IOException when a step cannot be stored
     * @throws IllegalArgumentException if the study has no search, or no run measures its metric
     */
    public static SearchResult of(Study study, int threads, StepRunner runner) throws IOException {
        StudySearch search = study.search()
                .orElseThrow(() -> new IllegalArgumentException(
                        "study (" + study.name() + ") must have a search\nMaybe run its experiment."));
        var unit = new String[] {"1"};
        StepRunner noting = (name, experiment) -> {
            ExperimentResult result = runner.run(name, experiment);
            if (result.metrics().contains(search.metric())) {
                unit[0] = result.unit(search.metric());
            }
            return result;
        };
        int replications = study.rule().most();
        if (search instanceof StudySearch.Best wanted) {
            List<Variant> variants = study.variants().stream()
                    .map(each -> new Variant(each.name(), each.settings(), study.trial(each.scenario())))
                    .toList();
            var found = new SuccessiveHalving(variants, wanted.objective(), replications, study.seed(), threads)
                    .run(noting);
            return new SearchResult(study, unit[0], List.of(), Optional.of(found));
        }
        var wanted = (StudySearch.HighestLoad) search;
        List<LoadSearch.Found> found = new ArrayList<>();
        for (int i = 0; i < study.variants().size(); i++) {
            int variant = i;
            found.add(new LoadSearch(
                            load -> study.trial(wanted.systems().get(variant).apply(load)),
                            wanted.constraint(),
                            wanted.low(),
                            wanted.high(),
                            wanted.tolerance(),
                            replications,
                            study.seed(),
                            threads)
                    .run((name, experiment) -> noting.run("variant-" + variant + "-" + name, experiment)));
        }
        return new SearchResult(study, unit[0], found, Optional.empty());
    }

    /** How many runs it took. */
    public long runs() {
        return loads.stream().mapToLong(LoadSearch.Found::runs).sum()
                + best.map(SuccessiveHalving.Found::runs).orElse(0L);
    }

    /** For the console and the page. */
    public Report report() {
        var report =
                Report.builder(study.name()).subtitle(study.description().isEmpty() ? summary() : study.description());
        best.ifPresent(found -> halving(found, (StudySearch.Best) study.search().orElseThrow(), report));
        if (!loads.isEmpty()) {
            highest((StudySearch.HighestLoad) study.search().orElseThrow(), report);
        }
        return report.closing(summary()).build();
    }

    private String summary() {
        return runs() + " runs, " + study.rule().most() + " replications "
                + (best.isPresent() ? "of each variant in the first round" : "of each load") + ", seed " + study.seed();
    }

    private void highest(StudySearch.HighestLoad wanted, Report.Builder report) {
        List<Tile> tiles = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            LoadSearch.Found found = loads.get(i);
            String name = study.variants().get(i).name();
            tiles.add(new Tile(
                    name, Cell.text(answer(found, wanted)), wanted.constraint().toString()));
            for (LoadSearch.Step step : found.steps()) {
                rows.add(List.of(
                        Cell.text(name),
                        Cell.text(load(step.load(), wanted)),
                        Cell.text(number(step.value()) + " +/- " + number(step.halfWidth())),
                        Cell.text(step.kept() ? "kept" : "broken")));
            }
        }
        report.add(new Headline(
                        "Highest " + wanted.load() + ", known to within " + load(wanted.tolerance(), wanted), tiles))
                .add(new Table(
                        "What was tried",
                        List.of(
                                Column.text("variant"),
                                Column.number(wanted.load()),
                                Column.number(wanted.metric() + ", mean and 95% interval"),
                                Column.text("")),
                        rows));
    }

    private static String answer(LoadSearch.Found found, StudySearch.HighestLoad wanted) {
        if (found.highest().isEmpty()) {
            return "below " + load(wanted.low(), wanted);
        }
        return (found.beyond() ? "at least " : "") + load(found.highest().getAsDouble(), wanted);
    }

    private static String load(double value, StudySearch.HighestLoad wanted) {
        String number = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
        return wanted.unit().isEmpty() ? number : number + " " + wanted.unit();
    }

    private void halving(SuccessiveHalving.Found found, StudySearch.Best wanted, Report.Builder report) {
        SuccessiveHalving.Round last = found.rounds().get(found.rounds().size() - 1);
        report.add(new Headline(
                "The best of " + study.variants().size() + " variants",
                List.of(new Tile(
                        found.best().name(),
                        Cell.text(number(last.means().get(0))),
                        wanted.metric() + ", mean of " + last.replications() + " replications"))));
        for (int i = 0; i < found.rounds().size(); i++) {
            SuccessiveHalving.Round round = found.rounds().get(i);
            List<List<Cell>> rows = new ArrayList<>();
            for (int rank = 0; rank < round.ranking().size(); rank++) {
                String next = rank >= (round.ranking().size() + 1) / 2
                        ? ""
                        : i == found.rounds().size() - 1 ? "best" : "goes on";
                rows.add(List.of(
                        Cell.text(round.ranking().get(rank)),
                        Cell.text(number(round.means().get(rank))),
                        Cell.text(next)));
            }
            report.add(new Table(
                    "Round " + (i + 1) + ": " + round.replications() + " replications each",
                    List.of(Column.text("variant"), Column.number(wanted.metric() + ", mean"), Column.text("")),
                    rows));
        }
    }

    private String number(double value) {
        return Double.isNaN(value) ? "-" : Figures.quantity(value, unit);
    }

    /** What was tried, at full precision. */
    String csv() {
        var csv = new StringBuilder();
        if (best.isPresent()) {
            csv.append("round,replications,rank,variant,mean\n");
            List<SuccessiveHalving.Round> rounds = best.get().rounds();
            for (int i = 0; i < rounds.size(); i++) {
                for (int rank = 0; rank < rounds.get(i).ranking().size(); rank++) {
                    csv.append(i + 1)
                            .append(',')
                            .append(rounds.get(i).replications())
                            .append(',')
                            .append(rank + 1)
                            .append(',')
                            .append(StudyTables.quoted(rounds.get(i).ranking().get(rank)))
                            .append(',')
                            .append(StudyTables.plain(rounds.get(i).means().get(rank)))
                            .append('\n');
                }
            }
            return csv.toString();
        }
        csv.append("variant,load,replications,mean,half_width_95,kept\n");
        for (int i = 0; i < loads.size(); i++) {
            for (LoadSearch.Step step : loads.get(i).steps()) {
                csv.append(StudyTables.quoted(study.variants().get(i).name()))
                        .append(',')
                        .append(StudyTables.plain(step.load()))
                        .append(',')
                        .append(study.rule().most())
                        .append(',')
                        .append(StudyTables.plain(step.value()))
                        .append(',')
                        .append(StudyTables.plain(step.halfWidth()))
                        .append(',')
                        .append(step.kept())
                        .append('\n');
            }
        }
        return csv.toString();
    }

    /**
     * Stages {@code summary.csv} and {@code study.html}; {@link OutputFolder#commit} moves them into place.
     *
     * @throws IOException when one cannot be written
     */
    public void stage(OutputFolder folder) throws IOException {
        folder.write("summary.csv", out -> out.write(csv().getBytes(StandardCharsets.UTF_8)));
        folder.write("study.html", report().html());
    }
}
