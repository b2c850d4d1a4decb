package org.motleysim.workloads.study;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.motleysim.core.experiment.AxisEffect;
import org.motleysim.core.experiment.Difference;
import org.motleysim.core.experiment.Morris;
import org.motleysim.core.experiment.Summary;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Figures;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.workloads.scenario.Study;

/** The tables of a study. */
final class StudyTables {
    private static final int FAILURES_SHOWN = 20;
    private static final int SENTENCES_SHOWN = 40;

    private final StudyResult answer;
    private final Study study;
    private final List<String> metrics;

    StudyTables(StudyResult answer) {
        this.answer = answer;
        this.study = answer.study();
        this.metrics = answer.metrics();
    }

    Report report() {
        var report = Report.builder(study.name()).subtitle(answer.summary());
        report.add(variants());
        if (study.variants().size() > 1) {
            differences().ifPresent(report::add);
            effects().ifPresent(report::add);
            inputs().ifPresent(report::add);
        }
        failures().ifPresent(report::add);
        answer.hypervolume()
                .ifPresent(share -> report.closing(String.format(
                        Locale.ROOT,
                        "hypervolume of the front  %.4f of the box between the best and the worst of each objective",
                        share)));
        answer.unknownMetrics().forEach(report::closing);
        return report.build();
    }

    private Table variants() {
        List<Column> columns = new ArrayList<>(List.of(Column.text("variant")));
        metrics.forEach(metric -> columns.add(Column.number(metric)));
        boolean marked = !study.pareto().isEmpty() || !study.constraints().isEmpty();
        if (marked) {
            columns.add(Column.text(""));
        }
        List<Integer> front = answer.front();
        List<List<Cell>> rows = new ArrayList<>();
        for (int i = 0; i < study.variants().size(); i++) {
            List<Cell> row =
                    new ArrayList<>(List.of(Cell.text(study.variants().get(i).name())));
            for (String metric : metrics) {
                row.add(answer.result()
                        .summary(i, metric)
                        .map(summary -> Cell.text(summary.text()))
                        .orElseGet(Cell::absent));
            }
            if (marked) {
                String broken = answer.keeps(i) ? "" : "breaks a constraint";
                row.add(Cell.text(front.contains(i) ? "front" : broken));
            }
            rows.add(row);
        }
        return new Table("Variants: mean and 95% interval", columns, rows);
    }

    private Optional<Table> differences() {
        List<Difference> all = answer.differences();
        List<List<Cell>> rows = all.stream()
                .limit(SENTENCES_SHOWN)
                .map(found -> List.of(Cell.text(found.sentence())))
                .collect(Collectors.toCollection(ArrayList::new));
        if (all.size() > SENTENCES_SHOWN) {
            rows.add(List.of(Cell.text("and " + (all.size() - SENTENCES_SHOWN) + " more in study.html")));
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        "Differences from " + study.baseline() + ", 95% intervals", List.of(Column.text("")), rows));
    }

    private Optional<Table> effects() {
        List<List<Cell>> rows = new ArrayList<>();
        for (String metric : metrics) {
            for (AxisEffect effect : answer.result().effects(metric)) {
                String levels = effect.levels().stream()
                        .limit(8)
                        .map(level -> level.value() + ": " + level.summary().text())
                        .collect(Collectors.joining("; "));
                rows.add(List.of(
                        Cell.text(metric),
                        Cell.text(effect.axis()),
                        Cell.text(Figures.quantity(
                                effect.spread(), answer.result().unit(metric))),
                        Cell.text(levels + (effect.levels().size() > 8 ? "; ..." : ""))));
            }
        }
        return study.axes().size() < 2
                ? Optional.empty()
                : Optional.of(new Table(
                        "What each axis does, the largest effect first",
                        List.of(
                                Column.text("metric"),
                                Column.text("axis"),
                                Column.number("spread"),
                                Column.text("mean at each level")),
                        rows));
    }

    private Optional<Table> inputs() {
        if (study.morris().isEmpty()) {
            return Optional.empty();
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (String metric : metrics) {
            String unit = answer.result().unit(metric);
            List<Morris.Effect> effects = answer.inputs(metric).orElseThrow();
            for (int axis = 0; axis < effects.size(); axis++) {
                Morris.Effect effect = effects.get(axis);
                rows.add(List.of(
                        Cell.text(metric),
                        Cell.text(study.axes().get(axis)),
                        Cell.text(Figures.quantity(effect.meanSize(), unit)),
                        Cell.text(Figures.quantity(effect.mean(), unit)),
                        Cell.text(Figures.quantity(effect.deviation(), unit))));
            }
        }
        return Optional.of(new Table(
                "Which input matters: elementary effects (Morris)",
                List.of(
                        Column.text("metric"),
                        Column.text("axis"),
                        Column.number("mean size"),
                        Column.number("mean"),
                        Column.number("deviation")),
                rows));
    }

    private Optional<Table> failures() {
        List<List<Cell>> rows = answer.result().failures().stream()
                .limit(FAILURES_SHOWN)
                .map(run -> List.of(Cell.text(run.toString())))
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(answer.result().failed() + " runs failed", List.of(Column.text("")), rows));
    }

    /** Every metric of every variant at full precision. */
    static String csv(StudyResult answer) {
        var csv = new StringBuilder("variant");
        answer.study().axes().forEach(axis -> csv.append(',').append(quoted(axis)));
        csv.append(",metric,unit,replications,mean,half_width_95,deviation,min,max\n");
        for (int i = 0; i < answer.study().variants().size(); i++) {
            Study.Case each = answer.study().variants().get(i);
            var start = new StringBuilder(quoted(each.name()));
            answer.study().axes().forEach(axis -> start.append(',')
                    .append(quoted(each.settings().getOrDefault(axis, ""))));
            for (String metric : answer.result().metrics()) {
                int variant = i;
                answer.result().summary(variant, metric).ifPresent(summary -> row(csv.append(start), summary));
            }
        }
        return csv.toString();
    }

    private static void row(StringBuilder csv, Summary summary) {
        csv.append(String.format(
                Locale.ROOT,
                ",%s,%s,%d,%s,%s,%s,%s,%s\n",
                quoted(summary.metric()),
                quoted(summary.unit()),
                summary.count(),
                plain(summary.mean()),
                plain(summary.halfWidth()),
                plain(summary.deviation()),
                plain(summary.least()),
                plain(summary.most())));
    }

    /** Twelve digits: the same text on every JVM. */
    static String plain(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value)
                        .round(new MathContext(12))
                        .stripTrailingZeros()
                        .toString()
                : "";
    }

    static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
