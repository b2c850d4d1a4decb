package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.workloads.Problem;

class MemoryTierCodecTest {
    private static final Path FOLDER = Path.of("..", "examples", "scenarios");

    private static String scenario(String tiers, String workload) {
        return """
                {
                  "motley": 1,
                  "name": "tiers",
                  "cluster": {
                    "devices": [
                      {"device": "nvidia-rtx-4090-24gb", "host": {"tiers": [%s]}}
                    ],
                    "price": "free"
                  },
                  "workloads": [%s]
                }
                """.formatted(tiers, workload);
    }

    private static String streamed(String from, int window) {
        return """
                {
                  "kind": "streamed-layers", "model": "llama-3-70b", "from": ["%s"], "window": %d,
                  "promptTokens": 64, "outputTokens": 2
                }
                """.formatted(from, window);
    }

    private static List<Problem> problems(String json) {
        return assertThrows(ScenarioException.class, () -> ScenarioFile.parse(json, FOLDER))
                .problems();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cold-start.json", "streamed-70b.json"})
    void example_writtenAndRead_isTheSame(String file) {
        Scenario scenario = ScenarioFile.read(FOLDER.resolve(file));

        assertEquals(scenario, ScenarioFile.parse(ScenarioFile.write(scenario), FOLDER));
        assertEquals(List.of(), scenario.problems());
    }

    @Test
    void read_tierOfTheCatalogueSeveralTimes_isStriped() {
        String json = scenario(
                "{\"tier\": \"ddr5-4800-64gb\", \"count\": 8, \"name\": \"ram\"}, \"lexar-nm790-4tb\"",
                streamed("nvme", 2));

        List<MemoryTier> tiers = ScenarioFile.parse(json, FOLDER)
                .cluster()
                .groups()
                .get(0)
                .host()
                .orElseThrow()
                .tiers();

        assertEquals("ram", tiers.get(0).name());
        assertEquals(Bytes.gibibytes(512), tiers.get(0).capacity());
        assertEquals(307.2e9, tiers.get(0).bandwidth().bytesPerSecond(), 1);
        assertEquals("lexar-nm790-4tb", tiers.get(1).name());
    }

    @Test
    void read_severalFaults_allComeAtOnce() {
        List<Problem> problems = problems(scenario("""
                "lexar-nm970-4tb",
                {"name": "a", "kind": "nvm", "capacity": "1 TB", "bandwidth": "3 GB/s"},
                {"name": "b", "kind": "nvme", "capacity": "1 TB", "bandwidth": "0 B/s"},
                {"name": "c"}
                """, streamed("nvme", 0)));

        String all = problems.toString();
        assertEquals(5, problems.size(), all);
        assertTrue(all.contains("lexar-nm790-4tb"), all);
        assertTrue(all.contains("Maybe \"nvme\""), all);
        assertTrue(all.contains("bandwidth of memory b"), all);
        assertTrue(all.contains("must have kind, capacity, bandwidth"), all);
        assertTrue(all.contains("$.workloads[0].window"), all);
    }

    @Test
    void read_tierThatTheHostLacks_isAProblemWithTheNearestName() {
        List<Problem> problems = problems(scenario("\"lexar-nm790-4tb\"", streamed("nvmf", 2)));

        assertEquals(1, problems.size());
        assertEquals("$.workloads[0].from[0]", problems.get(0).path());
        assertEquals("Maybe \"nvme\".", problems.get(0).hint());
    }
}
