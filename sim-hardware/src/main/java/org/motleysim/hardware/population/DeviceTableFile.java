package org.motleysim.hardware.population;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a table of devices from a file. */
final class DeviceTableFile {
    private static final Set<String> OWN_COLUMNS =
            Arrays.stream(Attribute.values()).map(Attribute::column).collect(Collectors.toSet());

    static final String CLASS = "class";
    static final String WEIGHT = "weight";

    private final Path file;
    private final ColumnMapping mapping;

    DeviceTableFile(Path file, ColumnMapping mapping) {
        this.file = file;
        this.mapping = mapping;
    }

    void read(DeviceTable.Rows rows) {
        try {
            if (file.toString().endsWith(".json")) {
                readJson(rows);
            } else {
                readCsv(rows);
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("table of devices (" + file + ") must exist", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private void readCsv(DeviceTable.Rows rows) throws IOException {
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser records = CSVParser.builder()
                        .setReader(text)
                        .setFormat(CSVFormat.RFC4180)
                        .get()) {
            List<String> header = List.of();
            for (CSVRecord record : records) {
                if (header.isEmpty()) {
                    header = record.toList();
                    requireColumns(Set.copyOf(header), file + ", line 1: ");
                } else if (record.size() > 1 || !record.get(0).isEmpty()) {
                    String where = file + ", line " + record.getRecordNumber() + ": ";
                    if (record.size() != header.size()) {
                        throw new IllegalArgumentException(where + "a row (" + record.size()
                                + " fields) must have as many as the header (" + header.size() + ")");
                    }
                    Map<String, String> fields = new LinkedHashMap<>();
                    for (int i = 0; i < header.size(); i++) {
                        fields.put(header.get(i), record.get(i));
                    }
                    add(rows, fields, where);
                }
            }
        }
    }

    private void readJson(DeviceTable.Rows rows) throws IOException {
        JsonNode list = new ObjectMapper().readTree(file.toFile());
        if (!list.isArray()) {
            throw new IllegalArgumentException(file + " must be a list of objects, one a device");
        }
        int number = 0;
        for (JsonNode each : list) {
            String where = file + ", item " + number++ + ": ";
            if (!each.isObject()) {
                throw new IllegalArgumentException(where + each + " must be an object");
            }
            Map<String, String> fields = new LinkedHashMap<>();
            each.properties()
                    .forEach(
                            field -> fields.put(field.getKey(), field.getValue().asText()));
            requireColumns(fields.keySet(), where);
            add(rows, fields, where);
        }
    }

    private void requireColumns(Set<String> columns, String where) {
        Set<String> missing = mapping.missing(columns);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    where + "columns (" + String.join(", ", missing) + ") are mapped and missing; there are "
                            + columns.stream().sorted().toList());
        }
        for (Attribute attribute : Attribute.values()) {
            if (mapping.sources().containsKey(attribute)) {
                continue;
            }
            String stem = attribute.name().toLowerCase(java.util.Locale.ROOT);
            for (String column : columns) {
                if (column.startsWith(stem) && !OWN_COLUMNS.contains(column)) {
                    throw new IllegalArgumentException(where + "column (" + column + ") must be "
                            + attribute.column() + "\nMaybe convert it: units are " + attribute.unit()
                            + ", and bits are not bytes.");
                }
            }
            if (attribute.required() && !columns.contains(attribute.column())) {
                throw new IllegalArgumentException(where + "column " + attribute.column() + " is missing; there are "
                        + columns.stream().sorted().toList());
            }
        }
    }

    private void add(DeviceTable.Rows rows, Map<String, String> given, String where) {
        if (!mapping.takes(given)) {
            return;
        }
        Map<String, String> fields = mapping.own(given, where);
        if (mapping.skipUnusable() && !isUsable(fields)) {
            return;
        }
        Attribute[] attributes = Attribute.values();
        double[] row = new double[attributes.length];
        for (int i = 0; i < row.length; i++) {
            Attribute attribute = attributes[i];
            String text = fields.getOrDefault(attribute.column(), "");
            row[i] = text.isEmpty() && !attribute.required()
                    ? attribute.absent()
                    : attribute.checked(where, number(text, where + attribute.column()));
        }
        double weight = fields.containsKey(WEIGHT) ? number(fields.getOrDefault(WEIGHT, ""), where + WEIGHT) : 1;
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(where + "weight (" + weight + ") must be a finite number above zero");
        }
        rows.add(fields.getOrDefault(CLASS, "device"), weight, row);
    }

    private static boolean isUsable(Map<String, String> fields) {
        for (Attribute attribute : Attribute.values()) {
            String text = fields.getOrDefault(attribute.column(), "");
            if (attribute.required() && (text.isEmpty() || !attribute.isUsable(number(text, attribute.column())))) {
                return false;
            }
        }
        return true;
    }

    private static double number(String text, String what) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " (" + text + ") must be a number", e);
        }
    }
}
