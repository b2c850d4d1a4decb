package org.motleysim.workloads.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.LineChart;
import org.motleysim.core.report.Section.Table;

/** What a report says of clocks, heat, batteries, links and carbon: nothing where a cluster has none of them. */
final class PowerReport {
    /** More devices than this are not drawn one by one. */
    private static final int LINES = 12;

    private final List<DeviceResult> devices;
    private final MetricSet metrics;

    PowerReport(List<DeviceResult> devices, MetricSet metrics) {
        this.devices =
                devices.stream().filter(device -> device.control().isPresent()).toList();
        this.metrics = metrics;
    }

    List<Section> tables() {
        List<Section> sections = new ArrayList<>();
        if (!devices.isEmpty()) {
            sections.add(clocks());
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (String name : List.of(
                "energy.network", "carbon.total", "carbon.network", "carbon.per_request", "carbon.per_output_token")) {
            metrics.find(name).ifPresent(metric -> rows.add(List.of(Cell.text(name), Cell.of(metric))));
        }
        if (!rows.isEmpty()) {
            sections.add(new Table("Network and carbon", List.of(Column.text("metric"), Column.number("value")), rows));
        }
        return sections;
    }

    private Table clocks() {
        List<List<Cell>> rows = new ArrayList<>();
        for (DeviceResult device : devices) {
            String name = "device." + device.name() + ".";
            rows.add(List.of(
                    Cell.text(device.name()),
                    Cell.text(times(device.control().orElseThrow())),
                    Cell.of(metrics, name + "clock.mean"),
                    Cell.of(metrics, name + "limited.time"),
                    Cell.of(metrics, name + "off.time"),
                    Cell.of(metrics, name + "power.max"),
                    Cell.of(metrics, name + "temperature.max"),
                    Cell.share(metrics, name + "battery.charge")));
        }
        return new Table(
                "Clocks, heat and charge",
                List.of(
                        Column.text("name"),
                        Column.text("busy at each clock"),
                        Column.number("mean clock"),
                        Column.number("capped or hot"),
                        Column.number("off"),
                        Column.number("highest power"),
                        Column.number("hottest"),
                        Column.number("charge")),
                rows,
                true);
    }

    /** The share of the busy time at each clock, such as {@code 0.6: 12%, 1.0: 88%}. */
    private static String times(PowerResult result) {
        double busy =
                result.busySeconds().stream().mapToDouble(Double::doubleValue).sum();
        if (busy == 0) {
            return "-";
        }
        return IntStream.range(0, result.points().size())
                .filter(i -> result.busySeconds().get(i) > 0)
                .mapToObj(i -> result.points().get(i).clock() + ": "
                        + Cell.share(result.busySeconds().get(i) / busy).display())
                .collect(Collectors.joining(", "));
    }

    List<Section> charts() {
        List<Section> charts = new ArrayList<>();
        if (devices.size() > LINES) {
            return charts;
        }
        add(charts, "Clock", "1", result -> Optional.of(result.clock()));
        add(charts, "Temperature", "degC", result -> result.heat().map(heat -> heat.curve()));
        add(charts, "Battery charge", "1", result -> result.charge().map(charge -> charge.curve()));
        return charts;
    }

    private void add(List<Section> charts, String title, String unit, Function<PowerResult, Optional<Series>> curve) {
        List<Series> lines = devices.stream()
                .flatMap(device -> device.control().flatMap(curve).stream())
                .toList();
        if (!lines.isEmpty()) {
            charts.add(new LineChart(title + " per device", unit, lines));
        }
    }
}
