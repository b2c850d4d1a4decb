package org.motleysim.workloads.federated.population;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.motleysim.core.engine.SimTime;

/** FedScale's availability of clients. */
final class FedScaleHoursFile {
    private static final List<String> COLUMNS = List.of("client", "active", "inactive", "finish_time");

    private final Path file;
    private final TraceProblems problems;
    private final Map<String, List<Double>> edges = new LinkedHashMap<>();
    private final Map<String, Double> periods = new LinkedHashMap<>();

    FedScaleHoursFile(Path file) {
        this.file = file;
        this.problems = new TraceProblems(file);
    }

    List<TraceHours.Device> read() {
        try {
            if (file.toString().endsWith(".json")) {
                readJson();
            } else {
                readCsv();
            }
        } catch (IOException e) {
            problems.add("", "cannot be read: " + e);
        }
        List<TraceHours.Device> devices = new ArrayList<>();
        edges.forEach((client, times) -> {
            try {
                devices.add(new TraceHours.Device(
                        client,
                        times.stream().mapToLong(SimTime::nanos).toArray(),
                        SimTime.nanos(periods.getOrDefault(client, 0.0))));
            } catch (IllegalArgumentException e) {
                problems.add("client " + client, String.valueOf(e.getMessage()));
            }
        });
        if (devices.isEmpty() && problems.isEmpty()) {
            problems.add("", "must have at least one client");
        }
        problems.throwIfAny();
        return devices;
    }

    private void readCsv() throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (CSVParser parser = CSVParser.parse(file, java.nio.charset.StandardCharsets.UTF_8, format)) {
            List<String> missing = COLUMNS.stream()
                    .filter(column -> !parser.getHeaderMap().containsKey(column))
                    .toList();
            if (!missing.isEmpty()) {
                problems.add("line 1", "columns " + missing + " are missing; it has " + parser.getHeaderNames());
                return;
            }
            for (CSVRecord row : parser) {
                String place = "line " + (row.getRecordNumber() + 1);
                String client = row.get("client");
                List<Double> times = edges.computeIfAbsent(client, unused -> new ArrayList<>());
                if (!row.get("active").isBlank() || !row.get("inactive").isBlank()) {
                    times.add(problems.seconds(place + ", active", row.get("active")));
                    times.add(problems.seconds(place + ", inactive", row.get("inactive")));
                }
                periods.put(client, problems.seconds(place + ", finish_time", row.get("finish_time")));
            }
        }
    }

    private void readJson() throws IOException {
        JsonNode root = new ObjectMapper().readTree(Files.newBufferedReader(file));
        if (!root.isObject()) {
            problems.add("$", "must be an object with a field for each client");
            return;
        }
        root.properties().forEach(entry -> {
            String place = "$." + entry.getKey();
            JsonNode active = entry.getValue().path("active");
            JsonNode inactive = entry.getValue().path("inactive");
            JsonNode finish = entry.getValue().path("finish_time");
            if (!active.isArray() || !inactive.isArray() || active.size() != inactive.size() || !finish.isNumber()) {
                problems.add(
                        place, "must have \"active\" and \"inactive\", equally many, and a number \"finish_time\"");
                return;
            }
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < active.size(); i++) {
                times.add(problems.seconds(
                        place + ".active[" + i + "]", active.get(i).asText()));
                times.add(problems.seconds(
                        place + ".inactive[" + i + "]", inactive.get(i).asText()));
            }
            edges.put(entry.getKey(), times);
            periods.put(entry.getKey(), finish.asDouble());
        });
    }
}
