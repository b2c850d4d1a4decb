package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.workloads.Problem;

class OwnDevicesTest {
    private static final String H100 = "nvidia-h100-sxm-80gb";

    private static final String LIMITED = """
            {"name": "nvidia-h100-sxm-80gb", "like": "nvidia-h100-sxm-80gb", "tdp": "500 W", "idle": null}
            """;

    @TempDir
    private Path folder;

    private static String scenario(String devices, String device, String price) {
        return """
                {
                  "motley": 1,
                  %s
                  "cluster": {"devices": [{"name": "only", "count": 1, "device": "%s"}]%s},
                  "workloads": [{
                    "kind": "llm-serving",
                    "model": "llama-3-8b",
                    "arrivals": {"kind": "poisson", "rate": "2 /s"},
                    "lengths": {"kind": "fixed", "prompt": 100, "output": 5}
                  }],
                  "horizon": "5 s"
                }
                """.formatted(devices, device, price);
    }

    private Scenario read(String devices, String device) {
        return ScenarioFile.parse(scenario(devices, device, ""), folder);
    }

    private List<Problem> problems(String devices, String device) {
        return assertThrows(ScenarioException.class, () -> read(devices, device))
                .problems();
    }

    @Test
    void devices_listFileAndFolder_giveTheSameDevice() throws IOException {
        Files.writeString(folder.resolve("mine.json"), "{\"motley-catalog\": 1, \"devices\": [" + LIMITED + "]}");

        Scenario list = read("\"devices\": [" + LIMITED + "],", H100);
        Scenario file = read("\"devices\": \"mine.json\",", H100);
        Scenario all = read("\"devices\": \".\",", H100);

        assertEquals(list, file);
        assertEquals(list, all);
        DeviceSpec limited = list.cluster().groups().get(0).spec();
        assertEquals(Power.watts(500), limited.tdp().orElseThrow());
        assertEquals(list, ScenarioFile.parse(ScenarioFile.write(list), folder));
    }

    @Test
    void run_changedDevice_isToldInReportAndResult() {
        RunResult changed = read("\"devices\": [" + LIMITED + "],", H100).run();
        RunResult plain = read("", H100).run();

        String text = changed.report().text();
        assertTrue(text.contains("Devices that differ from the catalogue"), text);
        assertTrue(text.lines().anyMatch(line -> line.matches(" *" + H100 + " +tdp +700 W +500 W")), text);
        assertTrue(text.lines().anyMatch(line -> line.matches(" *" + H100 + " +idle +70.1 W +-")), text);
        assertTrue(changed.report().html().contains("Devices that differ from the catalogue"));
        var overrides = JsonText.tree(ResultFiles.json(changed)).get("overrides");
        assertEquals(
                "[{\"device\":\"" + H100 + "\",\"field\":\"tdp\",\"catalogue\":\"700 W\",\"run\":\"500 W\"},"
                        + "{\"device\":\"" + H100 + "\",\"field\":\"idle\",\"catalogue\":\"70.1 W\",\"run\":null}]",
                overrides.toString());
        assertFalse(plain.report().text().contains("differ from the catalogue"));
        assertTrue(JsonText.tree(ResultFiles.json(plain)).get("overrides").isEmpty());
    }

    @Test
    void devices_faultsInTheScenario_areToldAtOnceWithTheirPaths() {
        List<Problem> problems = problems(
                "\"devices\": [{\"name\": \"a\", \"kind\": \"gpu\", \"tdp\": \"-1 W\","
                        + " \"memory\": [{\"name\": \"HBM\", \"capacity\": \"80 Gbit\"}]},"
                        + " {\"name\": \"b\", \"like\": \"nvidia-h100-sxm\"}],",
                "nvidia-l4");

        assertEquals(
                List.of(
                        "$.devices[0].memory[0].capacity",
                        "$.devices[0].tdp",
                        "$.devices[1].like",
                        "$.cluster.devices[0].device"),
                problems.stream().map(Problem::path).toList());
        assertEquals("Maybe \"10 GB\": 8 bits are a byte.", problems.get(0).hint());
        assertEquals("Maybe \"nvidia-h100-sxm-80gb\".", problems.get(2).hint());
        assertEquals("Maybe \"nvidia-l4-24gb\".", problems.get(3).hint());
    }

    @Test
    void devices_faultsInAFile_nameTheFileAndThePathInIt() throws IOException {
        Files.writeString(
                folder.resolve("mine.json"),
                "{\"motley-catalog\": 1, \"devices\": [{\"name\": \"a\", \"kind\": \"gpu\", \"tdp\": \"1\", \"idle\": 1}]}");

        List<Problem> problems = problems("\"devices\": \"mine.json\",", H100);

        assertEquals(2, problems.size());
        assertTrue(problems.stream().allMatch(problem -> problem.path().equals("$.devices")));
        assertTrue(problems.get(0).message().contains("mine.json $.devices[0].tdp: "), problems.toString());
        assertTrue(problems.get(1).message().contains("mine.json $.devices[0].idle: "), problems.toString());
    }

    @Test
    void devices_fileThatIsNotThere_isAProblem() {
        List<Problem> problems = problems("\"devices\": \"nowhere.json\",", H100);

        assertEquals(1, problems.size());
        assertTrue(problems.get(0).message().contains("nowhere.json"), problems.toString());
    }

    static List<DeviceSpec> catalogue() {
        return Catalog.builtIn().devices();
    }

    /** Any device can be named in a scenario; what its datasheet lacks is told before the run, by its name. */
    @ParameterizedTest
    @MethodSource("catalogue")
    void check_anyDeviceOfTheCatalogue_isRunnableOrNamesItsBlanks(DeviceSpec device) {
        String told;
        try {
            ScenarioFile.parse(scenario("", device.name(), ", \"price\": \"free\""), folder);
            told = "";
        } catch (ScenarioException refusal) {
            told = refusal.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        }
        Optional<MemoryTier> memory = device.memory().stream().findFirst();
        if (device.tdp().isEmpty()) {
            assertTrue(told.contains(device.name() + ") has no tdp"), told);
        }
        if (device.pricePerHour().isEmpty()) {
            assertTrue(problems("", device.name()).toString().contains(device.name() + ") has no pricePerHour"));
        }
        if (memory.isEmpty()) {
            assertTrue(told.contains(device.name() + ") has no memory, "), told);
        } else if (memory.get().knownCapacity().isEmpty()) {
            assertTrue(
                    told.contains(
                            device.name() + ") has no memory." + memory.get().name() + ".capacity"),
                    told);
        }
        if (told.isEmpty()) {
            assertTrue(memory.flatMap(MemoryTier::knownBandwidth).isPresent());
            assertFalse(device.peaks().isEmpty());
        }
        List<String> messages =
                told.lines().filter(line -> line.startsWith("$")).toList();
        assertEquals(messages.stream().distinct().toList(), messages, "each blank is told once");
    }

    @Test
    void check_deviceWithoutBandwidth_namesIt() {
        List<Problem> problems = problems(
                "\"devices\": [{\"name\": \"mine\", \"kind\": \"npu\", \"peak\": {\"fp32\": \"10 TFLOP/s\", \"bf16\": \"100 TFLOP/s\"},"
                        + " \"memory\": [{\"name\": \"HBM\", \"capacity\": \"40 GB\"}], \"tdp\": \"100 W\","
                        + " \"pricePerHour\": \"1 USD/h\"}],",
                "mine");

        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).message().contains("mine) has no memory.HBM.bandwidth"), problems.toString());
    }
}
