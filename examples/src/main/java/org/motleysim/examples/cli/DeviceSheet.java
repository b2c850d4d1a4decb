package org.motleysim.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.motleysim.core.quantity.Durations;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.catalog.CpuLayouts;
import org.motleysim.hardware.catalog.DeviceChange;
import org.motleysim.hardware.catalog.Efficiency;
import org.motleysim.hardware.cost.CalibratedCostModel;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.CpuLayout;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.fitted.FitKey;
import org.motleysim.hardware.fitted.FittedKernels;
import org.motleysim.hardware.fitted.FittedRecord;

/** Everything that is known of one device: its datasheet with sources, who answers for its kernels and how well, its cores. */
final class DeviceSheet {
    private final DeviceSpec device;
    private final List<DeviceChange> changes;
    private final List<Answer> answers;
    private final Optional<CpuLayout> layout;

    /**
     * Who answers for some kinds of kernels.
     *
     * @param families kinds of kernels, by their names in files
     * @param formats of the arithmetic, and of stored weights or keys where it is another
     * @param model {@code "fit"}, {@code "fit of a like device"}, {@code "class fit"}, {@code "CPU"} or {@code "roofline"}
     * @param fittedOn the device or class that was measured; {@code "peak"} for none
     * @param heldOutError mean absolute relative error on shapes of the measured device that the fit had not seen
     */
    private record Answer(
            String families, String formats, String model, String fittedOn, int rows, OptionalDouble heldOutError) {}

    DeviceSheet(DeviceSpec device) {
        this.device = device;
        this.changes = Catalog.builtIn().changes(device);
        this.layout = device.kind() == DeviceKind.CPU ? CpuLayouts.builtIn().find(device.name()) : Optional.empty();
        this.answers = answers(device, layout.isPresent());
    }

    private static List<Answer> answers(DeviceSpec device, boolean isKnownCpu) {
        CalibratedCostModel model = CalibratedCostModel.builtIn();
        List<Answer> answers = new ArrayList<>();
        List<String> fitted = new ArrayList<>();
        for (FittedKernels.Answer answer : model.fits().answers(device, model.framework())) {
            FittedRecord record = answer.record();
            FitKey key = record.key();
            String name = answer.fittedOn().equals(device.name())
                    ? "fit"
                    : FittedKernels.isClass(answer.fittedOn()) ? "class fit" : "fit of a like device";
            String formats = key.format()
                    + (key.stored().equals(key.format()) ? "" : "/" + key.stored())
                    + (key.flavour().isEmpty() ? "" : " " + key.flavour());
            answers.add(new Answer(
                    key.family(),
                    formats,
                    name,
                    answer.fittedOn(),
                    record.rows(),
                    OptionalDouble.of(record.heldOutError())));
            fitted.add(key.family() + " " + formats);
        }
        for (KernelFamily family : KernelFamily.values()) {
            Map<Efficiency.Origin, List<String>> byOrigin = new LinkedHashMap<>();
            for (NumberFormat format : device.peaks().keySet()) {
                if (!fitted.contains(family.label() + " " + format.label())) {
                    Efficiency.Origin origin = RooflineCostModel.calibrated()
                            .efficiency(device, family, format)
                            .origin();
                    byOrigin.computeIfAbsent(origin, first -> new ArrayList<>()).add(format.label());
                }
            }
            byOrigin.forEach((origin, formats) -> answers.add(
                    isKnownCpu
                            ? new Answer(
                                    family.label(), String.join(" ", formats), "CPU", "peak", 0, OptionalDouble.empty())
                            : new Answer(
                                    family.label(),
                                    String.join(" ", formats),
                                    "roofline",
                                    origin.fittedOn(),
                                    origin.rows(),
                                    origin.heldOutError())));
        }
        return merged(answers);
    }

    /** One row for all families that the same model answers for in the same formats. */
    private static List<Answer> merged(List<Answer> answers) {
        Map<Answer, List<String>> families = new LinkedHashMap<>();
        for (Answer answer : answers) {
            var rest = new Answer("", answer.formats, answer.model, answer.fittedOn, answer.rows, answer.heldOutError);
            families.computeIfAbsent(rest, first -> new ArrayList<>()).add(answer.families);
        }
        List<Answer> merged = new ArrayList<>();
        families.forEach((rest, names) -> merged.add(new Answer(
                String.join(" ", names), rest.formats, rest.model, rest.fittedOn, rest.rows, rest.heldOutError)));
        return merged;
    }

    String text() {
        Report.Builder report = Report.builder(device.title()).add(datasheet());
        if (!changes.isEmpty()) {
            report.add(changes());
        }
        report.add(kernels());
        layout.ifPresent(cpu -> report.add(cores(cpu)));
        return report.build().wholeText();
    }

    private Table datasheet() {
        List<List<Cell>> rows = new ArrayList<>();
        Catalog.datasheet(device)
                .forEach((path, value) -> rows.add(List.of(
                        Cell.text(path),
                        Cell.text(value),
                        Cell.text(device.sources().getOrDefault(path, "")))));
        return new Table(
                device.name(), List.of(Column.text("what"), Column.text("value"), Column.text("source")), rows);
    }

    private Table changes() {
        List<List<Cell>> rows = changes.stream()
                .map(change -> List.<Cell>of(
                        Cell.text(change.field()),
                        change.before().map(Cell::text).orElseGet(Cell::absent),
                        change.after().map(Cell::text).orElseGet(Cell::absent)))
                .toList();
        return new Table(
                "Differs from the catalogue",
                List.of(Column.text("field"), Column.text("catalogue"), Column.text("here")),
                rows);
    }

    private Table kernels() {
        List<List<Cell>> rows = answers.stream()
                .map(answer -> List.<Cell>of(
                        Cell.text(answer.families),
                        Cell.text(answer.formats),
                        Cell.text(answer.model),
                        Cell.text(answer.fittedOn),
                        answer.rows > 0 ? Cell.text(String.valueOf(answer.rows)) : Cell.absent(),
                        answer.heldOutError.isPresent()
                                ? Cell.share(answer.heldOutError.getAsDouble())
                                : Cell.text("not known")))
                .toList();
        return new Table(
                "Kernels: which model answers, and its error on held-out shapes of the device it was fitted on",
                List.of(
                        Column.text("families"),
                        Column.text("formats"),
                        Column.text("model"),
                        Column.text("fitted on"),
                        Column.number("measurements"),
                        Column.number("error")),
                rows);
    }

    private static Map<String, String> lines(CpuLayout cpu) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("cores", String.valueOf(cpu.cores()));
        lines.put("memory nodes", String.valueOf(cpu.nodes()));
        lines.put("bandwidth of a node", cpu.nodeBandwidth().toString());
        cpu.simdBits().ifPresent(bits -> lines.put("vector width", bits + " bit x " + cpu.fmaUnits() + " units"));
        cpu.vectorHertz().ifPresent(hertz -> lines.put("clock of vector code", hertz / 1e9 + " GHz"));
        cpu.lastLevelCache().ifPresent(size -> lines.put("last-level cache", size.toString()));
        cpu.linesInFlight().ifPresent(count -> lines.put("lines in flight", String.valueOf(count)));
        cpu.localLatency().ifPresent(time -> lines.put("latency, own node", Durations.format(time)));
        cpu.remoteLatency().ifPresent(time -> lines.put("latency, other node", Durations.format(time)));
        return lines;
    }

    private static Table cores(CpuLayout cpu) {
        List<List<Cell>> rows = new ArrayList<>();
        lines(cpu).forEach((what, value) -> rows.add(List.of(Cell.text(what), Cell.text(value))));
        return new Table("Cores of one socket", List.of(Column.text("what"), Column.text("value")), rows);
    }

    /** The record as a device file says it, with {@code kernels}, {@code changes} and, where known, {@code cores} beside it. */
    ObjectNode json() {
        ObjectNode node = record(device);
        var kernels = node.putArray("kernels");
        for (Answer answer : answers) {
            ObjectNode row = kernels.addObject()
                    .put("families", answer.families)
                    .put("formats", answer.formats)
                    .put("model", answer.model)
                    .put("fitted_on", answer.fittedOn)
                    .put("measurements", answer.rows);
            if (answer.heldOutError.isPresent()) {
                row.put("held_out_error", answer.heldOutError.getAsDouble());
            } else {
                row.putNull("held_out_error");
            }
        }
        var differences = node.putArray("changes");
        for (DeviceChange change : changes) {
            differences
                    .addObject()
                    .put("field", change.field())
                    .put("catalogue", change.before().orElse(null))
                    .put("here", change.after().orElse(null));
        }
        layout.ifPresent(cpu -> {
            ObjectNode cores = node.putObject("cores");
            lines(cpu).forEach(cores::put);
        });
        return node;
    }

    static ObjectNode record(DeviceSpec device) {
        return (ObjectNode)
                Json.parse(Catalog.write(List.of(device))).get("devices").get(0);
    }
}
