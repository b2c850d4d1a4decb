package org.motleysim.workloads.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.motleysim.core.experiment.LoadSearch;
import org.motleysim.core.experiment.StepRunner;
import org.motleysim.core.experiment.SuccessiveHalving;
import org.motleysim.workloads.scenario.ScenarioFile;
import org.motleysim.workloads.scenario.Study;
import org.motleysim.workloads.scenario.StudyFile;

class SearchResultTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "studies");
    private static final String LOAD = """
            {
              "motleyStudy": 1,
              "scenario": "../scenarios/mixed-serving.json",
              "set": {"warmup": "5 s", "horizon": "20 s"},
              "vary": [{"path": "workloads[0].batching.maxBatchedTokens", "name": "batch", "values": [512, 2048]}],
              "replications": 2,
              "search": {
                "kind": "highest-load",
                "path": "workloads[0].arrivals.rate",
                "from": 10,
                "to": 74,
                "unit": "/s",
                "tolerance": 4,
                "constraint": {"metric": "slo.attainment", "atLeast": 0.9}
              }
            }
            """;

    private static SearchResult search(String text, int threads) throws IOException {
        return SearchResult.of(StudyFile.parse(text, EXAMPLES), threads, StepRunner.inMemory());
    }

    /** Each step must be the mean of single runs of the scenario file, and the answer the last load that was kept. */
    @Test
    void highestLoad_isWhatSingleRunsSay() throws IOException {
        SearchResult found = search(LOAD, 2);
        Study study = found.study();
        var experiment = study.experiment().build();
        LoadSearch.Found second = found.loads().get(1);
        double highest = Double.NaN;
        for (LoadSearch.Step step : second.steps()) {
            double sum = 0;
            for (int r = 0; r < 2; r++) {
                sum += ScenarioFile.read(
                                EXAMPLES.resolve("../scenarios/mixed-serving.json"),
                                Map.of(
                                        "warmup", "5 s",
                                        "horizon", "20 s",
                                        "workloads[0].batching.maxBatchedTokens", "2048",
                                        "workloads[0].arrivals.rate", step.load() + " /s"))
                        .withSeed(experiment.seed(0, r))
                        .run()
                        .metrics()
                        .value("slo.attainment");
            }
            assertEquals(sum / 2, step.value(), 1e-12);
            assertEquals(sum / 2 >= 0.9, step.kept());
            highest = step.kept() && !(highest > step.load()) ? step.load() : highest;
        }
        assertEquals(highest, second.highest().orElseThrow());
        assertTrue(
                found.report().text().contains("slo.attainment >= 0.9"),
                found.report().text());
    }

    @Test
    void faces_onAnyNumberOfThreads_areTheSame() throws IOException {
        SearchResult one = search(LOAD, 1);
        SearchResult eight = search(LOAD, 8);
        assertEquals(one.csv(), eight.csv());
        assertEquals(one.report().html(), eight.report().html());
    }

    @Test
    void halving_keepsTheBetterHalfOfEachRound() throws IOException {
        SearchResult found = search(
                LOAD.replaceAll(
                                "(?s)\"search\": .*",
                                "\"search\": {\"kind\": \"successive-halving\", \"objective\": {\"metric\": \"goodput\", \"aim\": \"high\"}}}")
                        .replace("[512, 2048]", "[128, 512, 2048, 8192]"),
                2);
        SuccessiveHalving.Found best = found.best().orElseThrow();
        assertEquals(
                List.of(2, 4),
                best.rounds().stream()
                        .map(SuccessiveHalving.Round::replications)
                        .toList());
        assertEquals(4 * 2 + 2 * 2, found.runs());
        List<Double> means = best.rounds().get(0).means();
        for (int i = 1; i < means.size(); i++) {
            assertTrue(means.get(i - 1) >= means.get(i), means.toString());
        }
        assertEquals(best.rounds().get(1).ranking().get(0), best.best().name());
    }

    @Test
    void search_forAMisspeltMetric_stopsAfterTheFirstRuns() {
        String misspelt = LOAD.replace("slo.attainment", "slo.attainement");
        var e = assertThrows(IllegalArgumentException.class, () -> search(misspelt, 2));
        assertTrue(String.valueOf(e.getMessage()).contains("Maybe \"slo.attainment\"."), e.toString());
    }
}
