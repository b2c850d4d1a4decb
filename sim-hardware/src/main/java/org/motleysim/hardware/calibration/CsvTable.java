package org.motleysim.hardware.calibration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a table row by row: a header, then as many fields in each row. */
final class CsvTable {
    static final CSVFormat FORMAT = CSVFormat.RFC4180;

    private CsvTable() {}

    /** Takes the header once, then each row. */
    interface Reader {
        void header(List<String> columns);

        void row(TableRow row, CSVRecord fields);
    }

    static void read(Path file, Reader reader) {
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser parser =
                        CSVParser.builder().setReader(text).setFormat(FORMAT).get()) {
            Iterator<CSVRecord> records = parser.iterator();
            if (!records.hasNext()) {
                throw new IllegalArgumentException(file + " must be a table with a header\nMaybe it is empty.");
            }
            List<String> header = records.next().toList();
            Map<String, Integer> columns = new LinkedHashMap<>();
            for (int i = 0; i < header.size(); i++) {
                if (columns.put(header.get(i), i) != null) {
                    throw new IllegalArgumentException(
                            file + ", line 1: column \"" + header.get(i) + "\" must not be there twice");
                }
            }
            reader.header(header);
            String name = file.toString();
            while (records.hasNext()) {
                CSVRecord fields = records.next();
                long line = fields.getRecordNumber();
                if (fields.size() == 1 && fields.get(0).isEmpty()) {
                    continue; // an empty line, at the end as a rule
                }
                if (fields.size() != header.size()) {
                    throw new IllegalArgumentException(file + ", line " + line + ": a row (" + fields.size()
                            + " fields) must have as many as the header (" + header.size() + ")");
                }
                reader.row(new TableRow(name, columns, fields, line), fields);
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("file (" + file + ") must exist", e);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(file + " must be text in UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
