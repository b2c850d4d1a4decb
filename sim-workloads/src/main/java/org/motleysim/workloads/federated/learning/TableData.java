package org.motleysim.workloads.federated.learning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.workloads.federated.population.Clients;

/**
 * A user's samples: CSV with the columns {@code client}, {@code label} (0, 1, ...) and any number of further columns, which are features. Rows of
 * the client {@code test} are what the model is tested on. The clients of the file are the first clients of the population, in the order in which
 * they first appear; what each has is what is in the file, and its data volume, which decides how long it trains, should say the same.
 */
public final class TableData implements LearningData {
    private static final String TEST = "test";
    private static final int SHOWN = 20;

    private final Path file;
    private final int features;
    private final int classes;
    private final List<Samples> clients;
    private final Samples test;

    private TableData(Path file, int features, int classes, List<Samples> clients, Samples test) {
        this.file = file;
        this.features = features;
        this.classes = classes;
        this.clients = List.copyOf(clients);
        this.test = test;
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException naming everything that is wrong with it
     */
    public static TableData read(Path file) {
        List<String> problems = new ArrayList<>();
        Map<String, List<double[]>> rows = new LinkedHashMap<>();
        Map<String, List<Integer>> labels = new LinkedHashMap<>();
        int features = 0;
        int classes = 2;
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
            List<String> names = parser.getHeaderNames();
            if (!names.contains("client") || !names.contains("label") || names.size() < 3) {
                throw new IllegalArgumentException("samples (" + file
                        + ") must have the columns client and label and at least one more; it has " + names);
            }
            List<String> columns = names.stream()
                    .filter(name -> !name.equals("client") && !name.equals("label"))
                    .toList();
            features = columns.size();
            for (CSVRecord row : parser) {
                double[] values = new double[features];
                for (int i = 0; i < features; i++) {
                    values[i] = number(row, columns.get(i), problems);
                }
                double label = number(row, "label", problems);
                if (label < 0 || label != Math.rint(label) || label > 10_000) {
                    problems.add("line " + (row.getRecordNumber() + 1) + ", label (" + row.get("label")
                            + ") must be a whole number from 0");
                    label = 0;
                }
                classes = Math.max(classes, 1 + (int) label);
                rows.computeIfAbsent(row.get("client"), unused -> new ArrayList<>())
                        .add(values);
                labels.computeIfAbsent(row.get("client"), unused -> new ArrayList<>())
                        .add((int) label);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("samples (" + file + ") must be readable: " + e, e);
        }
        if (!rows.containsKey(TEST) || rows.size() < 2) {
            problems.add(
                    "there must be rows of a client \"test\", which the model is tested on, and of at least one other");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("samples (" + file + ") are not as they should be:\n"
                    + String.join("\n", problems.subList(0, Math.min(SHOWN, problems.size()))));
        }
        Samples test = samples(rows.remove(TEST), labels.remove(TEST), features);
        List<Samples> clients = new ArrayList<>();
        for (Map.Entry<String, List<double[]>> client : rows.entrySet()) {
            clients.add(samples(client.getValue(), labels.get(client.getKey()), features));
        }
        return new TableData(file, features, classes, clients, test);
    }

    private static double number(CSVRecord row, String column, List<String> problems) {
        String text = row.get(column);
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        problems.add("line " + (row.getRecordNumber() + 1) + ", " + column + " (" + text + ") must be a finite number");
        return 0;
    }

    private static Samples samples(
            @org.jspecify.annotations.Nullable List<double[]> rows,
            @org.jspecify.annotations.Nullable List<Integer> labels,
            int features) {
        List<double[]> own = rows == null ? List.of() : rows;
        double[] values = new double[own.size() * features];
        int[] classes = new int[own.size()];
        for (int i = 0; i < own.size(); i++) {
            System.arraycopy(own.get(i), 0, values, i * features, features);
            classes[i] = labels == null ? 0 : labels.get(i);
        }
        return new Samples(values, classes);
    }

    /** The file it was read from. */
    public Optional<Path> file() {
        return Optional.of(file);
    }

    /** Number of clients that have samples. */
    public int clients() {
        return clients.size();
    }

    /** Returns how many samples a client has. */
    public int samplesOf(int client) {
        return clients.get(client).labels().length;
    }

    @Override
    public int features() {
        return features;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public List<String> problems(int wanted) {
        return wanted <= clients.size()
                ? List.of()
                : List.of("samples (" + file + ") are of " + clients.size() + " clients, and there are " + wanted);
    }

    @Override
    public Source bind(Clients population, RandomStreams streams) {
        return new Source() {
            @Override
            public Samples of(int client) {
                return clients.get(client);
            }

            @Override
            public Samples test() {
                return test;
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableData that && file.equals(that.file);
    }

    @Override
    public int hashCode() {
        return file.hashCode();
    }

    @Override
    public String toString() {
        return "TableData[" + file + ", " + clients.size() + " clients]";
    }
}
