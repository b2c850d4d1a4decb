package org.motleysim.workloads.split;

import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.metric.Cdf;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section;
import org.motleysim.core.report.Section.Bar;
import org.motleysim.core.report.Section.BarChart;
import org.motleysim.core.report.Section.CdfChart;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Marker;
import org.motleysim.core.report.Section.Table;

/** What a report says of split inference: frames and deadlines, variants and their exits, energy by computing and radio. */
public final class SplitReport {
    private final SplitJob job;
    private final String prefix;
    private final MetricSet metrics;

    /**
     * Starts the report of a job.
     *
     * @param job the workload
     * @param prefix of its metrics
     * @param metrics of the run
     */
    public SplitReport(SplitJob job, String prefix, MetricSet metrics) {
        this.job = job;
        this.prefix = prefix;
        this.metrics = metrics;
    }

    /** Returns the sections with numbers. */
    public List<Section> numbers() {
        return List.of(frames(), variants());
    }

    private Table frames() {
        List<List<Cell>> rows = new ArrayList<>();
        row(rows, "frames", "frames.generated");
        row(rows, "answered", "frames.finished");
        row(rows, "dropped", "frames.dropped");
        row(rows, "under way at the end", "frames.in_flight");
        row(rows, "in time", "deadline.attainment");
        row(rows, "time to the action, mean", "latency.mean");
        row(rows, "of the slowest 1%", "latency.p99");
        row(rows, "bytes sent", "bytes.sent");
        row(rows, "server in use", "server.utilization");
        row(rows, "energy of a frame", "split.energy.per_frame");
        row(rows, "battery life", "battery.life");
        row(rows, "carbon", "split.carbon");
        return new Table(job.name() + ": frames", List.of(Column.text(""), Column.number("")), rows);
    }

    private void row(List<List<Cell>> rows, String text, String metric) {
        metrics.find(prefix + metric).ifPresent(found -> rows.add(List.of(Cell.text(text), Cell.of(found))));
    }

    private Table variants() {
        double mean = job.link().meanBytesPerSecond();
        double latency = job.latency().toNanos() * 1e-9;
        List<List<Cell>> rows = new ArrayList<>();
        for (Variant variant : job.variants()) {
            String name = prefix + "variant." + variant.name() + ".";
            double exits = 0;
            for (Variant.Stage stage : variant.stages()) {
                exits += metrics.value(name + "exits." + stage.name());
            }
            rows.add(List.of(
                    Cell.text(variant.name()),
                    Cell.of(metrics, name + "frames"),
                    Cell.of(exits, "1"),
                    Cell.of(variant.deviceSeconds(), "s"),
                    Cell.of((double) variant.upload().value(), "B"),
                    Cell.of(variant.server().toNanos() * 1e-9, "s"),
                    Cell.of(variant.seconds(mean, latency), "s")));
        }
        return new Table(
                job.name() + ": variants",
                List.of(
                        Column.text("variant"),
                        Column.number("frames"),
                        Column.number("ended on the device"),
                        Column.number("on the device"),
                        Column.number("upload"),
                        Column.number("on the server"),
                        Column.number("at the mean bandwidth")),
                rows);
    }

    /** Returns the charts. */
    public List<Section> charts(List<Cdf> cdfs) {
        List<Marker> deadline = job.deadline()
                .map(due -> List.of(new Marker("deadline", due.toNanos() * 1e-9)))
                .orElse(List.of());
        List<Cdf> latency = cdfs.stream()
                .filter(cdf -> cdf.name().equals(prefix + "latency"))
                .toList();
        return List.of(
                new CdfChart(job.name() + ": time to the action", "s", latency, deadline, ""),
                new BarChart(
                        job.name() + ": energy of the devices",
                        List.of("idle", "computing", "radio"),
                        List.of(new Bar("all", List.of(joules("idle"), joules("compute"), joules("radio")))),
                        ""));
    }

    private Cell.Quantity joules(String part) {
        String name = prefix + "split.energy." + part;
        return new Cell.Quantity(name, metrics.value(name), "J");
    }
}
