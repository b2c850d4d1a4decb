package org.motleysim.workloads.llm.optable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file with a header; whatever is wrong with it is named by file, line and column. */
final class TableFile {
    private static final CSVFormat FORMAT = CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreEmptyLines(true)
            .get();

    private TableFile() {}

    /** One row. */
    record Row(Path file, CSVRecord fields) {
        String text(String column) {
            if (!fields.isMapped(column)) {
                throw new IllegalArgumentException(file + " must have a column \"" + column + "\"\nMaybe it is "
                        + "another table: its columns are "
                        + String.join(", ", fields.getParser().getHeaderNames()) + ".");
            }
            if (!fields.isSet(column)) {
                throw wrong(column, "", "must be there");
            }
            return fields.get(column);
        }

        /** A finite number, zero or more. */
        double number(String column) {
            String text = text(column);
            try {
                double value = Double.parseDouble(text);
                if (value >= 0 && value < Double.POSITIVE_INFINITY) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // The message below says more than the exception.
            }
            throw wrong(column, text, "must be a finite number, zero or more");
        }

        /** A whole number, zero or more. */
        int whole(String column) {
            double value = number(column);
            if (value != Math.rint(value) || value > Integer.MAX_VALUE) {
                throw wrong(column, text(column), "must be a whole number, zero or more");
            }
            return (int) value;
        }

        private IllegalArgumentException wrong(String column, String text, String rule) {
            return new IllegalArgumentException(
                    file + ", line " + (fields.getRecordNumber() + 1) + ": " + column + " (\"" + text + "\") " + rule);
        }
    }

    /**
     * Hands over each row.
     *
     * @throws IllegalArgumentException if there is no such file, or it has no rows
     */
    static void read(Path file, Consumer<Row> rows) {
        boolean any = false;
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser =
                        CSVParser.builder().setReader(text).setFormat(FORMAT).get()) {
            for (CSVRecord fields : parser) {
                any = true;
                rows.accept(new Row(file, fields));
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("table (" + file + ") must exist", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        if (!any) {
            throw new IllegalArgumentException("table (" + file + ") must have rows\nMaybe it is empty.");
        }
    }
}
