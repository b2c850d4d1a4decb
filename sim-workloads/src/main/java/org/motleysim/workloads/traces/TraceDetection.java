package org.motleysim.workloads.traces;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.name.NearestName;

/** Recognises a {@link TraceFormat} by the first line of a file. */
final class TraceDetection {
    private TraceDetection() {}

    static TraceFormat detect(Path file) throws IOException {
        TraceBuilder rows = new TraceBuilder(file.toString());
        String first = firstLine(file, rows);
        if (first == null) {
            throw rows.fatal(0, "is empty");
        }
        if (first.startsWith("{")) {
            return TraceFormat.MOONCAKE;
        }
        List<String> columns = CsvTraceReader.columns(first);
        return formatOf(columns).orElseThrow(() -> rows.fatal(1, unknown(first, columns)));
    }

    private static @Nullable String firstLine(Path file, TraceBuilder rows) throws IOException {
        try (BufferedReader reader = new BufferedReader(BoundedLines.open(file, rows))) {
            String line = reader.readLine();
            return line == null ? null : withoutMark(line).strip();
        }
    }

    /** Some programs put a byte order mark before the first character. */
    static String withoutMark(String line) {
        return line.startsWith("\uFEFF") ? line.substring(1) : line;
    }

    private static Optional<TraceFormat> formatOf(List<String> columns) {
        return Arrays.stream(TraceFormat.values())
                .filter(format -> format != TraceFormat.MOONCAKE)
                .filter(format ->
                        columns.containsAll(List.of(format.timeColumn(), format.promptColumn(), format.outputColumn())))
                .findFirst();
    }

    private static String unknown(String first, List<String> columns) {
        List<String> headers = Arrays.stream(TraceFormat.values())
                .filter(format -> format != TraceFormat.MOONCAKE)
                .map(TraceFormat::header)
                .toList();
        Optional<String> near =
                first.length() > 200 ? Optional.empty() : NearestName.of(String.join(",", columns), headers);
        return "header (" + TraceBuilder.shown(first) + ") must contain one of "
                + headers.stream().collect(Collectors.joining("; ")) + "; or the file must be Mooncake JSON lines"
                + near.map(header -> "\nMaybe \"" + header + "\".").orElse("");
    }
}
