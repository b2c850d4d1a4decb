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
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.split.SplitJob;
import org.motleysim.workloads.split.Variant;

class SplitFileTest {
    private static final Path FOLDER = Path.of("..", "examples", "scenarios");

    @TempDir
    Path folder;

    private static String example() throws IOException {
        return Files.readString(FOLDER.resolve("split-camera.json"));
    }

    @Test
    void example_writtenAndRead_isTheSame() throws IOException {
        Scenario scenario = ScenarioFile.parse(example(), FOLDER);

        assertEquals(scenario, ScenarioFile.parse(ScenarioFile.write(scenario), FOLDER));
        assertEquals(List.of(), scenario.problems());
    }

    @Test
    void example_run_answersMostFramesInTime() throws IOException {
        RunResult result = ScenarioFile.parse(example(), FOLDER).run();

        // Ten minutes of five frames a second, and the first at zero.
        assertEquals(3_001, result.metrics().value("frames.generated"));
        assertTrue(result.metrics().value("deadline.attainment") > 0.99);
        assertTrue(result.report().text().contains("camera: variants"));
    }

    /** A quarter of a byte for each of 64 x 56 x 56 elements behind the first pool. */
    @Test
    void cut_sendsWhatCrosses() throws IOException {
        SplitJob job =
                (SplitJob) ScenarioFile.parse(example(), FOLDER).workloads().get(0);
        Variant cut = job.variants().get(2);

        assertEquals(50_176, cut.upload().value());
        Variant local = job.variants().get(0);
        assertEquals(1, local.stages().get(0).exitShare());
        assertTrue(cut.stages().get(0).time().compareTo(local.stages().get(0).time()) < 0);
    }

    @Test
    void linkOfAFile_isRead() throws IOException {
        Files.writeString(folder.resolve("link.csv"), "seconds,mbps\n0,8\n1,0\n");
        String json = example()
                .replaceFirst("\\{\"kind\": \"fading\"[^}]*}", "{\"kind\": \"trace\", \"file\": \"link.csv\"}");
        SplitJob job = (SplitJob) ScenarioFile.parse(json, folder).workloads().get(0);

        assertEquals(5e5, job.link().meanBytesPerSecond(), 1e-6);
    }

    @Test
    void badFile_tellsEverythingAtOnce() throws IOException {
        String json = example()
                .replace("\"after\": \"maxpool\"", "\"after\": \"maxpol\"")
                .replace(
                        "\"network\": \"resnet-50\", \"format\": \"fp32\", \"device\"",
                        "\"network\": \"resnet-51\", \"format\": \"fp32\", \"device\"")
                .replace("\"exitShare\": 0.1", "\"exitShare\": 1.1")
                .replace("\"policy\": \"frugal\"", "\"policy\": \"frugl\"")
                .replace("\"radio\": \"wifi\"", "\"radio\": \"wify\"");
        List<Problem> problems = assertThrows(ScenarioException.class, () -> ScenarioFile.parse(json, FOLDER))
                .problems();

        assertEquals(
                List.of(
                        "$.workloads[0].variants[0].network",
                        "$.workloads[0].variants[2]",
                        "$.workloads[0].variants[3].stages[0].exitShare",
                        "$.workloads[0].policy",
                        "$.workloads[0].radio"),
                problems.stream().map(Problem::path).toList());
        assertEquals("Maybe \"maxpool\".", problems.get(1).hint());
    }
}
