package org.motleysim.workloads.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.metric.Series;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Section;
import org.motleysim.core.report.Section.Bar;
import org.motleysim.core.report.Section.BarChart;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.LineChart;
import org.motleysim.core.report.Section.Table;

/** What a report says of the machines: a row per group and per device, power and utilisation over time, where joules and dollars went. */
final class MachineReport {
    /** More lines than this are drawn as one per group. */
    private static final int LINES_PER_DEVICE = 12;

    /** Rows of the table of devices; metrics.csv has all. */
    private static final int MOST_ROWS = 1_000;

    private static final Map<String, String> BOUNDS = bounds(
            "compute", "compute",
            "memory", "memory",
            "launch", "launches",
            "network", "network",
            "other", "not told",
            "waiting", "waiting");

    private static final List<String> PARTS = List.of("while busy", "while idle");

    private final List<DeviceResult> devices;
    private final MetricSet metrics;
    private final Map<String, List<DeviceResult>> groups = new LinkedHashMap<>();

    MachineReport(List<DeviceResult> devices, MetricSet metrics) {
        this.devices = devices;
        this.metrics = metrics;
        for (DeviceResult device : devices) {
            groups.computeIfAbsent(device.group(), name -> new ArrayList<>()).add(device);
        }
    }

    Table groups() {
        double seconds = metrics.value("time.simulated");
        List<List<Cell>> rows = new ArrayList<>();
        groups.forEach((name, members) -> rows.add(List.of(
                Cell.text(name),
                Cell.of(members.size(), "1"),
                Cell.text(members.get(0).spec().name()),
                Cell.share(sum(members, DeviceResult::utilization) / members.size()),
                Cell.of(sum(members, DeviceResult::joules) / seconds, "W"),
                Cell.of(sum(members, DeviceResult::joules), "J"),
                Cell.of(sum(members, DeviceResult::usd), "USD"),
                Cell.of(sum(members, DeviceResult::idleUsd), "USD"))));
        rows.add(List.of(
                Cell.text("cluster"),
                Cell.of(devices.size(), "1"),
                Cell.text(""),
                Cell.share(sum(devices, DeviceResult::utilization) / devices.size()),
                Cell.of(metrics, "power.mean"),
                Cell.of(metrics, "energy.total"),
                Cell.of(metrics, "cost.total"),
                Cell.of(metrics, "cost.idle")));
        return new Table(
                "Machines",
                List.of(
                        Column.text("group"),
                        Column.number("count"),
                        Column.text("device"),
                        Column.number("utilisation"),
                        Column.number("mean power"),
                        Column.number("energy"),
                        Column.number("cost"),
                        Column.number("of it idle")),
                rows);
    }

    Table devices() {
        List<List<Cell>> rows = new ArrayList<>();
        for (DeviceResult device : devices.subList(0, Math.min(MOST_ROWS, devices.size()))) {
            String name = "device." + device.name() + ".";
            rows.add(List.of(
                    Cell.text(device.name()),
                    Cell.text(device.spec().name()),
                    Cell.share(metrics, name + "utilization"),
                    Cell.of(metrics, name + "power.mean"),
                    Cell.of(metrics, name + "energy"),
                    Cell.of(metrics, name + "cost")));
        }
        return new Table(
                rows.size() < devices.size()
                        ? "The first " + rows.size() + " of " + devices.size() + " devices"
                        : "Devices",
                List.of(
                        Column.text("name"),
                        Column.text("device"),
                        Column.number("utilisation"),
                        Column.number("mean power"),
                        Column.number("energy"),
                        Column.number("cost")),
                rows,
                true);
    }

    List<Section> charts() {
        boolean perDevice = devices.size() <= LINES_PER_DEVICE;
        return List.of(
                new LineChart(
                        perDevice ? "Utilisation per device" : "Utilisation, mean per group",
                        "%",
                        perDevice ? lines(DeviceResult::busy) : sums(DeviceResult::busy, true)),
                new LineChart(
                        perDevice ? "Power per device" : "Power per group",
                        "W",
                        perDevice ? lines(DeviceResult::power) : sums(DeviceResult::power, false),
                        true,
                        ""),
                bars("Energy", "J", DeviceResult::joules, DeviceResult::idleJoules),
                bars("Cost", "USD", DeviceResult::usd, DeviceResult::idleUsd));
    }

    /** What bound the time of the devices, where workloads told it: a bar for each device, or for each group when they are many. */
    Optional<BarChart> bounds() {
        List<DeviceResult> told = devices.stream()
                .filter(device -> metrics.find(bound(device, "compute")).isPresent())
                .toList();
        if (told.isEmpty()) {
            return Optional.empty();
        }
        List<Bar> bars = new ArrayList<>();
        if (told.size() <= LINES_PER_DEVICE) {
            told.forEach(device -> bars.add(new Bar(
                    device.name(),
                    BOUNDS.keySet().stream()
                            .map(part -> bound(device, part))
                            .map(name -> new Cell.Quantity(name, metrics.value(name), "1", true))
                            .toList())));
        } else {
            groups.forEach((name, members) -> {
                List<DeviceResult> mine =
                        members.stream().filter(told::contains).toList();
                if (!mine.isEmpty()) {
                    bars.add(new Bar(
                            name,
                            BOUNDS.keySet().stream()
                                    .map(part -> new Cell.Quantity(
                                            "",
                                            sum(mine, device -> metrics.value(bound(device, part))) / mine.size(),
                                            "1",
                                            true))
                                    .toList()));
                }
            });
        }
        return Optional.of(
                new BarChart(
                        "What bound the time of devices",
                        List.copyOf(BOUNDS.values()),
                        bars,
                        "By the cost model: each kernel's time counts for what it waits for most. Waiting is time without an iteration."));
    }

    private static String bound(DeviceResult device, String part) {
        return "device." + device.name() + ".bound." + part;
    }

    private static Map<String, String> bounds(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return Collections.unmodifiableMap(map);
    }

    private List<Series> lines(Function<DeviceResult, Series> curve) {
        return devices.stream()
                .map(device -> named(device.name(), curve.apply(device)))
                .toList();
    }

    /** One line per group: the sum of its devices, or their mean. All curves of one run have the same times. */
    private List<Series> sums(Function<DeviceResult, Series> curve, boolean mean) {
        List<Series> lines = new ArrayList<>();
        groups.forEach((name, members) -> {
            Series first = curve.apply(members.get(0));
            double[] values = new double[first.size()];
            for (DeviceResult member : members) {
                double[] own = curve.apply(member).values();
                Arrays.setAll(values, i -> values[i] + own[i] / (mean ? members.size() : 1));
            }
            lines.add(new Series(name, first.unit(), first.seconds(), values));
        });
        return lines;
    }

    private BarChart bars(
            String title, String unit, ToDoubleFunction<DeviceResult> total, ToDoubleFunction<DeviceResult> idle) {
        List<Bar> bars = new ArrayList<>();
        groups.forEach((name, members) -> {
            double waste = sum(members, idle);
            bars.add(new Bar(
                    name,
                    List.of(
                            new Cell.Quantity("", Math.max(0, sum(members, total) - waste), unit),
                            new Cell.Quantity("", waste, unit))));
        });
        return new BarChart(
                title, PARTS, bars, "What is spent while busy is charged to the work; the rest is nobody's.");
    }

    private static Series named(String name, Series curve) {
        return new Series(name, curve.unit(), curve.seconds(), curve.values());
    }

    private static double sum(List<DeviceResult> members, ToDoubleFunction<DeviceResult> number) {
        return members.stream().mapToDouble(number).sum();
    }
}
