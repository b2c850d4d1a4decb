package org.motleysim.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.NumberFormats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code formats}: number formats, and {@code formats show NAME}: one of them and the devices that multiply it. */
@Command(
        name = "formats",
        mixinStandardHelpOptions = true,
        description =
                "Lists number formats: bits as stored, and what a multiply-accumulate costs beside 8-bit integers.",
        footer = {
            "",
            "Examples:",
            "  motley formats",
            "  motley formats show mxfp4",
            "  motley formats show int4-b128s16    4-bit integers, 16 bits of scale for 128 of them"
        })
final class FormatsCommand implements Callable<Integer> {
    private static final long MILLION = 1_000_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Formats formats = new Formats();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        NumberFormats all = formats.all();
        var out = Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        if (json) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            all.all().forEach(format -> list.add(json(format, all)));
            out.print(Json.print(list));
        } else {
            out.print(Report.builder("Number formats").add(table(all)).build().text());
        }
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows one format, what it falls back to and which devices multiply it.",
            footer = {"", "Example:", "  motley formats show nvfp4"})
    int show(
            @Parameters(paramLabel = "NAME", description = "A format's name.") String name,
            @Option(names = "--json", description = "Print JSON instead of a table.") boolean asJson,
            @Mixin Formats known) {
        NumberFormat format = known.parse("NAME", name);
        var out = Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
        out.print(
                asJson
                        ? Json.print(json(format, known.all()))
                        : Report.builder(format.label())
                                .add(sheet(format, known.all()))
                                .build()
                                .text());
        return 0;
    }

    private static Table table(NumberFormats all) {
        var columns = List.of(
                Column.text("name"),
                Column.text("element"),
                Column.text("block and scale"),
                Column.number("bits stored"),
                Column.number("bytes of a million"),
                Column.number("largest"),
                Column.number("area and energy / int8"));
        List<List<Cell>> rows = new ArrayList<>();
        for (NumberFormat format : all.all()) {
            rows.add(List.of(
                    Cell.text(format.label()),
                    Cell.text(format.elementText()),
                    format.isBlock() ? Cell.text(blocks(format)) : Cell.absent(),
                    number(format.bitsPerElement()),
                    Cell.text(String.valueOf(format.bytes(MILLION))),
                    number(format.largest()),
                    Cell.text(String.format(Locale.ROOT, "%.2f", format.relativeArea()))));
        }
        return new Table("", columns, rows);
    }

    private static Table sheet(NumberFormat format, NumberFormats all) {
        List<List<Cell>> rows = new ArrayList<>();
        add(rows, "other names", String.join(", ", all.otherNames(format)));
        add(rows, "element", format.elementText());
        add(rows, "block and scale", format.isBlock() ? blocks(format) : "");
        add(rows, "scale of a tensor", format.tensorScaleBits() > 0 ? format.tensorScaleBits() + " bits" : "");
        rows.add(List.of(Cell.text("bits stored"), number(format.bitsPerElement())));
        add(rows, "bytes of a million", String.valueOf(format.bytes(MILLION)));
        rows.add(List.of(Cell.text("largest, before scales"), number(format.largest())));
        add(rows, "area and energy / int8", String.format(Locale.ROOT, "%.3f", format.relativeArea()));
        add(rows, "falls back to", String.join(", ", labels(format.fallbacks())));
        add(rows, "multiplied by", String.join(", ", multiplying(format)));
        add(rows, "source", format.source());
        return new Table("", List.of(Column.text("what"), Column.text("value")), rows);
    }

    private static void add(List<List<Cell>> rows, String what, String value) {
        rows.add(List.of(Cell.text(what), value.isEmpty() ? Cell.absent() : Cell.text(value)));
    }

    private static String blocks(NumberFormat format) {
        return format.block() + " of them, " + format.scaleText().orElse("");
    }

    private static Cell number(double value) {
        boolean whole = value == Math.rint(value) && value < 1e7;
        return Cell.text(whole ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.4g", value));
    }

    private static List<String> labels(List<NumberFormat> formats) {
        return formats.stream().map(NumberFormat::label).toList();
    }

    private static List<String> multiplying(NumberFormat format) {
        return Catalog.builtIn().devices().stream()
                .filter(device -> device.isNative(format))
                .map(DeviceSpec::name)
                .toList();
    }

    private static ObjectNode json(NumberFormat format, NumberFormats all) {
        ObjectNode node = (ObjectNode)
                Json.parse(NumberFormats.write(List.of(format))).get("formats").get(0);
        all.otherNames(format).forEach(node.putArray("other_names")::add);
        node.put("bits_per_element", format.bitsPerElement());
        node.put("bytes_of_a_million", format.bytes(MILLION));
        node.put("largest", format.largest());
        node.put("relative_area", format.relativeArea());
        node.put("relative_energy", format.relativeArea());
        labels(format.fallbacks()).forEach(node.putArray("fallbacks")::add);
        multiplying(format).forEach(node.putArray("devices")::add);
        return node;
    }
}
