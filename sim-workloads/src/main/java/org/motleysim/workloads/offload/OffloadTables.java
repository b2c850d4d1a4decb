package org.motleysim.workloads.offload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.name.NearestName;
import org.motleysim.core.quantity.Bytes;

/**
 * Tables as other simulators and public data sets have them, as CSV with a header. Columns are found by name, whatever their case; each may
 * have the name that EdgeCloudSim or PureEdgeSim uses in its files, so that these can be copied into a table as they are.
 */
public final class OffloadTables {
    private static final List<String> NAME = List.of("app", "application", "name");
    private static final List<String> SHARE = List.of("usage_pct", "usage_percentage");
    private static final List<String> CLOUD = List.of("prob_cloud_pct", "prob_cloud_selection");
    private static final List<String> GAP =
            List.of("mean_interarrival_s", "poisson_interarrival", "mean_inter_arrival_time");
    private static final List<String> ACTIVE = List.of("active_s", "active_period");
    private static final List<String> IDLE = List.of("idle_s", "idle_period");
    private static final List<String> UPLOAD = List.of("upload_kb", "data_upload", "request_size");
    private static final List<String> DOWNLOAD = List.of("download_kb", "data_download", "results_size");
    private static final List<String> WORK = List.of("task_mi", "task_length");
    private static final List<String> DEADLINE = List.of("deadline_s", "max_delay_requirement", "max_delay");
    private static final int KILOBYTE = 1_000;

    private OffloadTables() {}

    /**
     * Reads applications: a name, a share of the devices in percent, the mean time between tasks and the mean sizes are required; the share
     * for the cloud in percent, active and idle spells and a deadline are not. A kilobyte is 1,000 bytes; sizes are exponential, as
     * EdgeCloudSim draws them.
     *
     * @param source takes the rows whose column {@code source} says this; all rows if absent
     * @throws TableException with every problem, each with its line
     * @throws IOException if the file cannot be read
     */
    public static List<Application> applications(Path csv, Optional<String> source) throws IOException {
        List<Application> applications = new ArrayList<>();
        Rows rows = new Rows(csv);
        Set<String> sources = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        rows.each(List.of(NAME, SHARE, GAP, UPLOAD, DOWNLOAD, WORK), row -> {
            Optional<String> of = row.text(List.of("source"));
            of.ifPresent(sources::add);
            if (source.isPresent() && !of.equals(source)) {
                return;
            }
            String name = row.text(NAME).orElse("");
            if (!names.add(name)) {
                row.refuse(
                        "application (\"" + name + "\") must be there once",
                        source.isEmpty() && !sources.isEmpty() ? "Maybe choose one source." : "");
            }
            OptionalDouble share = row.number(SHARE);
            OptionalDouble gap = row.number(GAP);
            OptionalDouble upload = row.number(UPLOAD);
            OptionalDouble download = row.number(DOWNLOAD);
            OptionalDouble work = row.number(WORK);
            OptionalDouble cloud = row.optional(CLOUD);
            OptionalDouble active = row.optional(ACTIVE);
            OptionalDouble idle = row.optional(IDLE);
            OptionalDouble deadline = row.optional(DEADLINE);
            if (share.isEmpty() || gap.isEmpty() || upload.isEmpty() || download.isEmpty() || work.isEmpty()) {
                return;
            }
            row.make(() -> applications.add(new Application(
                    name,
                    share.getAsDouble(),
                    seconds(gap.getAsDouble()),
                    seconds(active.orElse(86_400)),
                    seconds(active.isPresent() ? idle.orElse(0) : 0),
                    Bytes.rounded(upload.getAsDouble() * KILOBYTE),
                    Bytes.rounded(download.getAsDouble() * KILOBYTE),
                    new Work.Instructions(work.getAsDouble()),
                    Application.Sizes.EXPONENTIAL,
                    cloud.orElse(0) / 100,
                    deadline.isPresent() ? Optional.of(seconds(deadline.getAsDouble())) : Optional.empty())));
        });
        if (rows.problems.isEmpty() && applications.isEmpty()) {
            rows.problems.add(csv.getFileName() + ": source ("
                    + source.map(name -> '"' + name + '"').orElse("any")
                    + ") must have rows; there are " + sources
                    + source.flatMap(name -> NearestName.of(name, List.copyOf(sources)))
                            .map(near -> "\nMaybe \"" + near + "\".")
                            .orElse(""));
        }
        rows.check();
        return List.copyOf(applications);
    }

    /**
     * Reads a path: the columns {@code latitude} and {@code longitude}, in degrees.
     *
     * @throws TableException with every problem, each with its line
     * @throws IOException if the file cannot be read
     */
    public static List<Coordinates> path(Path csv) throws IOException {
        List<Coordinates> points = new ArrayList<>();
        Rows rows = new Rows(csv);
        rows.each(List.of(List.of("latitude"), List.of("longitude")), row -> {
            OptionalDouble latitude = row.number(List.of("latitude"));
            OptionalDouble longitude = row.number(List.of("longitude"));
            if (latitude.isPresent() && longitude.isPresent()) {
                row.make(() -> points.add(new Coordinates(latitude.getAsDouble(), longitude.getAsDouble())));
            }
        });
        rows.check();
        return List.copyOf(points);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(SimTime.nanos(seconds));
    }

    /** The rows of one file, and what is wrong with them. */
    private static final class Rows {
        private final Path csv;
        private final List<String> problems = new ArrayList<>();

        Rows(Path csv) {
            this.csv = csv;
        }

        @FunctionalInterface
        interface Reader {
            void read(Row row);
        }

        void each(List<List<String>> required, Reader reader) throws IOException {
            CSVFormat format = CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setIgnoreHeaderCase(true)
                    .setTrim(true)
                    .get();
            try (CSVParser records = CSVParser.parse(csv, StandardCharsets.UTF_8, format)) {
                List<String> header = records.getHeaderNames().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList();
                for (List<String> names : required) {
                    if (names.stream().noneMatch(header::contains)) {
                        problems.add(csv.getFileName() + ":1: column (" + String.join(" or ", names)
                                + ") must be there; there are " + String.join(", ", header));
                    }
                }
                if (problems.isEmpty()) {
                    for (CSVRecord record : records) {
                        reader.read(new Row(record, records.getCurrentLineNumber(), this));
                    }
                }
            }
        }

        void check() {
            if (!problems.isEmpty()) {
                throw new TableException(problems);
            }
        }
    }

    private record Row(CSVRecord record, long line, Rows rows) {
        Optional<String> text(List<String> names) {
            return names.stream()
                    .filter(name -> record.isMapped(name) && record.isSet(name))
                    .map(record::get)
                    .filter(text -> !text.isEmpty())
                    .findFirst();
        }

        OptionalDouble number(List<String> names) {
            if (text(names).isEmpty()) {
                refuse(names.get(0) + " must not be empty", "");
                return OptionalDouble.empty();
            }
            return optional(names);
        }

        OptionalDouble optional(List<String> names) {
            Optional<String> text = text(names);
            if (text.isEmpty()) {
                return OptionalDouble.empty();
            }
            try {
                return OptionalDouble.of(Double.parseDouble(text.get()));
            } catch (NumberFormatException e) {
                refuse(names.get(0) + " (\"" + text.get() + "\") must be a number", "");
                return OptionalDouble.empty();
            }
        }

        void make(Runnable made) {
            try {
                made.run();
            } catch (IllegalArgumentException e) {
                refuse(String.valueOf(e.getMessage()), "");
            }
        }

        void refuse(String message, String hint) {
            rows.problems.add(
                    rows.csv.getFileName() + ":" + line + ": " + message + (hint.isEmpty() ? "" : "\n" + hint));
        }
    }
}
