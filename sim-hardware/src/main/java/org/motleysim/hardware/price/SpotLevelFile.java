package org.motleysim.hardware.price;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads recorded prices of a spot market; what is wrong is told of all lines at once. */
final class SpotLevelFile {
    private static final int MOST_TOLD = 10;

    private SpotLevelFile() {}

    static List<SpotLevel.Step> read(Path file) {
        List<SpotLevel.Step> steps = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser rows = CSVParser.builder()
                        .setReader(text)
                        .setFormat(CSVFormat.RFC4180)
                        .get()) {
            boolean header = true;
            for (CSVRecord row : rows) {
                if (header) {
                    String found = String.join(",", row.toList());
                    if (!found.equals(SpotLevel.Recorded.HEADER)) {
                        refusals.add("line 1: header (" + found + ") must be " + SpotLevel.Recorded.HEADER);
                    }
                    header = false;
                } else if (row.size() > 1 || !row.get(0).isEmpty()) {
                    try {
                        steps.add(new SpotLevel.Step(Double.parseDouble(row.get(0)), Double.parseDouble(row.get(1))));
                    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                        refusals.add("line " + row.getRecordNumber() + ": " + row.toList()
                                + " must be seconds and a level, numbers from 0 on");
                    }
                }
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("file of spot prices (" + file + ") must exist", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        if (!refusals.isEmpty()) {
            throw new IllegalArgumentException(
                    file + ", " + String.join("\n", refusals.subList(0, Math.min(MOST_TOLD, refusals.size()))));
        }
        return steps;
    }
}
