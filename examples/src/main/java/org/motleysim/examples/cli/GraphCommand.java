package org.motleysim.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.quantity.Durations;
import org.motleysim.core.report.AtomicFile;
import org.motleysim.core.report.Cell;
import org.motleysim.core.report.Report;
import org.motleysim.core.report.Section.Column;
import org.motleysim.core.report.Section.Table;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.graph.ChakraFile;
import org.motleysim.workloads.graph.DotFile;
import org.motleysim.workloads.graph.DotWriter;
import org.motleysim.workloads.graph.GraphFiles;
import org.motleysim.workloads.graph.GraphSource;
import org.motleysim.workloads.graph.StgFile;
import org.motleysim.workloads.graph.TaskGraph;
import org.motleysim.workloads.graph.WorkflowFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graph}: reads a task graph, tells its size, and writes it in DOT. */
@Command(
        name = "graph",
        mixinStandardHelpOptions = true,
        description = "Reads a task graph, tells its size, and writes it in DOT.",
        footer = {
            "",
            "Examples:",
            "  motley graph montage.json",
            "  motley graph rand0001.stg --unit \"1 ms\" --dot rand0001.dot"
        })
final class GraphCommand implements Callable<Integer> {
    /** How the file is read. */
    enum Kind {
        WFFORMAT,
        STG,
        DOT,
        CHAKRA
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "A workflow (.json), .stg, .dot, or a Chakra trace (.et); or the tasks of a pair of CSV files.")
    private Path file = Path.of("");

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "${COMPLETION-CANDIDATES}; by default as the name ends.")
    private @Nullable Kind kind;

    @Option(names = "--edges", paramLabel = "FILE", description = "The edges, when FILE is a CSV of tasks.")
    private @Nullable Path edges;

    @Option(
            names = "--unit",
            paramLabel = "TIME",
            description = "How long a time of one is in an STG file; \"1 s\" by default.")
    private String unit = "1 s";

    @Option(names = "--dot", paramLabel = "FILE", description = "Write the graph there in DOT.")
    private @Nullable Path dot;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        TaskGraph graph = source().read();
        int entries = 0;
        int widest = 0;
        int[] depth = new int[graph.size()];
        for (int i = 0; i < graph.size(); i++) {
            int task = graph.inOrder(i);
            entries += graph.inDegree(task) == 0 ? 1 : 0;
            for (int edge = graph.firstOut(task); edge < graph.firstOut(task + 1); edge++) {
                depth[graph.target(edge)] = Math.max(depth[graph.target(edge)], depth[task] + 1);
            }
            widest = Math.max(widest, depth[task]);
        }
        if (dot != null) {
            AtomicFile.write(dot, out -> {
                var text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
                DotWriter.write(graph, text);
                text.flush();
            });
        }
        Objects.requireNonNull(spec, "picocli sets it")
                .commandLine()
                .getOut()
                .print(json ? json(graph, entries, widest + 1) : text(graph, entries, widest + 1));
        return 0;
    }

    private static String text(TaskGraph graph, int entries, int longest) {
        var table = new Table(
                "",
                List.of(Column.text("what"), Column.number("value")),
                List.of(
                        List.of(Cell.text("tasks"), Cell.of(graph.size(), "1")),
                        List.of(Cell.text("edges"), Cell.of(graph.edges(), "1")),
                        List.of(Cell.text("tasks that need no other"), Cell.of(entries, "1")),
                        List.of(Cell.text("tasks on the longest chain"), Cell.of(longest, "1")),
                        List.of(Cell.text("flows along edges"), Cell.of(graph.totalBytes(), "B"))));
        return Report.builder(graph.name()).add(table).build().text();
    }

    private static String json(TaskGraph graph, int entries, int longest) {
        return Json.print(JsonNodeFactory.instance
                .objectNode()
                .put("name", graph.name())
                .put("tasks", graph.size())
                .put("edges", graph.edges())
                .put("entryTasks", entries)
                .put("longestChain", longest)
                .put("flowBytes", graph.totalBytes()));
    }

    private GraphSource source() {
        if (edges != null) {
            return new GraphFiles(file, edges, NumberFormat.FP64);
        }
        return switch (kind == null ? byName() : kind) {
            case WFFORMAT -> new WorkflowFile(file);
            case STG -> new StgFile(file, time());
            case DOT -> new DotFile(file, NumberFormat.FP64);
            case CHAKRA -> new ChakraFile(file, NumberFormat.FP16);
        };
    }

    private Kind byName() {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return Kind.WFFORMAT;
        }
        if (name.endsWith(".stg")) {
            return Kind.STG;
        }
        if (name.endsWith(".dot") || name.endsWith(".gv")) {
            return Kind.DOT;
        }
        if (name.endsWith(".et")) {
            return Kind.CHAKRA;
        }
        throw new IllegalArgumentException("file (" + file + ") must end in .json, .stg, .dot, .gv or .et"
                + "\nMaybe tell --kind, or --edges for a pair of CSV files.");
    }

    private Duration time() {
        return Durations.parse(unit);
    }
}
