package org.motleysim.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.motleysim.workloads.Workload;
import org.motleysim.workloads.graph.Scheduler;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.scenario.ScenarioFile;
import org.motleysim.workloads.schedule.Schedulers;

class ExamplesTest {
    static Stream<Scenario> scenarios() {
        return Stream.of(
                HelloWorld.scenario(),
                MixedGpuServing.scenario(),
                CustomDevice.scenario(),
                CustomScheduler.scenario(),
                ThrottledPhone.scenario(),
                ScenarioFile.read(Path.of("scenarios", "power-capped.json")),
                SpotAndFailures.scenario());
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void example_shortHorizon_servesRequests(Scenario scenario) {
        RunResult result = shortened(scenario).run();

        assertTrue(result.metrics().value("requests.finished") > 0);
    }

    @Test
    void mixedGpuServing_java_isTheFile() {
        Scenario file = ScenarioFile.read(Path.of("scenarios", "mixed-serving.json"));

        assertEquals(file, MixedGpuServing.scenario());
        assertEquals(
                shortened(file).run().digest(),
                shortened(MixedGpuServing.scenario()).run().digest());
    }

    @Test
    void learnedScheduler_andHeft_finishTheGraph() {
        for (Scheduler scheduler : List.of(Schedulers.heft(), LearnedScheduler.learned(1, 0.5, 0.1))) {
            RunResult result = LearnedScheduler.scenario(scheduler).run();

            assertEquals(64, result.metrics().value("tasks.finished"));
        }
    }

    @Test
    void taskGraph_file_runsWithinItsBoundAndItsPlan() {
        RunResult result =
                ScenarioFile.read(Path.of("scenarios", "task-graph.json")).run();

        double makespan = result.metrics().value("makespan");
        assertEquals(6, result.metrics().value("tasks.finished"));
        assertTrue(makespan >= result.metrics().value("makespan.bound"));
    }

    @Test
    void spotAndFailures_java_isTheFile() {
        Scenario file = ScenarioFile.read(Path.of("scenarios", "spot-and-failures.json"));

        assertEquals(file, SpotAndFailures.scenario());
        RunResult result = shortened(file).run();
        assertEquals(
                8,
                result.series().stream()
                        .filter(curve -> curve.name().equals("replicas.up"))
                        .findFirst()
                        .orElseThrow()
                        .values()[0]);
        assertTrue(result.report().text().contains("Failures"));
    }

    @Test
    void streamedModel_java_isTheFile() {
        Scenario file = ScenarioFile.read(Path.of("scenarios", "streamed-70b.json"));

        assertEquals(file, StreamedModel.scenario());
        assertTrue(shortened(file).run().metrics().value("tokens.output") > 0);
    }

    @Test
    void compareRouting_shortHorizon_answers() {
        var result = CompareRouting.comparison(3, Duration.ofSeconds(20));

        assertEquals(6, result.runs());
        assertTrue(result.difference("round-robin", "least-work", "ttft.p99").paired());
        assertTrue(CompareRouting.highestLoad(Routing.leastWork(), Duration.ofSeconds(15))
                .highest()
                .isPresent());
    }

    private static Scenario shortened(Scenario scenario) {
        return Scenario.of(scenario.cluster(), scenario.workloads().toArray(Workload[]::new))
                .seed(scenario.seed())
                .horizon(Duration.ofSeconds(20))
                .build();
    }
}
