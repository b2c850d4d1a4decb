package org.motleysim.workloads.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.motleysim.core.experiment.Difference;
import org.motleysim.core.experiment.ExperimentResult;
import org.motleysim.core.experiment.Seeding;
import org.motleysim.core.experiment.Summary;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Study;
import org.motleysim.workloads.scenario.StudyFile;

class StudyResultTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "studies");
    private static final String STUDY = """
            {
              "motleyStudy": 1,
              "name": "small",
              "scenario": "../scenarios/mixed-serving.json",
              "set": {"warmup": "5 s", "horizon": "20 s"},
              "vary": [{"path": "workloads[0].arrivals.rate", "values": ["10 /s", "30 /s"]}],
              "replications": 4,
              "seed": 5,
              "compare": ["ttft.p99", "goodput"],
              "pareto": [{"metric": "goodput", "aim": "high"}, {"metric": "ttft.p99", "aim": "low"}],
              "constraints": [{"metric": "goodput", "atLeast": 12}]
            }
            """;

    private static StudyResult result(String text, int threads) {
        Study study = StudyFile.parse(text, EXAMPLES);
        return new StudyResult(
                study, study.experiment().threads(threads).build().run());
    }

    @Test
    void result_ofAStudy_isWhatSingleRunsSay() {
        StudyResult answer = result(STUDY, 2);
        var experiment = answer.study().experiment().build();
        double sum = 0;
        for (int r = 0; r < 4; r++) {
            RunResult run = answer.study()
                    .variants()
                    .get(1)
                    .scenario()
                    .withSeed(experiment.seed(1, r))
                    .run();
            sum += run.metrics().value("goodput");
        }
        Summary summary = answer.result().summary("rate=30 /s", "goodput").orElseThrow();
        assertEquals(sum / 4, summary.mean(), 1e-12 * sum);
        assertEquals(4, summary.count());
        assertFalse(answer.result().metrics().stream().anyMatch(name -> name.startsWith("device.")));
    }

    @Test
    void faces_onAnyNumberOfThreads_areTheSame() {
        StudyResult one = result(STUDY, 1);
        StudyResult eight = result(STUDY, 8);

        assertEquals(one.report().text(), eight.report().text());
        assertEquals(one.html(), eight.html());
        assertEquals(StudyTables.csv(one), StudyTables.csv(eight));
    }

    @Test
    void report_saysWhatDiffers() {
        StudyResult answer = result(STUDY, 2);
        String text = answer.report().text();

        assertEquals(List.of("ttft.p99", "goodput"), answer.metrics());
        assertTrue(text.contains("rate=30 /s raises goodput by"), text);
        assertTrue(text.contains("breaks a constraint"), text);
        assertEquals(List.of(1), answer.front());
        assertFalse(answer.keeps(0));
        assertEquals(
                "rate=10 /s",
                answer.differences().get(0).first(),
                answer.differences().stream().map(Difference::sentence).toList().toString());
    }

    @Test
    void run_withAMisspeltMetric_stopsAfterTheFirstReplication() {
        var study = StudyFile.parse(STUDY.replace("\"goodput\"]", "\"godput\"]"), EXAMPLES);
        var runs = new AtomicInteger();
        var experiment =
                study.experiment().watcher((run, of) -> runs.incrementAndGet()).build();

        var e = assertThrows(IllegalArgumentException.class, experiment::run);
        assertTrue(String.valueOf(e.getMessage()).contains("metric (\"godput\") must be measured"), e.toString());
        assertTrue(String.valueOf(e.getMessage()).contains("Maybe \"goodput\"."), e.toString());
        assertEquals(study.variants().size(), runs.get(), "one run of each variant, and no more");
    }

    @Test
    void metric_ofADeviceThatIsNamed_isKept() {
        StudyResult answer = result(STUDY.replace("\"goodput\"]", "\"device.h100-0.utilization\"]"), 2);
        assertTrue(answer.result().summary(0, "device.h100-0.utilization").isPresent());
        assertTrue(answer.result().summary(0, "device.h100-1.utilization").isEmpty());
    }

    /**
     * The two variants differ in the size of their batches alone and meet the same requests, so their difference shows through less
     * noise. How much less depends on the metric: what mostly follows the arrivals gains most.
     */
    @Test
    void difference_ofTheMixedServingExample_isTighterInPairs() {
        String batching = STUDY.replace(
                        "\"workloads[0].arrivals.rate\", \"values\": [\"10 /s\", \"30 /s\"]",
                        "\"workloads[0].batching.maxBatchedTokens\", \"values\": [1024, 2048]")
                .replace("\"replications\": 4", "\"replications\": 12");
        Study study = StudyFile.parse(batching, EXAMPLES);
        ExperimentResult common =
                study.experiment().seeding(Seeding.COMMON).build().run();
        ExperimentResult independent =
                study.experiment().seeding(Seeding.INDEPENDENT).build().run();
        for (String metric : List.of("ttft.mean", "tpot.mean", "goodput", "cost.per_million_tokens")) {
            double paired = halfWidth(study, common, metric);
            double unpaired = halfWidth(study, independent, metric);
            System.out.printf(
                    "mixed-serving, %s: independent runs have intervals %.1f times as wide%n",
                    metric, unpaired / paired);
            assertTrue(paired < unpaired, metric + ": " + paired + " and " + unpaired);
        }
    }

    private static double halfWidth(Study study, ExperimentResult result, String metric) {
        return result.difference(
                        study.variants().get(0).name(), study.variants().get(1).name(), metric)
                .interval()
                .halfWidth();
    }
}
