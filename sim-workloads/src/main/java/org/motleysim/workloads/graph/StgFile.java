package org.motleysim.workloads.graph;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.motleysim.core.engine.SimTime;

/**
 * A graph of the Standard Task Graph Set (Tobita and Kasahara, "A standard task graph set for fair evaluation of multiprocessor scheduling
 * algorithms", Journal of Scheduling 5(5), 2002). The first line has the number of tasks n; then a line for each of the n + 2 tasks, the
 * first and the last of which take no time: its number, its time, the number of its predecessors, and these. Lines behind a {@code #} are
 * comments. Nothing flows along the edges.
 *
 * @param file path of the text
 * @param unit how long a time of one is
 */
public record StgFile(Path file, Duration unit) implements GraphSource {
    /** @throws IllegalArgumentException if the unit is not positive */
    public StgFile {
        if (unit.isNegative() || unit.isZero()) {
            throw new IllegalArgumentException("unit (" + unit + ") must be more than zero");
        }
    }

    private record Row(long line, String text) {}

    @Override
    public TaskGraph read() {
        var problems = new GraphProblems();
        try {
            problems.checkFile(file);
            problems.check();
            List<Row> rows = rows();
            if (rows.isEmpty()) {
                problems.add(file + ": must begin with the number of tasks");
                problems.check();
            }
            return graph(rows, problems);
        } catch (MalformedInputException e) {
            problems.add(file + ": must be text in UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        problems.check();
        throw new IllegalStateException("unreachable: there is a problem");
    }

    private List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(file)) {
            long number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                String text = line.replaceFirst("#.*", "").strip();
                if (!text.isEmpty()) {
                    rows.add(new Row(number, text));
                }
            }
        }
        return rows;
    }

    private TaskGraph graph(List<Row> rows, GraphProblems problems) {
        TaskGraph.Builder graph = TaskGraph.builder(
                        file.getFileName().toString().replaceFirst("\\.[A-Za-z]+$", ""))
                .source(this);
        List<long[]> numbers = new ArrayList<>();
        for (Row row : rows) {
            numbers.add(numbers(row, problems));
        }
        problems.check();
        long tasks = numbers.get(0)[0] + 2;
        if (numbers.get(0).length != 1 || rows.size() - 1 != tasks) {
            problems.add(
                    file,
                    rows.get(0).line,
                    "number of tasks (" + rows.get(0).text + ") must be two less than the lines behind it, which are "
                            + (rows.size() - 1));
            problems.check();
        }
        for (int i = 1; i < rows.size(); i++) {
            long[] row = numbers.get(i);
            if (row.length < 3 || row.length != 3 + row[2] || row[0] != i - 1) {
                problems.add(
                        file,
                        rows.get(i).line,
                        "must be the number " + (i - 1) + ", a time, a number of predecessors and as many of them");
                continue;
            }
            graph.add(new Task.Recorded(
                    Long.toString(row[0]), Duration.ofNanos(SimTime.nanos(row[1] * SimTime.seconds(unit.toNanos())))));
        }
        problems.check();
        for (int i = 1; i < rows.size(); i++) {
            long[] row = numbers.get(i);
            for (int k = 3; k < row.length; k++) {
                try {
                    graph.edge(graph.number(Long.toString(row[k])), i - 1, 0.0);
                } catch (IllegalArgumentException e) {
                    problems.add(file, rows.get(i).line, String.valueOf(e.getMessage()));
                }
            }
        }
        problems.check();
        return GraphProblems.built(file, graph, problems);
    }

    private long[] numbers(Row row, GraphProblems problems) {
        String[] words = row.text.split("\\s+");
        long[] numbers = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            try {
                numbers[i] = Long.parseLong(words[i]);
            } catch (NumberFormatException e) {
                numbers[i] = -1;
            }
            if (numbers[i] < 0) {
                problems.add(file, row.line, "(" + words[i] + ") must be a whole number, zero or more");
                return new long[] {0};
            }
        }
        return numbers;
    }
}
