package org.motleysim.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.population.PopulationSummary;
import org.motleysim.workloads.scenario.FleetFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fleet FILE}: draws a fleet of devices and sums it up. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        description = "Draws a fleet of devices from a table or from classes, and sums it up.",
        footer = {"", "Example:", "  motley fleet examples/scenarios/phones.json --count 1000000 --seed 7"})
final class FleetCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "A table of devices (CSV, or a JSON list), or a JSON object as a scenario's \"fleet\".")
    private Path file = Path.of("");

    @Option(names = "--count", paramLabel = "N", description = "How many devices; by default as the file says.")
    private @Nullable Integer count;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the draw; by default as the file says, or 1.")
    private @Nullable Long seed;

    @Option(names = "--json", description = "Print JSON instead of tables.")
    private boolean json;

    @Override
    public Integer call() {
        FleetFile fleet = FleetFile.read(file);
        OptionalInt devices = count == null ? fleet.count() : OptionalInt.of(count);
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("count is missing: how many devices to draw\nMaybe --count 1000.");
        }
        long chosen = seed == null ? fleet.seed() : seed;
        PopulationSummary summary =
                PopulationSummary.of(fleet.model().draw(devices.getAsInt(), RandomStreams.of(chosen)));
        var out = Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        out.print(json ? Json.print(json(summary, chosen)) : text(summary, chosen));
        return 0;
    }

    private String text(PopulationSummary summary, long chosen) {
        List<List<Cell>> classes = new ArrayList<>();
        for (PopulationSummary.ClassCount each : summary.classes()) {
            classes.add(List.of(
                    Cell.text(each.name()),
                    Cell.of(each.devices(), "1"),
                    Cell.share((double) each.devices() / summary.devices())));
        }
        List<List<Cell>> attributes = new ArrayList<>();
        summary.quantiles().forEach((attribute, spread) -> {
            List<Cell> row = new ArrayList<>(List.of(Cell.text(attribute.column()), Cell.of(spread.devices(), "1")));
            for (double value : values(spread)) {
                row.add(Cell.of(value, attribute.unit()));
            }
            attributes.add(List.copyOf(row));
        });
        return Report.builder(String.valueOf(file.getFileName()))
                .subtitle(summary.devices() + " devices of " + summary.classes().size() + " classes, seed " + chosen
                        + ", " + summary.bytesPerDevice() + " bytes a device")
                .add(new Table(
                        "Classes",
                        List.of(Column.text("class"), Column.number("devices"), Column.number("share")),
                        classes))
                .add(new Table(
                        "Attributes",
                        List.of(
                                Column.text("attribute"),
                                Column.number("devices"),
                                Column.number("least"),
                                Column.number("p10"),
                                Column.number("p50"),
                                Column.number("p90"),
                                Column.number("most")),
                        attributes))
                .build()
                .text();
    }

    private static double[] values(PopulationSummary.Quantiles spread) {
        return new double[] {spread.min(), spread.p10(), spread.p50(), spread.p90(), spread.max()};
    }

    private static ObjectNode json(PopulationSummary summary, long chosen) {
        ObjectNode result = JsonNodeFactory.instance
                .objectNode()
                .put("devices", summary.devices())
                .put("seed", chosen)
                .put("bytesPerDevice", summary.bytesPerDevice());
        ObjectNode classes = result.putObject("classes");
        summary.classes().forEach(each -> classes.put(each.name(), each.devices()));
        ObjectNode attributes = result.putObject("attributes");
        summary.quantiles().forEach((attribute, spread) -> attributes
                .putObject(attribute.column())
                .put("unit", attribute.unit())
                .put("devices", spread.devices())
                .put("min", spread.min())
                .put("p10", spread.p10())
                .put("p50", spread.p50())
                .put("p90", spread.p90())
                .put("max", spread.max()));
        return result;
    }
}
