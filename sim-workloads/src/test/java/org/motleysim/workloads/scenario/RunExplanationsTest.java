package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motleysim.core.report.Section.Table;
import org.motleysim.workloads.llm.IterationLog;

/** What a result says of itself beside its numbers: what bound the time, when it was spent, and what was set. */
class RunExplanationsTest {
    private static final Path SCENARIOS = Path.of("..", "examples", "scenarios");
    private static final List<String> PARTS = List.of("compute", "memory", "launch", "network", "other", "waiting");

    private static RunResult run(String file) {
        return ScenarioFile.read(SCENARIOS.resolve(file), Map.of("warmup", "1 s", "horizon", "10 s"))
                .run();
    }

    @Test
    void bounds_ofADevice_addUpToItsTime() {
        RunResult result = run("mixed-serving.json");
        for (DeviceResult device : result.devices()) {
            String name = "device." + device.name() + ".bound.";
            double sum = PARTS.stream()
                    .mapToDouble(part -> result.metrics().value(name + part))
                    .sum();
            assertEquals(1, sum, 1e-9, device.name());
            assertEquals(
                    result.metrics().value("device." + device.name() + ".utilization"),
                    1 - result.metrics().value(name + "waiting"),
                    1e-9);
        }
    }

    /** Eight H100 that sum activations after each layer wait for their links; a single one has none to wait for. */
    @Test
    void bounds_withTensorParallelism_areTheLinksToo() {
        RunResult split = run("tensor-parallel-70b.json");
        String first = split.devices().get(0).name();
        assertTrue(split.metrics().value("device." + first + ".bound.network") > 0.01, first);
        assertEquals(0, run("mixed-serving.json").metrics().value("device.h100-0.bound.network"));
    }

    /** An A10G has 600 GB/s and 125 TFLOP/s, an H100 3.35 TB/s and 989: the H100 has less arithmetic left to wait for memory. */
    @Test
    void bounds_ofASmallBatch_areTheMemory() {
        RunResult light = ScenarioFile.read(
                        SCENARIOS.resolve("mixed-serving.json"),
                        Map.of("warmup", "1 s", "horizon", "20 s", "workloads[0].arrivals.rate", "1 /s"))
                .run();
        double memory = light.metrics().value("device.h100-0.bound.memory");
        double compute = light.metrics().value("device.h100-0.bound.compute");
        assertTrue(
                memory > 5 * compute,
                "decoding one sequence reads all weights for one token: " + memory + ", " + compute);
    }

    @Test
    void iterations_ofAReplica_areItsBusyTime() {
        RunResult result = run("mixed-serving.json");
        IterationLog log = result.logs().stream()
                .filter(IterationLog.class::isInstance)
                .map(IterationLog.class::cast)
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < result.devices().size(); i++) {
            assertEquals(
                    result.devices().get(i).utilization() * result.metrics().value("time.simulated"),
                    log.busyNanos(i) / 1e9,
                    1e-6);
        }
    }

    @Test
    void digest_leavesTheExplanationsOut() {
        RunResult result = run("mixed-serving.json");
        assertEquals(result.digest(), run("mixed-serving.json").digest());
        assertTrue(result.metrics().find("device.h100-0.bound.memory").isPresent());
    }

    @Test
    void differences_ofTheMainExample_areItsOptionalFields() {
        Scenario scenario = ScenarioFile.read(SCENARIOS.resolve("mixed-serving.json"));
        Table table = UsualValues.differences(scenario).orElseThrow();
        List<String> fields =
                table.rows().stream().map(row -> row.get(0).display()).toList();
        assertTrue(fields.contains("seed"), fields.toString());
        assertTrue(fields.contains("warmup"), fields.toString());
        assertTrue(fields.contains("workloads[0].routing"), fields.toString());
        assertTrue(!fields.contains("cluster.devices"), "what must be given has no default");
    }

    /** A field that is set to what the table calls its default leaves the table. */
    @Test
    void differences_thatAreUndone_areGone() {
        Path file = SCENARIOS.resolve("mixed-serving.json");
        Table table = UsualValues.differences(ScenarioFile.read(file)).orElseThrow();
        int undone = 0;
        for (var row : table.rows()) {
            String usual = row.get(2).display();
            if (usual.equals("-")) {
                continue;
            }
            Optional<Table> without = UsualValues.differences(
                    ScenarioFile.read(file, Map.of(row.get(0).display(), usual)));
            assertTrue(
                    without.stream().flatMap(left -> left.rows().stream()).noneMatch(left -> left.get(0)
                            .equals(row.get(0))),
                    row.get(0).display() + " set to " + usual);
            undone++;
        }
        assertTrue(undone >= 3, undone + " fields with a default");
    }
}
