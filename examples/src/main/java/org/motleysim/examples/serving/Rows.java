package org.motleysim.examples.serving;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** Rows of a table of results, by the names of their columns. */
final class Rows {
    private Rows() {}

    static List<Map<String, String>> of(Path file) {
        try (Reader text = Files.newBufferedReader(file)) {
            return CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(text).stream()
                    .map(CSVRecord::toMap)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    static Map<String, Map<String, String>> byKey(Path file, String column) {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        of(file).forEach(row -> rows.put(row.getOrDefault(column, ""), row));
        return rows;
    }
}
