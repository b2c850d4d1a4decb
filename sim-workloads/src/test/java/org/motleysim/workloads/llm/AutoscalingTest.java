package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.RenewalOutages;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.batching.MixedBatching;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.llm.session.Conversations;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

class AutoscalingTest {
    private static final int SCENARIOS = 1_500;

    private static Autoscaler law(int least, int most, double target) {
        return new Autoscaler(
                least, most, target, Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    /**
     * Five requests, the first a microsecond before the others, each of 100 iterations of 1 s: 101 in all. At 1 s two more replicas start and serve at 6 s, but the
     * requests have been routed. Then nobody is needed, and the two are given back when 10 s have passed with one being enough.
     */
    @Test
    void run_burst_rentsReplicasAndGivesThemBack() {
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.fixed(1e6))
                .lengths(RequestLengths.fixed(10, 100))
                .requests(5)
                .stepModel(Plain.steps(1, 0))
                .batching(new ContinuousBatching(BatchLimits.DEFAULT))
                .autoscaler(law(1, 3, 2))
                .build();
        RunResult result = Scenario.of(Plain.cluster(4), serving)
                .horizon(Duration.ofSeconds(200))
                .build()
                .run();
        assertEquals(2, result.metrics().value("scaling.starts"));
        assertEquals(2, result.metrics().value("scaling.stops"));
        // Finished at about 101 s, seen at 102 s when one is enough; 10 s later all decisions since agree.
        double rented = 200 + 2 * (111 - 1);
        assertEquals(rented, result.metrics().value("scaling.replica_time"), 2.1);
        // Dollars for the time that devices were rented, and no other.
        assertEquals(
                Plain.USD_PER_SECOND * result.metrics().value("scaling.replica_time"),
                result.metrics().value("cost.total"),
                1e-9);
        // Idle power for that time, and 200 W while the first one computes.
        assertEquals(
                Plain.IDLE_WATTS * result.metrics().value("scaling.replica_time") + 200 * 101,
                result.metrics().value("energy.total"),
                0.1);
    }

    @Test
    void run_steadyLoad_settlesAtTheTarget() {
        // 4 requests a second of 10 s each are 40 in flight: eight replicas of five.
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.fixed(4))
                .lengths(RequestLengths.fixed(10, 100))
                .stepModel(Plain.steps(0.1, 0))
                .autoscaler(law(1, 20, 5))
                .build();
        RunResult result = Scenario.of(Plain.cluster(20), serving)
                .warmup(Duration.ofSeconds(100))
                .horizon(Duration.ofSeconds(2_000))
                .build()
                .run();
        assertEquals(8, result.metrics().value("scaling.replicas.serving.mean"), 0.35);
    }

    @Test
    void problems_moreThanThereAre_areNamed() {
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.fixed(4))
                .lengths(RequestLengths.fixed(10, 100))
                .requests(1)
                .autoscaler(law(5, 20, 5))
                .build();
        List<Problem> problems = serving.problems(Plain.cluster(2), true);
        assertEquals("$.autoscaler.minReplicas", problems.get(0).path());
        assertThrows(IllegalArgumentException.class, () -> law(3, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> law(0, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> law(1, 2, 0));
    }

    @Test
    void anyScenario_keepsItsBooksAndProducesEachTokenOnce() {
        Random random = new Random();
        double starts = 0;
        double stops = 0;
        double failures = 0;
        for (long seed = 1; seed <= SCENARIOS; seed++) {
            random.setSeed(seed);
            Scenario scenario = scenario(random, seed);
            String where = "seed " + seed;
            RunResult result = CheckedRun.of(scenario, where);
            RequestLog log = result.requests();
            double outputs = 0;
            for (int id = 0; id < log.size(); id++) {
                outputs += log.status(id) == RequestStatus.FINISHED ? log.outputTokens(id) : 0;
            }
            if (scenario.horizon().isEmpty()) {
                assertEquals(outputs, result.metrics().value("tokens.output"), where);
                assertEquals(0, result.metrics().value("requests.in_flight"), where);
            }
            assertEquals(
                    result.metrics().value("cost.total"),
                    result.metrics().value("cost.attributed")
                            + result.metrics().value("cost.idle")
                            + result.metrics()
                                    .find("cost.wasted")
                                    .map(metric -> metric.value())
                                    .orElse(0.0),
                    1e-9 * result.metrics().value("cost.total"),
                    where);
            starts += result.metrics().value("scaling.starts");
            stops += result.metrics().value("scaling.stops");
            failures += result.metrics()
                    .find("failures")
                    .map(metric -> metric.value())
                    .orElse(0.0);
        }
        assertTrue(
                starts > 2_000 && stops > 1_000 && failures > 1_000,
                starts + " starts, " + stops + " stops, " + failures + " failures");
    }

    private static Scenario scenario(Random random, long seed) {
        BatchLimits limits = new BatchLimits(1 + random.nextInt(6), 16 + random.nextInt(200), 16, 0.01);
        List<Batching> policies =
                List.of(new ContinuousBatching(limits), new ChunkedPrefill(limits), new MixedBatching(limits, true));
        DeviceGroup group = new DeviceGroup(
                "gpu",
                2 + random.nextInt(5),
                Plain.device(Plain.memoryForBlocks(
                        20 + random.nextInt(20), limits.maxBatchedTokens(), limits.maxSequences())));
        if (random.nextInt(2) == 0) {
            group = group.withFaults(Faults.none()
                    .withOutages(new RenewalOutages(
                            Distribution.exponential(1 + 3 * random.nextDouble()),
                            Distribution.exponential(0.3),
                            RenewalOutages.UNLIMITED)));
        }
        int least = 1 + random.nextInt(2);
        LlmServing.Builder serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.gamma(2 + random.nextInt(30), 0.5 + random.nextDouble() * 4))
                .lengths(RequestLengths.independent(Distribution.uniform(1, 150), Distribution.uniform(1, 40)))
                .requests(1 + random.nextInt(80))
                .stepModel(Plain.steps(0.01 + random.nextDouble() * 0.05, 1e-4))
                .memoryUtilization(1)
                .prefixCaching(random.nextBoolean())
                .batching(policies.get(random.nextInt(3)))
                .routing(Routing.builtIn().get(random.nextInt(Routing.builtIn().size())))
                .autoscaler(new Autoscaler(
                        least,
                        least + random.nextInt(5),
                        0.5 + 4 * random.nextDouble(),
                        Duration.ofMillis(50 + random.nextInt(300)),
                        Duration.ofMillis(random.nextInt(500)),
                        Duration.ofMillis(random.nextInt(700))));
        if (random.nextInt(3) == 0) {
            serving.sessions(Conversations.of(Distribution.uniform(1, 4), Distribution.exponential(0.5)));
        }
        Cluster cluster =
                Cluster.builder("plain").add(group).network(Plain.fastNetwork()).build();
        Scenario.Builder scenario = Scenario.of(cluster, serving.build()).seed(seed);
        if (random.nextInt(3) == 0) {
            scenario.horizon(Duration.ofMillis(100 + random.nextInt(5_000)));
        }
        return scenario.build();
    }
}
