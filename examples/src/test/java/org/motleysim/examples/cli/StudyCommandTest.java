package org.motleysim.examples.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.experiment.RunRecord;
import org.motleysim.core.metric.MetricSet;

class StudyCommandTest {
    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {}

    private static Outcome motley(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Motley.execute(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Outcome(code, out.toString(), err.toString());
    }

    private Path study(String changes) throws IOException {
        Path file = folder.resolve("study.json");
        String scenario = Path.of("scenarios", "mixed-serving.json")
                .toAbsolutePath()
                .toString()
                .replace('\\', '/');
        Files.writeString(file, """
                {
                  "motleyStudy": 1,
                  "name": "small",
                  "scenario": "%s",
                  "set": {"warmup": "1 s", "horizon": "6 s"},
                  "vary": [{"path": "workloads[0].routing", "values": ["round-robin", "least-work"]}],
                  "replications": 3%s
                }
                """.formatted(scenario, changes));
        return file;
    }

    @Test
    void study_brokenOffAndResumed_writesTheSameFiles() throws IOException {
        String file = study("").toString();
        Path whole = folder.resolve("whole");
        Path broken = folder.resolve("broken");
        Outcome outcome = motley("study", file, "--threads", "2", "--out", whole.toString());

        assertEquals(0, outcome.code, outcome.err);
        assertTrue(outcome.out.contains("routing=least-work"), outcome.out);
        assertEquals(Set.of("study.json", "runs.jsonl", "summary.csv", "study.html"), names(whole));
        List<String> lines = Files.readAllLines(whole.resolve("runs.jsonl"));
        assertEquals(6, lines.size());
        assertEquals(
                "round-robin", Json.parse(lines.get(0)).get("name").asText().replace("routing=", ""));

        Files.createDirectories(broken);
        Files.copy(whole.resolve("study.json"), broken.resolve("study.json"));
        Files.writeString(
                broken.resolve("runs.jsonl"), lines.get(0) + "\n" + lines.get(1).substring(0, 99));
        Outcome refused = motley("study", file, "--out", broken.toString());
        assertEquals(Motley.BAD_INPUT, refused.code);
        assertTrue(refused.err.contains("resume"), refused.err);
        Outcome resumed = motley("study", file, "--threads", "1", "--out", broken.toString(), "--resume");
        assertEquals(0, resumed.code, resumed.err);
        for (String name : names(whole)) {
            assertArrayEquals(Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(broken.resolve(name)), name);
        }

        Outcome other = motley("study", study(", \"seed\": 2").toString(), "--out", broken.toString(), "--resume");
        assertEquals(Motley.BAD_INPUT, other.code);
        assertTrue(other.err.contains("that of another"), other.err);
    }

    private static Set<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet());
        }
    }

    @Test
    void study_withAMisspeltMetric_isToldAfterTheFirstReplication_andGoesOnWhenCorrected() throws IOException {
        String out = folder.resolve("out").toString();
        Outcome misspelt = motley("study", study(", \"compare\": [\"godput\"]").toString(), "--out", out);
        assertEquals(Motley.BAD_INPUT, misspelt.code);
        assertTrue(misspelt.err.contains("metric (\"godput\")"), misspelt.err);
        assertTrue(misspelt.err.contains("Maybe \"goodput\""), misspelt.err);
        assertEquals(2, Files.readAllLines(folder.resolve("out/runs.jsonl")).size());

        Outcome corrected =
                motley("study", study(", \"compare\": [\"goodput\"]").toString(), "--out", out, "--resume");
        assertEquals(0, corrected.code, corrected.err);
        assertEquals(6, Files.readAllLines(folder.resolve("out/runs.jsonl")).size());
    }

    @Test
    void study_thatSearches_goesOnWhereItWasBrokenOff() throws IOException {
        String file = study(
                        ", \"search\": {\"kind\": \"successive-halving\", \"objective\": {\"metric\": \"goodput\", \"aim\": \"high\"}}")
                .toString();
        Path whole = folder.resolve("whole");
        Outcome outcome = motley("study", file, "--out", whole.toString());
        assertEquals(0, outcome.code, outcome.err);
        assertTrue(outcome.out.contains("The best of 2 variants"), outcome.out);
        Path runs = whole.resolve("steps/round-1/runs.jsonl");
        byte[] page = Files.readAllBytes(whole.resolve("study.html"));
        List<String> lines = Files.readAllLines(runs);
        assertEquals(6, lines.size());

        Files.writeString(runs, lines.get(0) + "\n");
        Outcome resumed = motley("study", file, "--out", whole.toString(), "--resume");
        assertEquals(0, resumed.code, resumed.err);
        assertEquals(lines, Files.readAllLines(runs));
        assertArrayEquals(page, Files.readAllBytes(whole.resolve("study.html")));
    }

    @Test
    void run_ofOneVariantAndReplication_isTheRunOfTheStudy() throws IOException {
        String file = study("").toString();
        Path out = folder.resolve("out");
        motley("study", file, "--out", out.toString());
        var line = Json.parse(Files.readAllLines(out.resolve("runs.jsonl")).get(5));
        Outcome again = motley("study", file, "--out", out.toString(), "--run", "routing=least-work:2");

        assertEquals(0, again.code, again.err);
        var result = Json.parse(Files.readString(out.resolve("runs/1-2/result.json")));
        assertEquals(line.get("seed").asLong(), result.get("seed").asLong());
        assertEquals(
                line.get("metrics").get("goodput").asDouble(),
                result.get("metrics").get("goodput").get("value").asDouble());
        assertTrue(Files.exists(out.resolve("runs/1-2/report.html")));
        Outcome misspelt = motley("study", file, "--out", out.toString(), "--run", "routing=least-wrok");
        assertEquals(Motley.BAD_INPUT, misspelt.code);
        assertTrue(misspelt.err.contains("Maybe \"routing=least-work\""), misspelt.err);
    }

    @Test
    void study_withFaults_isRefusedBeforeAnythingRuns() throws IOException {
        String file = study(", \"compare\": 5").toString();
        Outcome outcome = motley("study", file, "--out", folder.resolve("none").toString());

        assertEquals(Motley.BAD_INPUT, outcome.code);
        assertTrue(outcome.err.startsWith(file + ": a problem"), outcome.err);
        assertTrue(outcome.err.contains("$.compare: "), outcome.err);
        assertTrue(Files.notExists(folder.resolve("none")));
    }

    @Test
    void study_checkAndSchema_runNothing() throws IOException {
        assertEquals(
                "ok: 2 variants",
                motley("study", study("").toString(), "--check").out.strip());
        assertTrue(motley("study", "--schema").out.contains("A Motley study, version 1"));
        assertEquals(Motley.BAD_INPUT, motley("study").code);
    }

    @Test
    void compare_ofTwoFolders_pairsEqualSeeds() throws IOException {
        String a = folder.resolve("a").toString();
        String b = folder.resolve("b").toString();
        String c = folder.resolve("c").toString();
        motley("study", study("").toString(), "--out", a);
        motley("study", study(", \"description\": \"slower\"").toString(), "--out", b);
        motley("study", study(", \"seed\": 9").toString(), "--out", c);

        Outcome same = motley("compare", a, b, "--metric", "goodput");
        assertEquals(0, same.code, same.err);
        var json = Json.parse(motley("compare", a, b, "--metric", "goodput", "--json").out);
        assertEquals(0, json.get(0).get("difference").doubleValue(), "the same seeds and settings");
        assertTrue(json.get(0).get("paired").booleanValue());
        assertEquals(2, same.out.lines().count(), same.out);
        assertTrue(same.out.lines().allMatch(line -> line.contains("have the same goodput")), same.out);
        Outcome other = motley("compare", a, c, "--metric", "goodput");
        assertTrue(other.out.lines().allMatch(line -> line.endsWith("(independent)")), other.out);
        Outcome misspelt = motley("compare", a, b, "--metric", "godput");
        assertEquals(Motley.BAD_INPUT, misspelt.code);
        assertTrue(misspelt.err.contains("Maybe \"goodput\""), misspelt.err);
        assertEquals(
                Motley.BAD_INPUT, motley("compare", a, folder.resolve("none").toString()).code);
    }

    @Test
    void progress_withoutATerminal_isALineAMinute() {
        var text = new StringWriter();
        long[] now = {0};
        try (var progress = new StudyProgress(new PrintWriter(text, true), false, () -> now[0])) {
            for (int i = 0; i < 400; i++) {
                now[0] += 1_000_000_000L;
                progress.ended(
                        new RunRecord(
                                i, 0, "a", i, 1, Optional.of(MetricSet.builder().build()), Optional.empty()),
                        1_000);
            }
        }
        assertEquals(6, text.toString().lines().count(), text.toString());
        assertTrue(text.toString().startsWith("60 of at most 1,000 runs, 940 s left"), text.toString());
    }
}
