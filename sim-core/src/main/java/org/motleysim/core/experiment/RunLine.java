package org.motleysim.core.experiment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.motleysim.core.metric.Metric;
import org.motleysim.core.metric.MetricSet;

/**
 * One run as one line of JSON: {@code {"study":"...","run":0,"variant":0,"name":"a","replication":0,"seed":1,"metrics":{"x":2.5},
 * "units":{"x":"s"},"crc":"0a1b2c3d"}}. A failed run has {@code "failure"} instead of metrics.
 *
 * <p>Units are written with the first run that has the metric. The checksum is CRC-32C of all bytes before {@code ,"crc"}: a line that was
 * cut or changed is told from a whole one. Doubles have their shortest form, on every JVM.
 */
final class RunLine {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();
    private static final int CHECK_LENGTH = ",\"crc\":\"00000000\"}".length();

    private final String study;
    private final Map<String, String> units = new LinkedHashMap<>();

    RunLine(String study) {
        this.study = study;
    }

    /** The hash of the study. */
    String study() {
        return study;
    }

    /** The line with its line feed, and with the units that no line before it had. */
    byte[] write(RunRecord run) throws IOException {
        var fresh = new LinkedHashMap<String, String>();
        for (Metric metric : run.metrics().orElse(MetricSet.builder().build())) {
            if (units.putIfAbsent(metric.name(), metric.unit()) == null) {
                fresh.put(metric.name(), metric.unit());
            }
        }
        return write(run, fresh);
    }

    /** A line that stands for itself. */
    byte[] writeWhole(RunRecord run) throws IOException {
        var all = new LinkedHashMap<String, String>();
        run.metrics().ifPresent(metrics -> metrics.forEach(metric -> all.put(metric.name(), metric.unit())));
        return write(run, all);
    }

    private byte[] write(RunRecord run, Map<String, String> written) throws IOException {
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("study", study);
            json.writeNumberField("run", run.run());
            json.writeNumberField("variant", run.variant());
            json.writeStringField("name", run.name());
            json.writeNumberField("replication", run.replication());
            json.writeNumberField("seed", run.seed());
            if (run.metrics().isPresent()) {
                json.writeObjectFieldStart("metrics");
                for (Metric metric : run.metrics().get()) {
                    json.writeNumberField(metric.name(), metric.value());
                }
                json.writeEndObject();
            } else {
                json.writeStringField("failure", run.failure().orElseThrow());
            }
            if (!written.isEmpty()) {
                json.writeObjectFieldStart("units");
                for (var unit : written.entrySet()) {
                    json.writeStringField(unit.getKey(), unit.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        byte[] open = bytes.toByteArray();
        int length = open.length - 1;
        byte[] line = new byte[length + CHECK_LENGTH + 1];
        System.arraycopy(open, 0, line, 0, length);
        byte[] check = (",\"crc\":\"" + checksum(open, length) + "\"}\n").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(check, 0, line, length, check.length);
        return line;
    }

    /** Reads a line without its line feed; empty when it is not whole, or of another study. */
    Optional<RunRecord> read(byte[] line, int length) {
        int body = length - CHECK_LENGTH;
        if (body <= 0) {
            return Optional.empty();
        }
        String end = new String(line, body, CHECK_LENGTH, StandardCharsets.US_ASCII);
        if (!end.equals(",\"crc\":\"" + checksum(line, body) + "\"}")) {
            return Optional.empty();
        }
        try {
            JsonNode json = MAPPER.readTree(line, 0, length);
            return json.path("study").asText().equals(study) ? Optional.of(record(json)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private RunRecord record(JsonNode json) {
        json.path("units")
                .properties()
                .forEach(unit -> units.put(unit.getKey(), unit.getValue().asText()));
        @Nullable JsonNode measured = json.get("metrics");
        Optional<MetricSet> metrics = Optional.empty();
        if (measured != null) {
            var set = MetricSet.builder();
            measured.properties()
                    .forEach(metric -> set.put(
                            metric.getKey(),
                            metric.getValue().doubleValue(),
                            units.getOrDefault(metric.getKey(), "1")));
            metrics = Optional.of(set.build());
        }
        return new RunRecord(
                json.path("run").longValue(),
                json.path("variant").intValue(),
                json.path("name").asText(),
                json.path("replication").intValue(),
                json.path("seed").longValue(),
                metrics,
                Optional.ofNullable(json.get("failure")).map(JsonNode::asText));
    }

    private static String checksum(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        String digits = Long.toHexString(crc.getValue());
        return "0".repeat(8 - digits.length()) + digits;
    }
}
