package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.NumberFormats;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.model.ModelSpec;

class NumberFormatFieldsTest {
    private static final String SCENARIO = """
            {
              "motley": 1,
              %s
              "cluster": {
                "devices": [{"name": "gpus", "device": "nvidia-a100-sxm-80gb"}],
                "network": {"kind": "fair-share", "bandwidth": "100 Gbit/s", "latency": "10 us"}
              },
              "workloads": [{
                "kind": "llm-serving",
                "model": "llama-3-8b",
                "weightFormat": "%s",
                "kvFormat": "%s",
                "arrivals": {"kind": "poisson", "rate": "2 /s"},
                "lengths": {"kind": "fixed", "prompt": 100, "output": 20}
              }],
              "horizon": "10 s"
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void weightFormat_everyName_isReadAndWrittenAgain() throws IOException {
        for (String name : List.of("mxfp4", "nvfp4", "int3", "int4-b128s16", "fp8", "binary")) {
            Scenario read = ScenarioFile.read(file("", name, "fp8-e5m2"));

            assertEquals(name, model(read).weightFormat().label());
            assertEquals(read.workloads(), ScenarioFile.read(written(read)).workloads());
        }
    }

    /** 7 of the 8 billion weights are in matrices of layers; blocks add an eighth of a bit to 4. */
    @Test
    void weightFormat_withScales_takesTheirBytesToo() {
        ModelSpec plain = ModelSpec.builtIn("llama-3-8b").withWeightFormat(NumberFormat.INT4);
        ModelSpec groups = plain.withWeightFormat(NumberFormats.builtIn().get("int4-b128s16"));
        double matrices = 32 * (2.0 * 4096 * 4096 + 2.0 * 4096 * 1024 + 3.0 * 4096 * 14336);

        assertEquals(
                matrices / 128 * 2,
                (double) groups.weightBytes().value() - plain.weightBytes().value(),
                1);
        assertEquals(NumberFormat.BF16, groups.computeFormat());
        assertEquals(
                NumberFormat.MXFP4, plain.withWeightFormat(NumberFormat.MXFP4).computeFormat());
    }

    @Test
    void formats_ofTheScenario_areKnownBelowAndWritten() throws IOException {
        String own = """
                "formats": [
                  {"name": "my-fp5", "element": "e2m2", "special": "none"},
                  {"name": "my-blocks", "element": "e2m2", "block": 16, "scale": "e8", "multiplier": "my-fp5"}
                ],""";

        Scenario read = ScenarioFile.read(file(own, "my-blocks", "my-fp5"));

        assertEquals(5.5, model(read).weightFormat().bitsPerElement());
        assertEquals(model(read), model(ScenarioFile.read(written(read))));
    }

    @Test
    void formats_inAFile_areRead() throws IOException {
        NumberFormat mine = NumberFormat.builder("my-fp5", "e2m2").build();
        Files.writeString(folder.resolve("mine.json"), NumberFormats.write(List.of(mine)));

        Scenario read = ScenarioFile.read(file("\"formats\": \"mine.json\",", "my-fp5", "bf16"));

        assertEquals(mine, model(read).weightFormat());
    }

    @Test
    void formats_wrong_tellsEverythingAtOnce() throws IOException {
        String own = """
                "formats": [
                  {"name": "a", "element": "int9"},
                  {"name": "b", "element": "int4", "block": 32},
                  {"name": "fp8", "element": "int4"}
                ],""";
        Path file = file(own, "mxpf4", "fp88");

        var refusal = assertThrows(ScenarioException.class, () -> ScenarioFile.read(file));

        assertEquals(
                List.of(
                        "$.formats[0]",
                        "$.formats[1]",
                        "$.formats[2]",
                        "$.workloads[0].weightFormat",
                        "$.workloads[0].kvFormat"),
                refusal.problems().stream().map(Problem::path).toList());
        assertTrue(refusal.problems().get(3).toString().contains("Maybe \"mxfp4\"."), refusal.toString());
    }

    private Path file(String formats, String weights, String cache) throws IOException {
        return Files.writeString(folder.resolve("scenario.json"), SCENARIO.formatted(formats, weights, cache));
    }

    private Path written(Scenario scenario) throws IOException {
        return Files.writeString(folder.resolve("written.json"), ScenarioFile.write(scenario));
    }

    private static ModelSpec model(Scenario scenario) {
        return ((LlmServing) scenario.workloads().get(0)).model();
    }
}
