package org.motleysim.workloads.offload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.Metric;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section;
import org.motleysim.core.report.Section.Bar;
import org.motleysim.core.report.Section.BarChart;
import org.motleysim.core.report.Section.CdfChart;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.LineChart;
import org.motleysim.core.report.Section.Table;
import org.motleysim.core.report.Section.Text;

/** What a report says of offloading: tasks, queues site by site, energy by radio and compute, batteries. */
public final class OffloadReport {
    private static final int MOST_SITES = 100;

    private final OffloadJob job;
    private final String prefix;
    private final MetricSet metrics;

    /**
     * Starts the report of a job.
     *
     * @param job the workload
     * @param prefix of its metrics
     * @param metrics of the run
     */
    public OffloadReport(OffloadJob job, String prefix, MetricSet metrics) {
        this.job = job;
        this.prefix = prefix;
        this.metrics = metrics;
    }

    /** Returns the sections with numbers. */
    public List<Section> numbers() {
        List<Section> sections = new ArrayList<>(List.of(tasks()));
        if (value("unstable") > 0) {
            sections.add(overload());
        }
        sections.add(sites());
        sections.add(classes());
        return sections;
    }

    /** Returns the charts. */
    public List<Section> charts(List<Series> series, List<Cdf> cdfs) {
        List<Cdf> latencies = cdfs.stream()
                .filter(cdf -> cdf.name().startsWith(prefix + "latency."))
                .map(cdf -> new Cdf(
                        cdf.name().substring((prefix + "latency.").length()),
                        cdf.unit(),
                        cdf.values(),
                        cdf.fractions()))
                .toList();
        List<Series> underWay = series.stream()
                .filter(each -> each.name().equals(prefix + "tasks under way"))
                .toList();
        return List.of(
                new CdfChart(job.name() + ": time to the result", "s", latencies, List.of(), ""),
                new LineChart(job.name() + ": tasks under way", "1", underWay),
                energy());
    }

    private Table tasks() {
        List<List<Cell>> rows = new ArrayList<>();
        for (String place : OffloadLog.PLACES) {
            rows.add(List.of(Cell.text(place), cell("tasks." + place), cell("latency." + place + ".mean")));
        }
        rows.add(List.of(Cell.text("all that finished"), cell("tasks.finished"), cell("latency.mean")));
        rows.add(List.of(Cell.text("of them slowest 1%"), Cell.text(""), cell("latency.p99")));
        rows.add(List.of(Cell.text("lost"), cell("tasks.lost"), Cell.text("")));
        rows.add(List.of(Cell.text("under way at the end"), cell("tasks.in_flight"), Cell.text("")));
        if (metrics.find(prefix + "deadline.missed").isPresent()) {
            rows.add(List.of(Cell.text("after their deadline"), cell("deadline.missed"), Cell.text("")));
        }
        return new Table(
                job.name() + ": tasks",
                List.of(Column.text(""), Column.number("tasks"), Column.number("time to the result")),
                rows);
    }

    /** Names what grew. */
    private Text overload() {
        String suffix = ".unstable";
        String grown = metrics.stream()
                .filter(metric ->
                        metric.name().startsWith(prefix) && metric.name().endsWith(suffix) && metric.value() > 0)
                .map(Metric::name)
                .map(name -> name.substring(prefix.length(), name.length() - suffix.length()))
                .limit(20)
                .collect(Collectors.joining(", "));
        return new Text(
                job.name() + ": overload",
                "More came than could be served, and the queue grew to the end of the run: " + grown
                        + ". Its latencies say how long the run was, not how long a task takes.");
    }

    private Table sites() {
        List<List<Cell>> rows = new ArrayList<>();
        job.sites().stream()
                .limit(MOST_SITES)
                .forEach(site -> rows.add(queue(site.name(), "site." + site.name() + ".")));
        if (job.cloud().isPresent()) {
            rows.add(queue("cloud", "cloud."));
        }
        return new Table(
                job.name() + ": servers",
                List.of(
                        Column.text("site"),
                        Column.number("utilisation"),
                        Column.number("offered load"),
                        Column.number("tasks, mean"),
                        Column.number("tasks, most"),
                        Column.number("radio in use"),
                        Column.number("transfers, mean"),
                        Column.number("energy"),
                        Column.text("")),
                rows);
    }

    private List<Cell> queue(String name, String of) {
        boolean grew = value(of + "unstable") > 0
                || metrics.find(prefix + of + "radio.unstable")
                        .filter(metric -> metric.value() > 0)
                        .isPresent();
        boolean radio = metrics.find(prefix + of + "radio.utilization").isPresent();
        return List.of(
                Cell.text(name),
                Cell.share(value(of + "utilization")),
                Cell.share(value(of + "offered")),
                cell(of + "jobs.mean"),
                cell(of + "jobs.max"),
                radio ? Cell.share(value(of + "radio.utilization")) : Cell.absent(),
                radio ? cell(of + "radio.jobs.mean") : Cell.absent(),
                cell(of + "energy"),
                Cell.text(grew ? "overload" : ""));
    }

    private Table classes() {
        List<List<Cell>> rows = new ArrayList<>();
        for (EndDevices of : job.classes()) {
            String name = "class." + of.name() + ".";
            rows.add(List.of(
                    Cell.text(of.name()),
                    Cell.of(of.count(), "1"),
                    cell(name + "power.mean"),
                    cell(name + "battery.life"),
                    cell(name + "battery.empty"),
                    cell(name + "queue.jobs.mean")));
        }
        return new Table(
                job.name() + ": devices",
                List.of(
                        Column.text("class"),
                        Column.number("count"),
                        Column.number("power of one"),
                        Column.number("battery life"),
                        Column.number("batteries empty"),
                        Column.number("tasks on devices, mean")),
                rows);
    }

    private BarChart energy() {
        List<String> parts = List.of("devices, idle", "devices, computing", "devices, radio", "servers", "links");
        return new BarChart(
                job.name() + ": energy",
                parts,
                List.of(new Bar(
                        "all",
                        List.of(
                                joules("devices.idle"),
                                joules("devices.compute"),
                                joules("devices.radio"),
                                joules("servers"),
                                joules("links")))),
                "");
    }

    private Cell.Quantity joules(String part) {
        return new Cell.Quantity(prefix + "offload.energy." + part, value("offload.energy." + part), "J");
    }

    private double value(String name) {
        return metrics.value(prefix + name);
    }

    private Cell cell(String name) {
        return metrics.find(prefix + name).map(Cell::of).orElseGet(Cell::absent);
    }
}
