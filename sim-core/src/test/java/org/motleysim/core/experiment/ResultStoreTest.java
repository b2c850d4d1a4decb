package org.motleysim.core.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

class ResultStoreTest {
    @TempDir
    private Path temporary;

    @Test
    void study_killedAtRandomPoints_endsWithTheSameBytesAsOneUnbroken() throws IOException, InterruptedException {
        BrokenStudy.run(temporary.resolve("whole"), 4);
        Path broken = temporary.resolve("broken");
        RandomStream random = RandomStreams.of(11).stream("kill");
        List<Integer> lengths = new ArrayList<>();
        for (int kill = 0; kill < 5; kill++) {
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            BrokenStudy.class.getName(),
                            broken.toString(),
                            "3")
                    .redirectErrorStream(true)
                    .redirectOutput(temporary.resolve("log").toFile())
                    .start();
            Path runs = broken.resolve(ResultStore.RUNS);
            long before = size(runs);
            // Not before it has begun to write: starting a JVM takes longer than the study.
            while (size(runs) <= before && process.isAlive()) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(120));
            process.destroyForcibly();
            assertTrue(process.waitFor(1, TimeUnit.MINUTES));
            lengths.add(Files.readAllLines(runs).size());
        }
        assertTrue(lengths.get(0) < BrokenStudy.RUNS, "killed in time, after lines: " + lengths);
        for (int i = 1; i < lengths.size(); i++) {
            assertTrue(lengths.get(i) >= lengths.get(i - 1), "lines are kept: " + lengths);
        }
        ExperimentResult resumed = BrokenStudy.run(broken, 2);

        assertEquals(BrokenStudy.RUNS, resumed.runs());
        for (String file : List.of(ResultStore.RUNS, ResultStore.STUDY)) {
            assertArrayEquals(
                    Files.readAllBytes(temporary.resolve("whole").resolve(file)),
                    Files.readAllBytes(broken.resolve(file)),
                    file);
        }
        try (var files = Files.list(broken)) {
            assertEquals(2, files.count(), "only the two files are left");
        }
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    @Test
    void replay_ofARunThatWasAhead_doesNotRunItAgain() throws IOException {
        Path folder = temporary.resolve("ahead");
        ExperimentResult whole = BrokenStudy.run(folder, 1);
        List<String> lines = Files.readAllLines(folder.resolve(ResultStore.RUNS));
        // As after a kill: ten lines in order, the next torn, and later ones kept aside.
        Files.writeString(
                folder.resolve(ResultStore.RUNS),
                String.join("\n", lines.subList(0, 10)) + "\n" + lines.get(10).substring(0, 40));
        Files.writeString(folder.resolve("runs.ahead"), lines.get(12) + "\n" + lines.get(14) + "\n{\"study");
        try (ResultStore store = ResultStore.open(folder, "{\"name\": \"broken\"}", true)) {
            List<RunRecord> seen = new ArrayList<>();
            var early = store.replay(seen::add);
            assertEquals(10, seen.size());
            assertEquals(List.of(12L, 14L), List.copyOf(early.keySet()));
            assertEquals(12, store.replayed());
        }
        ExperimentResult again = BrokenStudy.run(folder, 2);
        assertEquals(lines, Files.readAllLines(folder.resolve(ResultStore.RUNS)));
        assertEquals(whole.summary("a", "wait"), again.summary("a", "wait"));
        assertEquals(whole.failures(), again.failures());
        assertEquals("s", again.unit("wait"));
    }

    @Test
    void replay_ofAChangedDigit_dropsTheLineAndAllAfterIt() throws IOException {
        Path folder = temporary.resolve("changed");
        BrokenStudy.run(folder, 1);
        Path runs = folder.resolve(ResultStore.RUNS);
        List<String> lines = Files.readAllLines(runs);
        List<String> changed = new ArrayList<>(lines);
        changed.set(50, lines.get(50).replace("\"replication\":16", "\"replication\":17"));
        Files.write(runs, changed);
        List<RunRecord> good = new ArrayList<>();
        ResultStore.read(folder, good::add);
        assertEquals(50, good.size());
        BrokenStudy.run(folder, 2);
        assertEquals(lines, Files.readAllLines(runs));
    }

    @Test
    void line_isJsonWithTheHashOfTheStudy() throws IOException {
        BrokenStudy.run(temporary, 2);
        JsonNode line = new ObjectMapper()
                .readTree(
                        Files.readAllLines(temporary.resolve(ResultStore.RUNS)).get(0));
        assertEquals(
                ResultStore.hash("{\"name\": \"broken\"}"), line.path("study").asText());
        assertEquals("a", line.path("name").asText());
        assertTrue(line.path("metrics").path("wait").isDouble());
        assertEquals("s", line.path("units").path("wait").asText());
    }

    @Test
    void open_aFolderOfAnotherStudyOrWithRuns_isRefused() throws IOException {
        try (ResultStore store = ResultStore.open(temporary, "one", false)) {
            Experiment.named("one")
                    .variant(Variant.of("a", new LindleyQueue(0.5, 1, 10)))
                    .build()
                    .run(store);
            var locked = assertThrows(IllegalArgumentException.class, () -> ResultStore.open(temporary, "one", true));
            assertTrue(String.valueOf(locked.getMessage()).contains("must be free"), locked.toString());
        }
        var other = assertThrows(IllegalArgumentException.class, () -> ResultStore.open(temporary, "two", true));
        assertTrue(String.valueOf(other.getMessage()).contains("that of another"), other.toString());
        var again = assertThrows(IllegalArgumentException.class, () -> ResultStore.open(temporary, "one", false));
        assertTrue(String.valueOf(again.getMessage()).contains("Maybe resume it"), again.toString());
        assertFalse(Files.exists(temporary.resolve("runs.ahead")));
    }

    @Test
    void read_ofALineThatIsCut_endsBeforeIt() throws IOException {
        BrokenStudy.run(temporary, 2);
        Path runs = temporary.resolve(ResultStore.RUNS);
        Files.writeString(runs, "{\"study\":\"", StandardOpenOption.APPEND);
        List<RunRecord> good = new ArrayList<>();
        assertEquals("{\"name\": \"broken\"}", ResultStore.read(temporary, good::add));
        assertEquals(BrokenStudy.RUNS, good.size());
    }
}
