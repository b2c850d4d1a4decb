package org.motleysim.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
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
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.device.NumberFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code devices}: the catalogue, and {@code devices show NAME}: everything known of one device. */
@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        description = "Lists the devices of the catalogue.",
        footer = {
            "",
            "Examples:",
            "  motley devices --kind gpu --year 2022.. --memory \"80 GB\" --sort price",
            "  motley devices jetson",
            "  motley devices --devices my-devices.json --vendor acme",
            "  motley devices show nvidia-h100-sxm-80gb"
        })
final class DevicesCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DeviceFilter filter = new DeviceFilter();

    @Mixin
    private OwnDevices own = new OwnDevices();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    /** The option {@code --devices}, which several commands have. */
    static final class OwnDevices {
        @Option(
                names = "--devices",
                paramLabel = "PLACE",
                description =
                        "More devices: a file in the format of the catalogue, or a folder of them. May be repeated.")
        private List<Path> places = new ArrayList<>();

        Catalog catalog() {
            Catalog catalog = Catalog.installed();
            for (Path place : places) {
                catalog = catalog.with(place);
            }
            return catalog;
        }
    }

    @Override
    public Integer call() {
        List<DeviceSpec> devices = filter.of(own.catalog().devices());
        if (json) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            devices.forEach(device -> list.add(DeviceSheet.record(device)));
            print(Json.print(list));
        } else if (devices.isEmpty()) {
            print("no device is so\n");
        } else {
            print(Report.builder(devices.size() + (devices.size() == 1 ? " device" : " devices"))
                    .add(table(devices))
                    .build()
                    .wholeText());
        }
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = {
                "Shows everything known of one device: each number and where it comes from, which model answers",
                "for its kernels and how well, and the cores of a processor."
            },
            footer = {"", "Example:", "  motley devices show nvidia-h100-sxm-80gb"})
    int show(
            @Parameters(paramLabel = "NAME", description = "The device's name.") String name,
            @Mixin OwnDevices more,
            @Option(names = "--json", description = "Print JSON instead of tables.") boolean asJson) {
        var sheet = new DeviceSheet(more.catalog().device(name));
        print(asJson ? Json.print(sheet.json()) : sheet.text());
        return 0;
    }

    private void print(String text) {
        Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut().print(text);
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
                memory.flatMap(MemoryTier::knownCapacity)
                        .map(DevicesCommand::text)
                        .orElseGet(Cell::absent),
                memory.flatMap(MemoryTier::knownBandwidth)
                        .map(DevicesCommand::text)
                        .orElseGet(Cell::absent),
                device.tdp().map(DevicesCommand::text).orElseGet(Cell::absent),
                device.pricePerHour().map(DevicesCommand::text).orElseGet(Cell::absent));
    }

    private static Cell text(Object quantity) {
        return Cell.text(quantity.toString());
    }
}
