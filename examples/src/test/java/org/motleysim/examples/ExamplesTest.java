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
import org.motleysim.workloads.offload.OffloadPolicies;
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
                SpotAndFailures.scenario(),
                Disaggregation.colocated(),
                Disaggregation.disaggregated(),
                ChatWithPrefixes.scenario(),
                EveningFailure.scenario(),
                AutoscaledDay.scenario());
    }

    static Stream<Scenario> servingFiles() {
        return Stream.of(
                Disaggregation.colocated(),
                Disaggregation.disaggregated(),
                ChatWithPrefixes.scenario(),
                EveningFailure.scenario(),
                AutoscaledDay.scenario());
    }

    @ParameterizedTest
    @MethodSource("servingFiles")
    void servingExample_java_isTheFile(Scenario scenario) {
        assertEquals(ScenarioFile.read(Path.of("scenarios", scenario.name() + ".json")), scenario);
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
    void trainScheduler_twoRounds_makesNoWorseWeights() {
        double before = TrainScheduler.meanMakespan(new double[] {0.5, 0.5, 0.5}, 1_000);
        double after = TrainScheduler.meanMakespan(TrainScheduler.train(2), 1_000);

        assertTrue(after <= before * 1.02, before + " s before, " + after + " s after");
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

    @Test
    void oversubscribedRacks_allToAll_takesWhatTheUplinksNeed() {
        // Each of 16 hosts in a rack sends 48 parts of 1 MB out of it, and 15 within: 768 MB over an uplink of 16 x
        // 12.5 GB/s, less the
        // oversubscription. At 1:1 the hosts themselves are the bottleneck, with 63 parts each.
        assertEquals(63e6 / 12.5e9, OversubscribedRacks.secondsOfAllToAll(1), 1e-5);
        assertEquals(768e6 / (16 * 12.5e9 / 2), OversubscribedRacks.secondsOfAllToAll(2), 1e-5);
        assertEquals(768e6 / (16 * 12.5e9 / 4), OversubscribedRacks.secondsOfAllToAll(4), 1e-5);
    }

    @Test
    void topology_file_runsAndShowsItsLinks() {
        RunResult result =
                ScenarioFile.read(Path.of("scenarios", "topology.json")).run();

        assertEquals(8, result.metrics().value("tasks.finished"));
        assertTrue(result.metrics().value("network.utilization.max") <= 1);
    }

    @Test
    void collectives_fileAndProgram_finishAll() {
        RunResult file =
                ScenarioFile.read(Path.of("scenarios", "collectives.json")).run();
        RunResult program = CollectiveAlgorithms.scenario().run();

        assertEquals(15, file.metrics().value("collectives.finished"));
        assertEquals(8, program.metrics().value("collectives.finished"));
    }

    @Test
    void jobsOverTime_file_finishesAllJobs() {
        RunResult result =
                ScenarioFile.read(Path.of("scenarios", "jobs-over-time.json")).run();

        assertEquals(3_000, result.metrics().value("jobs.finished"));
        assertTrue(result.metrics().value("job.latency.mean") > 0.0003);
    }

    @Test
    void agents_file_thinkAsOftenAsTheLoopSays() {
        RunResult result =
                ScenarioFile.read(Path.of("scenarios", "agents.json")).run();

        double thoughts = (1 - Math.pow(0.4, 5)) / (1 - 0.4);
        // To hear, to speak, to think, and after six of ten thoughts to search.
        assertEquals(2_000, result.metrics().value("jobs.finished"));
        assertEquals(2 + 1.6 * thoughts, result.metrics().value("tasks.total") / 2_000, 0.1);
    }

    @Test
    void trainingStep_file_reducesGradientsBesideTheBackwardPass() {
        RunResult result =
                ScenarioFile.read(Path.of("scenarios", "training-step.json")).run();

        assertEquals(3, result.metrics().value("collectives.finished"));
        // All but the last all-reduce hide behind the backward pass: what all four devices wait for is less than the
        // three together.
        assertTrue(result.metrics().value("communication.exposed")
                < 4 * result.metrics().value("collectives.time"));
        assertTrue(result.metrics().value("makespan") >= result.metrics().value("makespan.bound"));
    }

    @Test
    void movingUser_file_handsOverAndLosesNothing() {
        RunResult result =
                ScenarioFile.read(Path.of("scenarios", "moving-user.json")).run();

        assertTrue(result.metrics().value("jobs.finished") > 80);
        assertEquals(
                3, result.links().stream().filter(link -> link.fromTier() == 0).count());
        assertTrue(result.conservation().stream().allMatch(balance -> balance.holds()));
    }

    @Test
    void replay_file_tellsTheTaskThatIsLater() {
        RunResult result =
                ScenarioFile.read(Path.of("scenarios", "replay.json")).run();

        // The recorded schedule forgot that 4 kB take 2 us from the GPU to the core.
        assertTrue(result.report().text().contains("2 differences in 6 tasks"));
    }

    @Test
    void pipeline_file_keepsMostOfWhatIsRelevant() {
        RunResult result =
                ScenarioFile.read(Path.of("scenarios", "pipeline.json")).run();

        assertEquals(0.95, result.metrics().value("pipeline.recall"), 1e-9);
        assertEquals(0.02 * 29.7 + 0.95 * 0.3, result.metrics().value("pipeline.kept"), 1e-9);
    }

    /** Who keeps all work on board lands first. */
    @Test
    void droneSwarm_awayFromHome_staysInTheAirLonger() {
        RunResult onBoard = DroneSwarm.scenario(OffloadPolicies.Named.LOCAL).run();
        RunResult sentAway = DroneSwarm.scenario(OffloadPolicies.Named.EDGE).run();

        assertEquals(30, onBoard.metrics().value("class.drone.battery.empty"));
        assertEquals(0, sentAway.metrics().value("class.drone.battery.empty"));
        assertTrue(
                sentAway.metrics().value("tasks.finished") > onBoard.metrics().value("tasks.finished"));
    }

    @Test
    void splitCamera_onAFadingLink_usesMoreThanOneVariant() {
        RunResult result = SplitCamera.scenario().run();

        assertTrue(result.metrics().value("variant.camera.frames") > 0);
        assertTrue(result.metrics().value("variant.camera.frames")
                < result.metrics().value("frames.finished"));
        assertEquals(3_001, result.metrics().value("frames.generated"));
    }

    @Test
    void federatedPhones_java_isTheFileAndBufferedIsSoonerThere() {
        Scenario synchronous = ScenarioFile.read(Path.of("scenarios", "federated-sync.json"));
        Scenario buffered = ScenarioFile.read(Path.of("scenarios", "federated-buffered.json"));
        assertEquals(synchronous, FederatedPhones.synchronous());
        assertEquals(buffered, FederatedPhones.buffered());

        RunResult rounds = synchronous.run();
        RunResult buffer = buffered.run();
        assertTrue(rounds.metrics().value("learning.accuracy") >= 0.75);
        assertTrue(buffer.metrics().value("learning.time_to_target")
                < rounds.metrics().value("learning.time_to_target"));
    }

    @Test
    void federatedHospitals_java_isTheFileAndGroupsAreSoonerThere() {
        Scenario file = ScenarioFile.read(Path.of("scenarios", "federated-hospitals.json"));
        assertEquals(file, FederatedHospitals.compass());

        double compass = file.run().metrics().value("learning.time_to_target");
        double rounds = FederatedHospitals.synchronous().run().metrics().value("learning.time_to_target");
        assertTrue(compass < rounds, compass + " s against " + rounds + " s");
    }

    private static Scenario shortened(Scenario scenario) {
        return Scenario.of(scenario.cluster(), scenario.workloads().toArray(Workload[]::new))
                .seed(scenario.seed())
                .horizon(Duration.ofSeconds(20))
                .build();
    }

    /** More replicas cannot make the first token wait longer, and one alone is overwhelmed by 15 requests a second. */
    @Test
    void safeReplicas_moreOfThem_waitLess() {
        var result = SafeReplicas.study(1, 9, 2, Duration.ofSeconds(20));
        double one = result.summary("1 L40S", "ttft.p99").orElseThrow().mean();
        double nine = result.summary("9 L40S", "ttft.p99").orElseThrow().mean();

        assertTrue(nine < one, one + " s with one, " + nine + " s with nine");
        assertTrue(SafeReplicas.fewest(result, 1, one / 2).isPresent());
        assertTrue(SafeReplicas.fewest(result, 1, 0).isEmpty());
    }

    @Test
    void cheapestMix_isTheOneThatKeepsTheObjectiveForTheLeast() {
        var result = CheapestMix.study(CheapestMix.mixes(), 2, Duration.ofSeconds(10));
        int best = CheapestMix.cheapest(result).orElseThrow();
        double cost =
                result.summary(best, "cost.per_million_tokens").orElseThrow().mean();

        assertTrue(result.summary(best, "slo.attainment").orElseThrow().mean() >= 0.95);
        for (int i = 0; i < result.variants().size(); i++) {
            if (result.summary(i, "slo.attainment").orElseThrow().mean() >= 0.95) {
                assertTrue(cost
                        <= result.summary(i, "cost.per_million_tokens")
                                .orElseThrow()
                                .mean());
            }
        }
    }
}
