package org.motleysim.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.motleysim.workloads.Workload;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.scenario.ScenarioFile;

class ExamplesTest {
    static Stream<Scenario> scenarios() {
        return Stream.of(
                HelloWorld.scenario(), MixedGpuServing.scenario(), CustomDevice.scenario(), CustomScheduler.scenario());
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
    void streamedModel_java_isTheFile() {
        Scenario file = ScenarioFile.read(Path.of("scenarios", "streamed-70b.json"));

        assertEquals(file, StreamedModel.scenario());
        assertTrue(shortened(file).run().metrics().value("tokens.output") > 0);
    }

    private static Scenario shortened(Scenario scenario) {
        return Scenario.of(scenario.cluster(), scenario.workloads().toArray(Workload[]::new))
                .seed(scenario.seed())
                .horizon(Duration.ofSeconds(10))
                .build();
    }
}
