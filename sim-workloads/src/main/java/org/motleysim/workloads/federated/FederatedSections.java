package org.motleysim.workloads.federated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section;
import org.motleysim.core.report.Section.Bar;
import org.motleysim.core.report.Section.BarChart;
import org.motleysim.core.report.Section.CdfChart;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.GanttChart;
import org.motleysim.core.report.Section.Headline;
import org.motleysim.core.report.Section.LineChart;
import org.motleysim.core.report.Section.Span;
import org.motleysim.core.report.Section.Table;
import org.motleysim.core.report.Section.Tile;
import org.motleysim.workloads.federated.learning.ConvergenceProxy;
import org.motleysim.workloads.federated.learning.RealLearning;

/** A federated job in a report: what came of it, the rounds on a timeline, who took part, staleness, energy. */
public final class FederatedSections {
    private static final int MOST_ROWS = 40;
    private static final int MOST_CLASSES = 30;

    private final FederatedJob job;
    private final String prefix;
    private final MetricSet metrics;
    private final RoundLog rounds;
    private final ClassLog classes;

    /**
     * Prepares the sections.
     *
     * @param prefix of the job's metrics, empty when it is alone
     * @param metrics of the run
     * @param rounds of the job
     * @param classes of its clients
     */
    public FederatedSections(FederatedJob job, String prefix, MetricSet metrics, RoundLog rounds, ClassLog classes) {
        this.job = job;
        this.prefix = prefix;
        this.metrics = metrics;
        this.rounds = rounds;
        this.classes = classes;
    }

    /** Returns the numbers: a headline, energy and bytes, who took part, and why rounds failed if some did. */
    public List<Section> numbers() {
        List<Section> sections = new ArrayList<>();
        sections.add(headline());
        sections.add(table(
                "Energy of the clients",
                List.of(
                        "clients.energy.compute",
                        "clients.energy.download",
                        "clients.energy.upload",
                        "clients.energy.tail",
                        "clients.energy.total",
                        "clients.energy.wasted",
                        "clients.energy.per_version")));
        sections.add(table(
                "Tasks",
                List.of(
                        "tasks.launched",
                        "tasks.arrived",
                        "tasks.used",
                        "tasks.lost.availability",
                        "tasks.lost.failure",
                        "tasks.lost.battery",
                        "tasks.aborted",
                        "tasks.late",
                        "tasks.too_stale",
                        "bytes.down.sent",
                        "bytes.up.sent",
                        "bytes.up.lost")));
        if (metrics.find(prefix + "clients.battery.start").isPresent()) {
            sections.add(table(
                    "Batteries",
                    List.of(
                            "clients.battery.start",
                            "clients.battery.grid",
                            "clients.battery.drawn",
                            "clients.battery.stored",
                            "clients.battery.empty",
                            "clients.battery.lowest")));
        }
        sections.add(participation());
        failures().ifPresent(sections::add);
        return sections;
    }

    private Headline headline() {
        List<Tile> tiles = new ArrayList<>();
        if (job.learning() instanceof RealLearning) {
            tiles.add(new Tile("accuracy on the test samples", cell("learning.accuracy")));
            tiles.add(new Tile("time to the target", cell("learning.time_to_target")));
        } else if (job.learning() instanceof ConvergenceProxy) {
            tiles.add(new Tile("progress of the stand-in, no accuracy", cell("proxy.progress")));
            tiles.add(new Tile("its time to the target", cell("proxy.time_to_target")));
        }
        tiles.add(new Tile("versions of the model", cell("rounds.versions")));
        tiles.add(new Tile("a round, mean", cell("rounds.time.mean")));
        tiles.add(new Tile("energy of clients per version", cell("clients.energy.per_version")));
        tiles.add(new Tile("clients that took part", cell("clients.participated")));
        tiles.add(new Tile("fairness of participation (Jain)", cell("clients.fairness")));
        tiles.add(new Tile("staleness, mean", cell("staleness.mean")));
        return new Headline(job.name(), tiles);
    }

    private Cell cell(String metric) {
        return Cell.of(metrics, prefix + metric);
    }

    private Table table(String title, List<String> names) {
        List<List<Cell>> rows = names.stream()
                .filter(name -> metrics.find(prefix + name).isPresent())
                .map(name -> List.of(Cell.text(name), cell(name)))
                .toList();
        return new Table(title(title), List.of(Column.text("metric"), Column.number("value")), rows);
    }

    private String title(String words) {
        return prefix.isEmpty() ? words : job.name() + ": " + words;
    }

    private Table participation() {
        double all = classes.rows().stream()
                .mapToDouble(ClassLog.Row::participations)
                .sum();
        List<List<Cell>> rows = classes.rows().stream()
                .limit(MOST_CLASSES)
                .map(row -> List.of(
                        Cell.text(row.name()),
                        Cell.of((double) row.clients(), "1"),
                        Cell.share(1 - row.leftOut()),
                        Cell.share(row.leftOut()),
                        Cell.share(all == 0 ? 0 : row.participations() / all),
                        Cell.of(row.joules(), "J")))
                .toList();
        return new Table(
                title("Who took part, and who was left out"),
                List.of(
                        Column.text("class"),
                        Column.number("clients"),
                        Column.number("took part"),
                        Column.number("left out"),
                        Column.number("of all tasks"),
                        Column.number("energy")),
                rows);
    }

    private Optional<Table> failures() {
        List<List<Cell>> rows = new ArrayList<>();
        for (int i = 0; i < rounds.size() && rows.size() < 10; i++) {
            if (!rounds.failed(i).isEmpty()) {
                rows.add(List.of(Cell.of(rounds.endSeconds(i), "s"), Cell.text(rounds.failed(i))));
            }
        }
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(
                        title("Rounds that failed, the first ten"),
                        List.of(Column.number("at"), Column.text("why")),
                        rows));
    }

    /** Returns the charts: rounds, learning, staleness and times, energy by class. */
    public List<Section> charts(List<Series> series, List<Cdf> cdfs) {
        List<Section> sections = new ArrayList<>();
        if (rounds.size() > 0) {
            sections.add(timeline());
        }
        line(series, "learning.accuracy", "Accuracy on the test samples", "%").ifPresent(sections::add);
        line(series, "learning.loss", "Loss on the test samples", "1").ifPresent(sections::add);
        line(series, "proxy.progress", "Progress of the stand-in: not an accuracy", "1")
                .ifPresent(sections::add);
        distribution(cdfs, "staleness", "Staleness of updates, in versions").ifPresent(sections::add);
        distribution(cdfs, "tasks.time", "Time of a task").ifPresent(sections::add);
        sections.add(energy());
        return sections;
    }

    private GanttChart timeline() {
        List<Integer> groups = List.copyOf(rows());
        List<String> names = groups.stream().map(group -> "group " + group).toList();
        List<Span> spans = new ArrayList<>();
        int shown = 0;
        for (int i = 0; i < rounds.size() && shown < GanttChart.MOST_SPANS; i++) {
            int row = groups.indexOf(row(i));
            if (row >= 0) {
                shown++;
                spans.add(new Span(
                        row,
                        rounds.failed(i).isEmpty() ? "round" : "failed round",
                        rounds.startSeconds(i),
                        rounds.endSeconds(i) - rounds.startSeconds(i),
                        !rounds.failed(i).isEmpty()));
            }
        }
        String note = shown < rounds.size() ? "The first " + shown + " rounds." : "";
        return new GanttChart(title("Rounds"), names, spans, "rounds that failed", note);
    }

    /** Groups of FedCompass are ever new ones: they take turns on a few rows. */
    private int row(int round) {
        return rounds.group(round) % MOST_ROWS;
    }

    private Set<Integer> rows() {
        Set<Integer> rows = new TreeSet<>();
        for (int i = 0; i < rounds.size(); i++) {
            rows.add(row(i));
        }
        return rows;
    }

    private Optional<LineChart> line(List<Series> series, String name, String title, String unit) {
        return series.stream()
                .filter(each -> each.name().equals(prefix + name) && each.size() > 1)
                .findFirst()
                .map(each -> new LineChart(title(title), unit, List.of(each)));
    }

    private Optional<CdfChart> distribution(List<Cdf> cdfs, String name, String title) {
        return cdfs.stream()
                .filter(each -> each.name().equals(prefix + name))
                .findFirst()
                .map(each -> new CdfChart(title(title), each.unit(), List.of(each), List.of(), ""));
    }

    private BarChart energy() {
        List<Cell.Quantity> parts = new ArrayList<>();
        for (String part : List.of("compute", "download", "upload", "tail")) {
            parts.add(new Cell.Quantity("", metrics.value(prefix + "clients.energy." + part), "J"));
        }
        return new BarChart(
                title("Energy of the clients by compute and radio"),
                List.of("compute", "download", "upload", "radio tail"),
                List.of(new Bar("all clients", parts)),
                "");
    }
}
