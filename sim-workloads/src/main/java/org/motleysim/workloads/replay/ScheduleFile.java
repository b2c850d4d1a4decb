package org.motleysim.workloads.replay;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.motleysim.core.name.NearestName;

/**
 * A recorded schedule in a CSV file with a header, such as the {@code tasks.csv} of a run. Columns, of which further ones are not looked
 * at:
 *
 * <ul>
 *   <li>{@code task}, {@code device} or {@code pe}
 *   <li>{@code start_s} and {@code finish_s}, or the same with {@code _ms}, {@code _us} or {@code _ns}
 *   <li>{@code job_id}, with the name of the graph in {@code job}; or {@code job}, a number
 *   <li>{@code job_arrival_s} and so on; blank or negative in rows that do not tell it
 *   <li>{@code energy_j} or {@code energy_J}
 * </ul>
 *
 * @param file path of the CSV
 */
public record ScheduleFile(Path file) {
    private static final long LARGEST_BYTES = 128L << 20;
    private static final int MOST_PROBLEMS = 20;
    private static final Map<String, Double> UNITS = Map.of("s", 1.0, "ms", 1e-3, "us", 1e-6, "ns", 1e-9);

    /**
     * Reads the schedule.
     *
     * @throws IllegalArgumentException if it is none, with what is wrong by line
     * @throws UncheckedIOException if the file cannot be read
     */
    public RecordedSchedule read() {
        List<String> problems = new ArrayList<>();
        try {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException(file + ": must be a file, and there is none");
            }
            if (Files.size(file) > LARGEST_BYTES) {
                throw new IllegalArgumentException(file + ": " + Files.size(file) + " bytes must not exceed "
                        + LARGEST_BYTES + "\nMaybe it is not a schedule.");
            }
            List<RecordedSchedule.Row> rows = rows(problems);
            if (problems.isEmpty() && rows.isEmpty()) {
                problems.add(file + ": must have rows");
            }
            if (problems.isEmpty()) {
                return new RecordedSchedule(rows);
            }
        } catch (MalformedInputException e) {
            problems.add(file + ": must be text in UTF-8");
        } catch (CSVException e) {
            problems.add(file + ": must be CSV: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(String.join("\n", problems));
    }

    private List<RecordedSchedule.Row> rows(List<String> problems) throws IOException {
        List<RecordedSchedule.Row> rows = new ArrayList<>();
        try (Reader in = Files.newBufferedReader(file);
                CSVParser csv = CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setIgnoreEmptyLines(true)
                        .setTrim(true)
                        .get()
                        .parse(in)) {
            List<String> header = csv.getHeaderNames();
            var columns = new Columns(header);
            for (String needed : columns.missing()) {
                problems.add(file + ":1: column " + needed + " is missing; there are " + String.join(", ", header)
                        + NearestName.of(needed, header)
                                .map(nearest -> "\nMaybe it is called \"" + nearest + "\".")
                                .orElse(""));
            }
            if (!problems.isEmpty()) {
                return rows;
            }
            for (CSVRecord row : csv) {
                if (problems.size() == MOST_PROBLEMS) {
                    problems.add("... and perhaps more; reading stopped here");
                    return rows;
                }
                try {
                    if (!row.isConsistent()) {
                        throw new IllegalArgumentException(
                                "has " + row.size() + " columns, the header has " + header.size());
                    }
                    rows.add(columns.row(row));
                } catch (IllegalArgumentException e) {
                    problems.add(file + ":" + csv.getCurrentLineNumber() + ": " + e.getMessage());
                }
            }
        }
        return rows;
    }

    /** A column of times and its unit. */
    private record TimeColumn(String name, double unit) {
        static Optional<TimeColumn> of(String prefix, List<String> header) {
            for (String suffix : List.of("s", "ms", "us", "ns")) {
                if (header.contains(prefix + "_" + suffix)) {
                    return Optional.of(new TimeColumn(prefix + "_" + suffix, UNITS.getOrDefault(suffix, 1.0)));
                }
            }
            return Optional.empty();
        }

        double seconds(CSVRecord row) {
            return number(row, name) * unit;
        }
    }

    private static final class Columns {
        private final List<String> header;
        private final Optional<TimeColumn> start;
        private final Optional<TimeColumn> finish;
        private final Optional<TimeColumn> arrival;
        private final String device;
        private final Optional<String> energy;

        Columns(List<String> header) {
            this.header = header;
            this.start = TimeColumn.of("start", header);
            this.finish = TimeColumn.of("finish", header);
            this.arrival = TimeColumn.of("job_arrival", header);
            this.device = header.contains("device") ? "device" : "pe";
            this.energy = List.of("energy_j", "energy_J").stream()
                    .filter(header::contains)
                    .findFirst();
        }

        List<String> missing() {
            List<String> missing = new ArrayList<>();
            if (!header.contains("task")) {
                missing.add("task");
            }
            if (!header.contains(device)) {
                missing.add("device");
            }
            if (start.isEmpty()) {
                missing.add("start_s");
            }
            if (finish.isEmpty()) {
                missing.add("finish_s");
            }
            return missing;
        }

        RecordedSchedule.Row row(CSVRecord row) {
            String numberColumn = header.contains("job_id") ? "job_id" : "job";
            double number = header.contains(numberColumn) ? number(row, numberColumn) : 0;
            if (number < 0 || number != Math.rint(number)) {
                throw new IllegalArgumentException(
                        numberColumn + " (" + row.get(numberColumn) + ") must be a whole number, zero or more");
            }
            String graph = header.contains("job_id") && header.contains("job") ? row.get("job") : "";
            OptionalDouble arrived = arrival.filter(
                            column -> !row.get(column.name).isEmpty())
                    .map(column -> column.seconds(row))
                    .filter(seconds -> seconds >= 0)
                    .map(OptionalDouble::of)
                    .orElse(OptionalDouble.empty());
            OptionalDouble joules = energy.filter(column -> !row.get(column).isEmpty())
                    .map(column -> OptionalDouble.of(number(row, column)))
                    .orElse(OptionalDouble.empty());
            return new RecordedSchedule.Row(
                    (long) number,
                    graph,
                    row.get("task"),
                    row.get(device),
                    arrived,
                    start.orElseThrow().seconds(row),
                    finish.orElseThrow().seconds(row),
                    joules);
        }
    }

    private static double number(CSVRecord row, String column) {
        try {
            double value = Double.parseDouble(row.get(column));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, with what is allowed.
        }
        throw new IllegalArgumentException(column + " (" + row.get(column) + ") must be a number");
    }
}
