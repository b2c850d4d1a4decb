package org.motleysim.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code devices}: the catalogue, and {@code devices show NAME}: one datasheet with its sources. */
@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        description = "Lists the devices of the catalogue.",
        footer = {"", "Examples:", "  motley devices --kind gpu", "  motley devices show nvidia-h100-sxm-80gb"})
final class DevicesCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--kind", description = "Only these: ${COMPLETION-CANDIDATES}.")
    private @Nullable DeviceKind kind;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        List<DeviceSpec> devices = Catalog.builtIn().devices().stream()
                .filter(device -> kind == null || device.kind() == kind)
                .toList();
        var out = Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        if (json) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            devices.forEach(device -> list.add(json(device)));
            out.print(Json.print(list));
        } else {
            out.print(Report.builder("Devices").add(table(devices)).build().text());
        }
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one device and where each of its numbers comes from.",
            footer = {"", "Example:", "  motley devices show nvidia-h100-sxm-80gb"})
    int show(
            @Parameters(paramLabel = "NAME", description = "The device's name.") String name,
            @Option(names = "--json", description = "Print JSON instead of a table.") boolean asJson) {
        DeviceSpec device = Catalog.builtIn().device(name);
        var out = Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        out.print(
                asJson
                        ? Json.print(json(device))
                        : Report.builder(device.title())
                                .add(datasheet(device))
                                .build()
                                .text());
        return 0;
    }

    private static Table table(List<DeviceSpec> devices) {
        var columns = List.of(
                Column.text("name"),
                Column.text("kind"),
                Column.number("year"),
                Column.number("bf16/fp16"),
                Column.number("int8"),
                Column.number("memory"),
                Column.number("bandwidth"),
                Column.number("TDP"),
                Column.number("price"));
        var rows = devices.stream().map(DevicesCommand::row).toList();
        return new Table("", columns, rows);
    }

    private static List<Cell> row(DeviceSpec device) {
        var memory = device.memory().stream().findFirst();
        return List.of(
                Cell.text(device.name()),
                Cell.text(device.kind().label()),
                device.year().isPresent()
                        ? Cell.text(String.valueOf(device.year().getAsInt()))
                        : Cell.absent(),
                device.peak(NumberFormat.BF16)
                        .or(() -> device.peak(NumberFormat.FP16))
                        .map(DevicesCommand::text)
                        .orElseGet(Cell::absent),
                device.peak(NumberFormat.INT8).map(DevicesCommand::text).orElseGet(Cell::absent),
                memory.map(tier -> text(tier.capacity())).orElseGet(Cell::absent),
                memory.map(tier -> text(tier.bandwidth())).orElseGet(Cell::absent),
                device.tdp().map(DevicesCommand::text).orElseGet(Cell::absent),
                device.pricePerHour().map(DevicesCommand::text).orElseGet(Cell::absent));
    }

    private static Table datasheet(DeviceSpec device) {
        var rows = new ArrayList<List<Cell>>();
        add(rows, device, "kind", device.kind().label());
        device.year().ifPresent(year -> add(rows, device, "year", year));
        device.peaks().forEach((format, rate) -> add(rows, device, "peak." + format.label(), rate));
        device.memory().forEach(tier -> {
            add(rows, device, "memory." + tier.name() + ".capacity", tier.capacity());
            add(rows, device, "memory." + tier.name() + ".bandwidth", tier.bandwidth());
        });
        device.links().forEach(link -> add(rows, device, "links." + link.name() + ".bandwidth", link.bandwidth()));
        device.tdp().ifPresent(power -> add(rows, device, "tdp", power));
        device.idle().ifPresent(power -> add(rows, device, "idle", power));
        device.pricePerHour().ifPresent(price -> add(rows, device, "pricePerHour", price));
        return new Table(
                device.name(), List.of(Column.text("what"), Column.number("value"), Column.text("source")), rows);
    }

    private static void add(List<List<Cell>> rows, DeviceSpec device, String path, Object value) {
        String source = device.sources().getOrDefault(path, "");
        rows.add(List.of(Cell.text(path), text(value), Cell.text(source)));
    }

    private static Cell text(Object quantity) {
        return Cell.text(quantity.toString());
    }

    private static ObjectNode json(DeviceSpec device) {
        return (ObjectNode)
                Json.parse(Catalog.write(List.of(device))).get("devices").get(0);
    }
}
