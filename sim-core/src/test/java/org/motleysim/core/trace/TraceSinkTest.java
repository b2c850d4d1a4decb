package org.motleysim.core.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceSinkTest {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Test
    void chrome_file_readsBack(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("timeline.json");
        try (TraceSink trace = TraceSink.chrome(file)) {
            assertTrue(trace.enabled());
            int iterations = trace.track("h100-0", "iterations");
            int memory = trace.track("h100-0", "memory");
            int other = trace.track("h100-1", "iterations");
            assertEquals(iterations, trace.track("h100-0", "iterations"));
            trace.span(iterations, "prefill \"quoted\"\n\u00e9", 1_234_567_890_123_456_789L, 1_001);
            trace.instant(other, "arrival", 5);
            trace.counter(memory, "KV blocks", 2_000, 0.1);
        }
        JsonNode events = JSON.readTree(file.toFile()).get("traceEvents");
        JsonNode span = only(events, "X");
        assertEquals(new BigDecimal("1234567890123456.789"), span.get("ts").decimalValue());
        assertEquals(new BigDecimal("1.001"), span.get("dur").decimalValue());
        assertEquals("prefill \"quoted\"\n\u00e9", span.get("name").textValue());
        JsonNode counter = only(events, "C");
        assertEquals(new BigDecimal("0.1"), counter.at("/args/value").decimalValue());
        assertEquals(span.get("pid"), counter.get("pid"));
        assertNotEquals(span.get("tid"), counter.get("tid"));
        JsonNode instant = only(events, "i");
        assertNotEquals(span.get("pid"), instant.get("pid"));
        assertEquals(new BigDecimal("0.005"), instant.get("ts").decimalValue());
        assertEquals(5, count(events, "M")); // two processes, three threads
    }

    @Test
    void chrome_runFailsHalfWay_leavesValidJson() {
        var out = new ByteArrayOutputStream();
        assertThrows(IllegalStateException.class, () -> {
            try (TraceSink trace = TraceSink.chrome(out)) {
                trace.span(trace.track("a", "b"), "work", 0, 10);
                throw new IllegalStateException("the run broke");
            }
        });
        JsonNode events = assertReadable(out);
        assertEquals(1, count(events, "X"));
    }

    @Test
    void chrome_wrongArgument_leavesValidJson() throws IOException {
        var out = new ByteArrayOutputStream();
        try (TraceSink trace = TraceSink.chrome(out)) {
            int track = trace.track("a", "b");
            assertThrows(IllegalArgumentException.class, () -> trace.span(7, "work", 0, 10));
            assertThrows(IllegalArgumentException.class, () -> trace.span(track, "work", 0, -10));
            assertThrows(IllegalArgumentException.class, () -> trace.instant(track, "work", -1));
            assertThrows(IllegalArgumentException.class, () -> trace.counter(track, "x", 0, Double.NaN));
            trace.instant(track, "fine", 1);
        }
        assertEquals(1, count(assertReadable(out), "i"));
    }

    @Test
    void close_twice_doesNothing() throws IOException {
        var out = new ByteArrayOutputStream();
        TraceSink trace = TraceSink.chrome(out);
        trace.close();
        trace.close();
        assertEquals(0, assertReadable(out).size());
    }

    @Test
    void chrome_diskFull_isUnchecked() throws IOException {
        TraceSink trace = TraceSink.chrome(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk full");
            }
        });
        int track = trace.track("a", "b");
        assertThrows(UncheckedIOException.class, () -> {
            for (int i = 0; i < 100_000; i++) {
                trace.instant(track, "x", i);
            }
        });
    }

    @Test
    void none_keepsNothing() throws IOException {
        try (TraceSink trace = TraceSink.none()) {
            assertFalse(trace.enabled());
            trace.span(trace.track("a", "b"), "x", 0, 1);
            trace.instant(0, "x", 0);
            trace.counter(0, "x", 0, Double.NaN);
        }
    }

    private static JsonNode assertReadable(ByteArrayOutputStream out) {
        try {
            return JSON.readTree(out.toByteArray()).get("traceEvents");
        } catch (IOException e) {
            throw new AssertionError(out.toString(StandardCharsets.UTF_8), e);
        }
    }

    private static JsonNode only(JsonNode events, String phase) {
        assertEquals(1, count(events, phase));
        for (JsonNode event : events) {
            if (event.get("ph").textValue().equals(phase)) {
                return event;
            }
        }
        throw new AssertionError(phase);
    }

    private static int count(JsonNode events, String phase) {
        int count = 0;
        for (JsonNode event : events) {
            count += event.get("ph").textValue().equals(phase) ? 1 : 0;
        }
        return count;
    }
}
