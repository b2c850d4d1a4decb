package org.motleysim.workloads.graph;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.motleysim.core.name.NearestName;
import org.motleysim.hardware.device.NumberFormat;

/**
 * A task graph in two CSV files with a header each. Further columns are allowed and not looked at.
 *
 * <ul>
 *   <li>tasks: a column named "task" (the name), and one of {@code flop} (operations, computed in {@link #format}), {@code runtime_s} (recorded
 *       seconds) or {@code type} (looked up in {@link MeasuredTimes}); perhaps {@code memory_bytes}, and {@code collective} with {@code
 *       size_bytes} in the rows of collectives over the devices of the tasks before them
 *   <li>edges: {@code src}, {@code dst} (names of tasks), and {@code bytes}, which may be missing for edges that only order
 * </ul>
 *
 * @param tasks path of the tasks
 * @param edges path of the edges
 * @param format in which {@code flop} is computed
 */
public record GraphFiles(Path tasks, Path edges, NumberFormat format) implements GraphSource {
    @Override
    public TaskGraph read() {
        var problems = new GraphProblems();
        try {
            problems.checkFile(tasks);
            problems.checkFile(edges);
            problems.check();
            TaskGraph.Builder graph = TaskGraph.builder(nameOf(tasks)).source(this);
            readTasks(graph, problems);
            readEdges(graph, problems);
            problems.check();
            return GraphProblems.built(tasks, graph, problems);
        } catch (MalformedInputException e) {
            problems.add(tasks + " or " + edges + ": must be text in UTF-8");
        } catch (CSVException e) {
            problems.add(tasks + " or " + edges + ": must be CSV: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + tasks + " and " + edges + ": " + e.getMessage(), e);
        }
        problems.check();
        throw new IllegalStateException("unreachable: there is a problem");
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.replaceFirst("\\.[A-Za-z]+$", "").replaceFirst("_tasks$", "");
    }

    private static CSVParser parser(Reader in) throws IOException {
        return CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .get()
                .parse(in);
    }

    private void readTasks(TaskGraph.Builder graph, GraphProblems problems) throws IOException {
        try (Reader in = Files.newBufferedReader(tasks);
                CSVParser csv = parser(in)) {
            boolean known = TaskFields.KINDS.stream().anyMatch(csv.getHeaderNames()::contains);
            if (!known || !has(csv, tasks, problems, "task")) {
                problems.add(
                        tasks,
                        1,
                        "columns (" + String.join(",", csv.getHeaderNames()) + ") must contain task, and one of "
                                + String.join(", ", TaskFields.KINDS));
                return;
            }
            for (CSVRecord row : csv) {
                if (!row.isConsistent()) {
                    problems.add(
                            tasks,
                            csv.getCurrentLineNumber(),
                            "has " + row.size() + " columns, the header has "
                                    + csv.getHeaderNames().size());
                    continue;
                }
                try {
                    graph.add(TaskFields.task(row.get("task"), row.toMap(), format));
                } catch (IllegalArgumentException e) {
                    problems.add(tasks, csv.getCurrentLineNumber(), String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private void readEdges(TaskGraph.Builder graph, GraphProblems problems) throws IOException {
        try (Reader in = Files.newBufferedReader(edges);
                CSVParser csv = parser(in)) {
            if (!has(csv, edges, problems, "src") || !has(csv, edges, problems, "dst")) {
                return;
            }
            boolean sized = csv.getHeaderNames().contains("bytes");
            for (CSVRecord row : csv) {
                if (!row.isConsistent()) {
                    problems.add(
                            edges,
                            csv.getCurrentLineNumber(),
                            "has " + row.size() + " columns, the header has "
                                    + csv.getHeaderNames().size());
                    continue;
                }
                try {
                    graph.edge(
                            graph.number(row.get("src")),
                            graph.number(row.get("dst")),
                            sized ? TaskFields.number("bytes", row.get("bytes")) : 0);
                } catch (IllegalArgumentException e) {
                    problems.add(edges, csv.getCurrentLineNumber(), String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private static boolean has(CSVParser csv, Path file, GraphProblems problems, String column) {
        if (csv.getHeaderNames().contains(column)) {
            return true;
        }
        String hint = NearestName.of(column, csv.getHeaderNames())
                .map(nearest -> "\nMaybe it is called \"" + nearest + "\".")
                .orElse("");
        problems.add(
                file,
                1,
                "column " + column + " is missing; there are " + String.join(", ", csv.getHeaderNames()) + hint);
        return false;
    }
}
