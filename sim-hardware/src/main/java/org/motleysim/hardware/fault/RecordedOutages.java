package org.motleysim.hardware.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Outages as they happened. Devices that are not mentioned never fail. Immutable, with equality by what happened. */
public final class RecordedOutages implements Outages {
    /** The header of a file of outages: times in seconds since the start of the run. */
    public static final String HEADER = "device,down_s,up_s";

    private static final int MOST_TOLD = 10;

    private final List<Outage> outages;
    private final Optional<Path> file;

    RecordedOutages(List<Outage> outages) {
        this(outages, Optional.empty());
    }

    private RecordedOutages(List<Outage> outages, Optional<Path> file) {
        this.outages = outages.stream()
                .sorted(Comparator.comparingInt(Outage::device).thenComparingDouble(Outage::downSeconds))
                .toList();
        this.file = file;
        List<String> overlaps = new ArrayList<>();
        for (int i = 1; i < this.outages.size(); i++) {
            Outage before = this.outages.get(i - 1);
            Outage next = this.outages.get(i);
            if (next.device() == before.device() && next.downSeconds() < before.upSeconds()) {
                overlaps.add("outages of device " + next.device() + " (" + before + ", " + next + ") must not overlap");
            }
        }
        requireNone(overlaps, "\nMaybe one of them belongs to another device.");
    }

    /** Tells of everything that is wrong, or at least of the beginning. */
    private static void requireNone(List<String> refusals, String hint) {
        if (!refusals.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join("\n", refusals.subList(0, Math.min(MOST_TOLD, refusals.size()))) + hint);
        }
    }

    /**
     * Reads a CSV file with the header {@value #HEADER}.
     *
     * @throws IllegalArgumentException naming the line, if the file is missing or something in it is wrong
     */
    public static RecordedOutages read(Path file) {
        List<Outage> outages = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        try (BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CSVParser rows = CSVParser.builder()
                        .setReader(text)
                        .setFormat(CSVFormat.RFC4180)
                        .get()) {
            boolean header = true;
            for (CSVRecord row : rows) {
                if (header) {
                    requireHeader(file, String.join(",", row.toList()));
                    header = false;
                } else if (row.size() > 1 || !row.get(0).isEmpty()) {
                    try {
                        outages.add(outage(file, row));
                    } catch (IllegalArgumentException e) {
                        refusals.add(String.valueOf(e.getMessage()));
                    }
                }
            }
            if (header) {
                requireHeader(file, "");
            }
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("file of outages (" + file + ") must exist", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        requireNone(refusals, "");
        return new RecordedOutages(outages, Optional.of(file));
    }

    private static void requireHeader(Path file, String header) {
        if (!header.equals(HEADER)) {
            throw new IllegalArgumentException(
                    file + ", line 1: header (" + header + ") must be " + HEADER + "\nMaybe add it as the first line.");
        }
    }

    private static Outage outage(Path file, CSVRecord row) {
        try {
            if (row.size() != 3) {
                throw new IllegalArgumentException("fields (" + row.size() + ") must be 3: " + HEADER);
            }
            return new Outage(
                    Integer.parseInt(row.get(0)), Double.parseDouble(row.get(1)), Double.parseDouble(row.get(2)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    file + ", line " + row.getRecordNumber() + ": " + row.toList() + " must be numbers", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ", line " + row.getRecordNumber() + ": " + e.getMessage(), e);
        }
    }

    /** The outages, by device and time. */
    public List<Outage> outages() {
        return outages;
    }

    /** The file they were read from, if they were. */
    public Optional<Path> file() {
        return file;
    }

    /** The highest number of a device, -1 when nothing ever failed. */
    public int lastDevice() {
        return outages.isEmpty() ? -1 : outages.get(outages.size() - 1).device();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordedOutages that && outages.equals(that.outages);
    }

    @Override
    public int hashCode() {
        return outages.hashCode();
    }

    @Override
    public String toString() {
        return "RecordedOutages[" + outages.size() + "]";
    }
}
