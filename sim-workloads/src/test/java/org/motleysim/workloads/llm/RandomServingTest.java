package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.batching.MixedBatching;
import org.motleysim.workloads.llm.batching.OrcaBatching;
import org.motleysim.workloads.llm.batching.StaticBatching;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/** Hundreds of small scenarios with little memory, so that preemption, rejection and horizons meet. */
class RandomServingTest {
    private static final List<Queueing> ORDERS = List.of(Queueing.values());
    private static final int CASES = 1_200;

    @Test
    void anyScenario_keepsItsBooks() {
        long preemptions = 0;
        long rejected = 0;
        long inFlight = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Scenario scenario = draw(seed);
            RunResult result = CheckedRun.of(scenario, "seed " + seed);
            check(seed, result);
            preemptions += (long) result.metrics().value("preemptions");
            rejected += (long) result.metrics().value("requests.rejected");
            inFlight += (long) result.metrics().value("requests.in_flight");
        }
        // Otherwise the cases do not test what they are meant to.
        assertTrue(preemptions > 1_000, "preemptions " + preemptions);
        assertTrue(rejected > 1_000, "rejected " + rejected);
        assertTrue(inFlight > 500, "in flight " + inFlight);
    }

    private static void check(int seed, RunResult result) {
        String where = "seed " + seed;
        for (Balance balance : result.conservation()) {
            assertTrue(balance.holds(), where + ": " + balance);
        }
        result.metrics().find("kv.occupancy.max").ifPresent(most -> assertTrue(most.value() <= 1, where));
        RequestLog log = result.requests();
        long finished = 0;
        for (int id = 0; id < log.size(); id++) {
            if (log.status(id) == RequestStatus.FINISHED) {
                finished++;
                assertTrue(log.queueNanos(id) >= 0, where);
                assertTrue(log.ttftNanos(id) > log.queueNanos(id), where);
                assertTrue(log.e2eNanos(id) >= log.ttftNanos(id), where);
                assertEquals(log.outputTokens(id) == 1, log.e2eNanos(id) == log.ttftNanos(id), where);
            }
        }
        assertEquals((double) finished, result.metrics().value("requests.finished"), where);
        if (result.scenario().horizon().isEmpty()) {
            assertEquals(0, result.metrics().value("requests.in_flight"), where);
        }
    }

    private static Scenario draw(int seed) {
        RandomStream random = RandomStreams.of(seed).stream("case");
        int blockTokens = 1 << random.nextInt(5);
        BatchLimits limits =
                new BatchLimits(1 + random.nextInt(12), 8 + random.nextInt(200), blockTokens, random.nextInt(2) * 0.05);
        Batching batching =
                switch (random.nextInt(7)) {
                    case 0 -> new StaticBatching(limits);
                    case 1 -> new ContinuousBatching(limits);
                    case 2 -> new ContinuousBatching(limits, true);
                    case 3 -> new MixedBatching(limits, false);
                    case 4 -> new MixedBatching(limits, true);
                    case 5 -> new OrcaBatching(limits);
                    default -> new ChunkedPrefill(limits);
                };
        int blocks = 4 + random.nextInt(20);
        DeviceSpec device =
                Plain.device(Plain.memoryForBlocks(blocks, limits.maxBatchedTokens(), limits.maxSequences()))
                        .toBuilder()
                        .link(new LinkSpec("PCIe", LinkSpec.Role.HOST, Bandwidth.gigabytesPerSecond(50), Duration.ZERO))
                        .build();
        Cluster cluster = Cluster.builder("plain")
                .add("gpu", 1 + random.nextInt(3), device)
                .network(Plain.fastNetwork())
                .build();
        LlmServing.Builder serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.gamma(5 + random.nextInt(60), 0.5 + random.nextDouble() * 2))
                .lengths(RequestLengths.logNormal(40, 300, 1 + random.nextInt(40), 120))
                .requests(1 + random.nextInt(120))
                .stepModel(Plain.steps(0.005 + random.nextDouble() * 0.03, 1e-4))
                .memoryUtilization(1)
                .batching(batching)
                .routing(Routing.builtIn().get(random.nextInt(4)))
                .queueing(ORDERS.get(random.nextInt(ORDERS.size())))
                .slo(new Slo(Duration.ofMillis(10 + random.nextInt(500)), Duration.ofMillis(30)))
                .refuseLate(random.nextInt(4) == 0)
                .maxOutstanding(random.nextInt(3) == 0 ? 1 + random.nextInt(20) : Integer.MAX_VALUE);
        if (random.nextInt(2) == 0) {
            serving.swapSpace(Bytes.megabytes(1 + random.nextInt(100)));
        }
        if (random.nextInt(3) == 0) {
            serving.prefixCaching(true);
        }
        Scenario.Builder scenario = Scenario.of(cluster, serving.build()).seed(seed);
        if (random.nextInt(2) == 0) {
            scenario.horizon(Duration.ofMillis(100 + random.nextInt(3_000)))
                    .warmup(Duration.ofMillis(random.nextInt(100)));
        }
        return scenario.build();
    }
}
