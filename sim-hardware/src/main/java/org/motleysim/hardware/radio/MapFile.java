package org.motleysim.hardware.radio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file of points: cells, or the way of a station. Names of columns may be in any case. */
final class MapFile {
    private static final int MOST_TOLD = 10;
    private static final long LARGEST_BYTES = 64L << 20;

    /**
     * One point.
     *
     * @param line of the file
     * @param name as in the file, or its number
     * @param seconds when it is reached, if the file says so
     * @param degrees whether the point is in degrees
     * @param first x in metres, or the latitude
     * @param second y in metres, or the longitude
     */
    record Row(long line, String name, OptionalDouble seconds, boolean degrees, double first, double second) {
        Position position(Optional<Position.Origin> origin) {
            return degrees ? origin.orElseThrow().position(first, second) : new Position(first, second);
        }
    }

    private final List<Row> rows;

    private MapFile(List<Row> rows) {
        this.rows = rows;
    }

    static MapFile read(Path file) {
        List<Row> rows = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new IllegalArgumentException(
                        file + ": " + Files.size(file) + " bytes must not exceed " + LARGEST_BYTES);
            }
            parse(file, rows, refusals);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("file of points (" + file + ") must exist", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        if (refusals.isEmpty() && rows.isEmpty()) {
            refusals.add(file + ": must have a point");
        }
        if (!refusals.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join("\n", refusals.subList(0, Math.min(MOST_TOLD, refusals.size()))));
        }
        return new MapFile(rows);
    }

    private static void parse(Path file, List<Row> rows, List<String> refusals) throws IOException {
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser = CSVParser.builder()
                        .setReader(text)
                        .setFormat(CSVFormat.RFC4180
                                .builder()
                                .setIgnoreSurroundingSpaces(true)
                                .get())
                        .get()) {
            Map<String, Integer> columns = new TreeMap<>();
            for (CSVRecord row : parser) {
                if (columns.isEmpty()) {
                    for (int i = 0; i < row.size(); i++) {
                        columns.put(row.get(i).strip().toLowerCase(Locale.ROOT), i);
                    }
                    checkHeader(file, columns);
                } else if (row.size() > 1 || !row.get(0).isBlank()) {
                    try {
                        rows.add(row(row, columns, rows.size()));
                    } catch (IllegalArgumentException e) {
                        refusals.add(file + ", line " + parser.getCurrentLineNumber() + ": " + e.getMessage());
                    }
                }
            }
        }
    }

    private static void checkHeader(Path file, Map<String, Integer> columns) {
        boolean metres = columns.containsKey("x") && columns.containsKey("y");
        boolean degrees = columns.containsKey("latitude") && columns.containsKey("longitude");
        if (metres == degrees) {
            throw new IllegalArgumentException(file + ", line 1: columns (" + String.join(", ", columns.keySet())
                    + ") must have either x and y, or latitude and longitude");
        }
    }

    private static Row row(CSVRecord row, Map<String, Integer> columns, int number) {
        boolean degrees = columns.containsKey("latitude");
        double first = number(row, columns, degrees ? "latitude" : "x");
        double second = number(row, columns, degrees ? "longitude" : "y");
        boolean inRange = degrees
                ? Math.abs(first) <= 85 && Math.abs(second) <= 180
                : Math.abs(first) < Double.POSITIVE_INFINITY && Math.abs(second) < Double.POSITIVE_INFINITY;
        if (!inRange) {
            throw new IllegalArgumentException("point (" + first + ", " + second + ") must be "
                    + (degrees ? "a latitude from -85 to 85 and a longitude from -180 to 180" : "finite"));
        }
        OptionalDouble seconds =
                columns.containsKey("time") ? OptionalDouble.of(number(row, columns, "time")) : OptionalDouble.empty();
        String name = "cell-" + number;
        for (String column : List.of("name", "id")) {
            Integer at = columns.get(column);
            if (at != null && at < row.size() && !row.get(at).isBlank()) {
                name = column.equals("id")
                        ? "cell-" + row.get(at).strip()
                        : row.get(at).strip();
                break;
            }
        }
        return new Row(row.getRecordNumber(), name, seconds, degrees, first, second);
    }

    private static double number(CSVRecord row, Map<String, Integer> columns, String column) {
        int at = columns.getOrDefault(column, -1);
        if (at >= row.size()) {
            throw new IllegalArgumentException(column + " is missing");
        }
        String text = row.get(at).strip();
        try {
            double value = Double.parseDouble(text);
            if (Double.isNaN(value)) {
                throw new NumberFormatException(text);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + " (" + text + ") must be a number", e);
        }
    }

    List<Row> rows() {
        return rows;
    }

    /** The first point, if points are in degrees. */
    Optional<Position.Origin> firstOrigin() {
        Row first = rows.get(0);
        return first.degrees() ? Optional.of(new Position.Origin(first.first(), first.second())) : Optional.empty();
    }
}
