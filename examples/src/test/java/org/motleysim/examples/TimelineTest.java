package org.motleysim.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.scenario.ScenarioFile;

/** The timeline against the rules of "Trace Event Format" (Google, 2016), which Chrome and Perfetto read, and against the books of its run. */
class TimelineTest {
    @TempDir
    private Path folder;

    @Test
    void timeline_mixedServing_obeysTheFormatAndShowsAllBusyTime() throws IOException {
        Path file = folder.resolve("timeline.json");
        Scenario whole = ScenarioFile.read(Path.of("scenarios", "mixed-serving.json"));
        RunResult result = Scenario.of(whole.cluster(), whole.workloads().get(0))
                .seed(whole.seed())
                .horizon(Duration.ofSeconds(20))
                .timeline(file)
                .build()
                .run();

        JsonNode trace = new ObjectMapper().readTree(file.toFile());
        Set<String> named = new HashSet<>();
        Map<String, String> threads = new HashMap<>();
        Map<String, Long> endOfLast = new HashMap<>();
        Map<String, Long> busyNanos = new TreeMap<>();
        for (JsonNode event : trace.get("traceEvents")) {
            String phase = event.get("ph").asText();
            assertTrue(Set.of("X", "i", "C", "M").contains(phase), event.toString());
            assertTrue(event.get("pid").isInt() && event.get("tid").isInt(), event.toString());
            assertFalse(event.get("name").asText().isEmpty(), event.toString());
            String row = event.get("pid") + "/" + event.get("tid");
            if (phase.equals("M")) {
                String name = event.get("args").get("name").asText();
                if (event.get("name").asText().equals("process_name")) {
                    named.add(event.get("pid").asText());
                    threads.put("process " + event.get("pid"), name);
                } else {
                    assertEquals("thread_name", event.get("name").asText());
                    assertEquals(null, threads.put(row, name), "a row is named once");
                }
                continue;
            }
            assertTrue(
                    threads.containsKey(row) && named.contains(event.get("pid").asText()), "named before its use");
            long start = nanos(event.get("ts"));
            if (phase.equals("i")) {
                assertTrue(Set.of("g", "p", "t").contains(event.get("s").asText()), event.toString());
            } else if (phase.equals("C")) {
                event.get("args").forEach(value -> assertTrue(value.isNumber(), event.toString()));
            } else {
                long end = start + nanos(event.get("dur"));
                // Rows of this run show one iteration after another: spans of one row may nest, but must not cross.
                assertTrue(start >= endOfLast.getOrDefault(row, 0L), event.toString());
                endOfLast.put(row, end);
                String device = threads.get("process " + event.get("pid"));
                busyNanos.merge(device, Math.min(end, 20_000_000_000L) - start, Long::sum);
            }
        }
        assertEquals(8, busyNanos.size(), busyNanos.toString());
        busyNanos.forEach((device, busy) -> assertEquals(
                result.metrics().value("device." + device + ".utilization") * 20, busy / 1e9, 1e-6, device));
    }

    /** Microseconds with at most three decimals, exactly. */
    private static long nanos(JsonNode microseconds) {
        return microseconds.decimalValue().movePointRight(3).longValueExact();
    }
}
