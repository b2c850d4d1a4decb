package org.motleysim.examples.reproductions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** A published table, by column. Immutable. */
final class DataTable {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    private final Path file;
    private final List<String> columns;
    private final List<CSVRecord> rows;

    private DataTable(Path file, List<String> columns, List<CSVRecord> rows) {
        this.file = file;
        this.columns = columns;
        this.rows = rows;
    }

    /** @throws IllegalArgumentException if there is no such file */
    static DataTable read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("table (" + file
                    + ") must exist\nMaybe --data names another folder than that of the papers' tables.");
        }
        try (BufferedReader text = Files.newBufferedReader(file);
                var parser = FORMAT.parse(text)) {
            return new DataTable(file, parser.getHeaderNames(), parser.getRecords());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    boolean has(String column) {
        return columns.contains(column);
    }

    int rows() {
        return rows.size();
    }

    String text(String column, int row) {
        if (!has(column)) {
            throw new IllegalArgumentException(file + " must have the column (" + column + "), not only " + columns);
        }
        return rows.get(row).get(column);
    }

    double number(String column, int row) {
        return Double.parseDouble(text(column, row));
    }

    /** Returns a column of numbers, or the sum of several whose names stand with a plus between them. */
    double[] numbers(String names) {
        var sums = new double[rows()];
        for (String name : names.split("\\+")) {
            Arrays.setAll(sums, row -> sums[row] + number(name, row));
        }
        return sums;
    }

    /** Returns the rows that are wanted. */
    DataTable where(IntPredicate wanted) {
        return new DataTable(
                file,
                columns,
                IntStream.range(0, rows()).filter(wanted).mapToObj(rows::get).toList());
    }
}
