package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.RenewalOutages;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.batching.MixedBatching;
import org.motleysim.workloads.llm.batching.StaticBatching;
import org.motleysim.workloads.llm.model.Shard;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.llm.session.Conversations;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

class DisaggregationTest {
    private static final int SCENARIOS = 2_000;
    private static final double KV_BYTES = new Shard(Plain.MODEL, 1).kvBytesPerToken();

    /** A prompt of 1,000 tokens takes 1.01 s, a decode 10 ms, and keys and values so long over 1 GB/s. */
    @Test
    void run_oneRequest_handsItsKeysAndValuesOver() {
        RunResult result = one(DecodePool.of("decode"));
        double transfer = 1_000 * KV_BYTES / 1e9;
        assertEquals(1.01, result.requests().ttftNanos(0) / 1e9, 1e-5);
        assertEquals(1.01 + transfer + 4 * 0.01, result.requests().e2eNanos(0) / 1e9, 1e-5);
        assertEquals(1_000 * KV_BYTES, result.metrics().value("handoff.bytes"));
        assertEquals(transfer, result.metrics().value("handoff.time.mean"), 1e-5);
        assertEquals(1, result.requests().replica(0));
    }

    /** All layers but the last travel while the prompt is computed. */
    @Test
    void run_layerWise_onlyTheLastLayerIsWaitedFor() {
        RunResult result = one(DecodePool.of("decode").withLayerWiseTransfer());
        double lastLayer = 1_000 * KV_BYTES / 1e9 / Plain.MODEL.layers();
        assertEquals(1, result.metrics().value("handoff.early"));
        assertEquals(1.01 + lastLayer + 4 * 0.01, result.requests().e2eNanos(0) / 1e9, 1e-5);
        assertEquals(1_000 * KV_BYTES, result.metrics().value("handoff.bytes"));
    }

    /** Of what its prefix cache holds, nothing travels to the decode replica. */
    @Test
    void run_secondTurn_sendsOnlyWhatIsNew() {
        LlmServing serving = service(DecodePool.of("decode"), 1)
                .prefixCaching(true)
                .sessions(Conversations.of(Distribution.constant(2), Distribution.constant(1)))
                .build();
        RunResult result = Scenario.of(cluster(), serving).build().run();
        // 1,000 and 5; then 2,005 tokens, of which the decode replica has the full blocks of the 1,004 that were fed
        // back.
        assertEquals((1_000 + 2_005 - 992) * KV_BYTES, result.metrics().value("handoff.bytes"));
    }

    private static RunResult one(DecodePool pool) {
        return Scenario.of(cluster(), service(pool, 1).build()).build().run();
    }

    private static LlmServing.Builder service(DecodePool pool, int requests) {
        return LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.fixed(1))
                .lengths(RequestLengths.fixed(1_000, 5))
                .requests(requests)
                .stepModel(Plain.steps(0.010, 0.001))
                .decodePool(pool);
    }

    private static Cluster cluster() {
        return Cluster.builder("two pools")
                .add("prefill", 1, Plain.cluster(1).groups().get(0).spec())
                .add("decode", 1, Plain.cluster(1).groups().get(0).spec())
                .network(NetworkModel.uniform(Bandwidth.gigabytesPerSecond(1), Duration.ZERO))
                .build();
    }

    @Test
    void decodePool_badParts_areRefused() {
        assertThrows(IllegalArgumentException.class, DecodePool::of);
        assertThrows(
                IllegalArgumentException.class, () -> DecodePool.of("decode").withBatching(Batching.fixedBatch(4)));
        assertThrows(
                IllegalArgumentException.class, () -> DecodePool.of("decode").withTensorParallel(0));
    }

    @Test
    void problems_poolsWithoutDevicesOrTwice_areNamed() {
        List<Problem> all =
                service(DecodePool.of("prefill", "decode"), 1).build().problems(cluster(), true);
        assertEquals(1, all.size());
        assertTrue(all.get(0).message().startsWith("the prefill pool must have devices"), all.toString());
        List<Problem> twice = service(DecodePool.of("prefill"), 1)
                .groups("prefill", "decode")
                .build()
                .problems(cluster(), true);
        assertTrue(twice.get(0).message().contains("must be in one pool only"), twice.toString());
        List<Problem> unknown = service(DecodePool.of("decod"), 1).build().problems(cluster(), true);
        assertEquals("$.decodePool.groups", unknown.get(0).path());
        assertTrue(unknown.get(0).hint().contains("decode"), unknown.toString());
    }

    @Test
    void anyScenario_keepsItsBooksAndProducesEachTokenOnce() {
        Random random = new Random();
        double preemptions = 0;
        double failures = 0;
        double handoffs = 0;
        double early = 0;
        double restarted = 0;
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
            preemptions += result.metrics().value("preemptions");
            handoffs += result.metrics().value("handoff.count");
            early += result.metrics().value("handoff.early");
            restarted += result.metrics().value("handoff.restarted");
            failures += result.metrics()
                    .find("failures")
                    .map(metric -> metric.value())
                    .orElse(0.0);
        }
        // The scenarios are such that there is something to see.
        assertTrue(
                preemptions > 1_000 && failures > 1_000 && handoffs > 10_000 && early > 1_000 && restarted > 100,
                preemptions + " preemptions, " + failures + " failures, " + handoffs + " handed over, " + early
                        + " early, " + restarted + " restarted");
    }

    private static Scenario scenario(Random random, long seed) {
        BatchLimits limits = new BatchLimits(
                1 + random.nextInt(12), 8 + random.nextInt(200), 1 << random.nextInt(5), random.nextInt(2) * 0.05);
        List<Batching> policies = List.of(
                new StaticBatching(limits),
                new ContinuousBatching(limits),
                new ChunkedPrefill(limits),
                new MixedBatching(limits, false),
                new MixedBatching(limits, true));
        boolean faults = random.nextInt(2) == 0;
        List<Routing> routers = Routing.builtIn();
        DecodePool pool = new DecodePool(
                java.util.Set.of("decode"),
                1 + random.nextInt(2),
                policies.get(1 + random.nextInt(policies.size() - 1)),
                routers.get(random.nextInt(routers.size())),
                random.nextBoolean());
        LlmServing.Builder serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.gamma(5 + random.nextInt(60), 0.5 + random.nextDouble() * 2))
                .lengths(RequestLengths.logNormal(30, 200, 1 + random.nextInt(40), 100))
                .requests(1 + random.nextInt(60))
                .stepModel(Plain.steps(0.005 + random.nextDouble() * 0.03, 1e-4))
                .memoryUtilization(1)
                .tensorParallel(1 + random.nextInt(2))
                .prefixCaching(random.nextBoolean())
                .batching(policies.get(random.nextInt(policies.size())))
                .routing(routers.get(random.nextInt(routers.size())))
                .decodePool(pool);
        if (random.nextInt(3) == 0) {
            serving.sessions(new Conversations(
                    Distribution.uniform(1, 4),
                    Distribution.exponential(0.2),
                    random.nextInt(40),
                    1 + random.nextInt(2)));
        }
        Cluster cluster = Cluster.builder("plain")
                .add(group("prefill", random, limits, faults))
                .add(group("decode", random, limits, faults))
                .network(
                        random.nextBoolean()
                                ? Plain.fastNetwork()
                                : NetworkModel.fairShare(
                                        new Bandwidth(1e8 + 1e9 * random.nextDouble()),
                                        Duration.ofMillis(random.nextInt(20))))
                .build();
        Scenario.Builder scenario = Scenario.of(cluster, serving.build()).seed(seed);
        if (random.nextInt(3) == 0) {
            scenario.horizon(Duration.ofMillis(100 + random.nextInt(3_000)));
        }
        return scenario.build();
    }

    private static DeviceGroup group(String name, Random random, BatchLimits limits, boolean faults) {
        DeviceGroup group = new DeviceGroup(
                name,
                2 * (1 + random.nextInt(2)),
                Plain.device(Plain.memoryForBlocks(
                        6 + random.nextInt(20), limits.maxBatchedTokens(), limits.maxSequences())));
        return faults
                ? group.withFaults(Faults.none()
                        .withOutages(new RenewalOutages(
                                Distribution.exponential(0.7 + 2 * random.nextDouble()),
                                Distribution.exponential(0.2),
                                RenewalOutages.UNLIMITED)))
                : group;
    }
}
