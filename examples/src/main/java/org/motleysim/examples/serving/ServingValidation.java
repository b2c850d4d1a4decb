package org.motleysim.examples.serving;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.Section.Align;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;

/**
 * Serving held against what others simulated and measured. Immutable.
 *
 * <pre>{@code
 * System.out.print(ServingValidation.run(Path.of("../shared/data")).text());
 * }</pre>
 */
public final class ServingValidation {
    private static final String PEER = "Scheduler alone, against Vidur on its own tables";
    private static final String PARTINGS = "Where runs part from Vidur's";
    private static final String ENGINE = "vLLM 0.19, per request, each iteration priced by a profile of the layers";

    private static final String ENGINE_BARE = "The same without host time";
    private static final String SILICON = "Real deployments of vLLM, SGLang and TensorRT-LLM";
    private static final String OVERHEADS = "What engines add";
    private static final String OVERHEADS_NOTE =
            "TPOT = kernels x decode + host + prompts x requests in flight x prompt / output tokens; TTFT = start + alone x"
                    + " prompt + queue x prompts that may wait x prompt. \"Hopper\" is a factor on the kernels of that generation.";
    private static final String FAMILIES = "By model, system and engine";

    private final List<Part> parts;

    /** A part of the page. */
    private record Part(String title, String note, Table table, List<Comparison> judged) {}

    private ServingValidation(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Runs all of it.
     *
     * @param data the folder of measured tables, which has a folder {@code serving}
     * @throws IllegalArgumentException if there is no such folder
     */
    public static ServingValidation run(Path data) {
        Path serving = data.resolve("serving");
        if (!Files.isDirectory(serving)) {
            throw new IllegalArgumentException(
                    "data (" + data + ") must have a folder \"serving\"\nMaybe it is the folder above.");
        }
        List<Part> parts = new ArrayList<>();
        VidurRuns vidur = new VidurRuns(serving);
        List<Comparison> peer = vidur.comparisons();
        parts.add(part(PEER, VidurRuns.NOTE, peer));
        parts.add(new Part(PARTINGS, VidurRuns.PARTING_NOTE, vidur.partings(PARTINGS), List.of()));
        Deployments deployments = Deployments.read(serving);
        Duration host = deployments.vllmHost();
        parts.add(part(ENGINE, EngineRuns.note(host), new EngineRuns(serving, host).comparisons()));
        parts.add(unjudged(ENGINE_BARE, EngineRuns.BARE_NOTE, new EngineRuns(serving, Duration.ZERO).comparisons()));
        parts.add(part(SILICON, Deployments.NOTE + " " + deployments.notAttempted(), deployments.comparisons()));
        parts.add(new Part(OVERHEADS, OVERHEADS_NOTE, deployments.overheads(OVERHEADS), List.of()));
        parts.add(new Part(FAMILIES, Deployments.FAMILIES_NOTE, deployments.families(FAMILIES), List.of()));
        return new ServingValidation(parts);
    }

    private static Part unjudged(String title, String note, List<Comparison> rows) {
        Part part = part(title, note, rows);
        return new Part(part.title, part.note, part.table, List.of());
    }

    private static Part part(String title, String note, List<Comparison> rows) {
        List<Column> columns = List.of(
                Column.text("run"),
                Column.text("figure"),
                Column.number("reference"),
                Column.number("Motley"),
                Column.text("unit"),
                Column.number("error"),
                Column.number("goal"),
                Column.text("met"));
        List<List<Cell>> cells = new ArrayList<>();
        for (Comparison row : rows) {
            cells.add(List.of(
                    Cell.text(row.run()),
                    Cell.text(row.figure()),
                    Cell.text(row.referenceText()),
                    Cell.text(row.shown()),
                    Cell.text(row.unit()),
                    Cell.text(row.errorText()),
                    Cell.text(row.goalText()),
                    Cell.text(row.verdict())));
        }
        return new Part(title, note, new Table(title, columns, cells), rows);
    }

    /** Whether all goals are met. */
    public boolean met() {
        return goals(true) == goals(false);
    }

    private long goals(boolean onlyMet) {
        return parts.stream()
                .flatMap(part -> part.judged.stream())
                .filter(Comparison::judged)
                .filter(row -> !onlyMet || row.met())
                .count();
    }

    /** Returns tables for a console. */
    public String text() {
        Report.Builder report = Report.builder("Validation of serving");
        parts.forEach(part -> report.add(part.table));
        return report.build().text() + goals(true) + " of " + goals(false) + " goals are met.\n";
    }

    /** Returns the page docs/validation-serving.md. */
    public String page() {
        StringBuilder page = new StringBuilder("# Validation of serving\n\nMade by\n\n```\n"
                + "java -jar examples/target/motley.jar validate serving --data ../../shared/data --out docs/validation-serving.md\n"
                + "```\n\nRows without a reference are predictions of runs whose results were not seen. An error is Motley over the"
                + " reference, less one. "
                + goals(true) + " of " + goals(false) + " goals are met.\n");
        for (Part part : parts) {
            page.append("\n## ")
                    .append(part.title)
                    .append("\n\n")
                    .append(part.note)
                    .append("\n\n");
            line(page, part.table.columns().stream().map(Column::name).toList());
            line(
                    page,
                    part.table.columns().stream()
                            .map(column -> column.align() == Align.RIGHT ? "---:" : "---")
                            .toList());
            part.table
                    .rows()
                    .forEach(row ->
                            line(page, row.stream().map(ServingValidation::text).toList()));
        }
        return page.toString();
    }

    private static String text(Cell cell) {
        return cell.display();
    }

    private static void line(StringBuilder page, List<String> cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
