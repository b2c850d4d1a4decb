package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.cluster.HostSpec;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.MemoryKind;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.RenewalOutages;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.batching.MixedBatching;
import org.motleysim.workloads.llm.model.Shard;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.traces.RequestTrace;

class KvOffloadTest {
    private static final double RATE = 2e9;
    private static final long BLOCK = 16 * new Shard(Plain.MODEL, 1).kvBytesPerToken();
    private static final BatchLimits LIMITS = new BatchLimits(4, 2_048, 16, 0);

    private static HostSpec host(int devices) {
        MemoryTier tier = MemoryTier.builder("ddr", MemoryKind.NVME, Bytes.gibibytes(64), Bandwidth.of(RATE))
                .build();
        return HostSpec.of(devices, tier)
                .sharing(new LinkSpec("slot", LinkSpec.Role.HOST, Bandwidth.of(60e9), Duration.ZERO));
    }

    private static Cluster cluster(int blocks, Optional<HostSpec> host) {
        Cluster.Builder cluster = Cluster.builder("plain")
                .add(
                        "gpu",
                        1,
                        Plain.device(Plain.memoryForBlocks(blocks, LIMITS.maxBatchedTokens(), LIMITS.maxSequences())))
                .network(Plain.fastNetwork());
        host.ifPresent(around -> cluster.host("gpu", around));
        return cluster.build();
    }

    private static LlmServing.Builder three() {
        RequestTrace trace = RequestTrace.of(
                        new long[] {0, 10_000_000_000L, 20_000_000_000L}, new int[] {100, 150, 100}, new int[] {1, 1, 1
                        })
                .withPrefixes(16, new int[][] {{0, 1, 2, 3, 4, 5}, {}, {0, 1, 2, 3, 4, 5}});
        return LlmServing.of(Plain.MODEL)
                .replay(trace)
                .stepModel(Plain.steps(0.010, 0.001))
                .batching(new ChunkedPrefill(LIMITS))
                .memoryUtilization(1)
                .prefixCaching(true);
    }

    /** Ten blocks: the second request takes all of them, so that the six of the first go to the host and come back for the third. */
    @Test
    void run_evictedPrefix_comesBackFromTheHost() {
        LlmServing serving =
                three().kvOffload(new KvOffload("ddr", Bytes.gibibytes(1))).build();
        RunResult result =
                Scenario.of(cluster(10, Optional.of(host(1))), serving).build().run();
        double fetch = 6 * BLOCK / RATE;
        assertEquals(fetch + 0.010 + 0.001 * 4, result.requests().ttftNanos(2) / 1e9, 1e-6);
        assertEquals(96, result.requests().cachedTokens(2));
        assertEquals(6, result.metrics().value("kv.offload.blocks.fetched"));
        RunResult without = Scenario.of(cluster(10, Optional.empty()), three().build())
                .build()
                .run();
        assertEquals(0.110, without.requests().ttftNanos(2) / 1e9, 1e-6);
    }

    /** Room for two blocks below: of the six, evicted from the last to the first, the first two are left. */
    @Test
    void run_smallTier_keepsWhatWasEvictedLast() {
        LlmServing serving =
                three().kvOffload(new KvOffload("ddr", new Bytes(2 * BLOCK))).build();
        RunResult result =
                Scenario.of(cluster(10, Optional.of(host(1))), serving).build().run();
        assertEquals(32, result.requests().cachedTokens(2));
    }

    @Test
    void problems_areNamed() {
        LlmServing offloading =
                three().kvOffload(new KvOffload("ddr", new Bytes(BLOCK - 1))).build();
        List<Problem> small = offloading.problems(cluster(10, Optional.of(host(1))), true);
        assertEquals("$.kvOffload.capacity", small.get(0).path());
        List<Problem> none = offloading.problems(cluster(10, Optional.empty()), true);
        assertEquals("$.kvOffload.tier", none.get(0).path());
        List<Problem> uncached = three().prefixCaching(false)
                .kvOffload(new KvOffload("ddr", Bytes.gibibytes(1)))
                .build()
                .problems(cluster(10, Optional.of(host(1))), true);
        assertEquals("$.kvOffload", uncached.get(0).path());
        List<Problem> large = three().kvOffload(new KvOffload("ddr", Bytes.gibibytes(65)))
                .build()
                .problems(cluster(10, Optional.of(host(1))), true);
        assertEquals("$.kvOffload.capacity", large.get(0).path());
        assertThrows(IllegalArgumentException.class, () -> new KvOffload("ddr", new Bytes(0)));
    }

    @Test
    void anyScenario_keepsItsBooksAndProducesEachTokenOnce() {
        Random random = new Random();
        double fetched = 0;
        double failures = 0;
        for (long seed = 1; seed <= 1_000; seed++) {
            random.setSeed(seed);
            BatchLimits limits =
                    new BatchLimits(1 + random.nextInt(12), 8 + random.nextInt(200), 1 << random.nextInt(5), 0);
            List<Batching> policies = List.of(
                    new ContinuousBatching(limits), new ChunkedPrefill(limits), new MixedBatching(limits, true));
            int count = 1 + random.nextInt(3);
            DeviceGroup group = new DeviceGroup(
                    "gpu",
                    count,
                    Plain.device(Plain.memoryForBlocks(
                            6 + random.nextInt(14), limits.maxBatchedTokens(), limits.maxSequences())));
            if (random.nextInt(3) == 0) {
                group = group.withFaults(Faults.none()
                        .withOutages(new RenewalOutages(
                                Distribution.exponential(1 + random.nextDouble()),
                                Distribution.exponential(0.2),
                                RenewalOutages.UNLIMITED)));
            }
            LlmServing serving = LlmServing.of(Plain.MODEL)
                    .replay(PrefixServingTest.trace(random))
                    .stepModel(Plain.steps(0.005 + random.nextDouble() * 0.03, 1e-4))
                    .memoryUtilization(1)
                    .prefixCaching(true)
                    .kvOffload(new KvOffload("ddr", new Bytes(BLOCK * (1 + random.nextInt(100)))))
                    .batching(policies.get(random.nextInt(3)))
                    .build();
            Cluster cluster = Cluster.builder("plain")
                    .add(group)
                    .host("gpu", host(1 + random.nextInt(2)))
                    .network(Plain.fastNetwork())
                    .build();
            Scenario.Builder scenario = Scenario.of(cluster, serving).seed(seed);
            if (random.nextInt(3) == 0) {
                scenario.horizon(Duration.ofMillis(100 + random.nextInt(3_000)));
            }
            String where = "seed " + seed;
            RunResult result;
            try {
                result = scenario.build().run();
            } catch (RuntimeException e) {
                throw new AssertionError(where, e);
            }
            assertTrue(result.conservation().stream().allMatch(Balance::holds), where);
            RequestLog log = result.requests();
            double outputs = 0;
            for (int id = 0; id < log.size(); id++) {
                outputs += log.status(id) == RequestStatus.FINISHED ? log.outputTokens(id) : 0;
            }
            if (result.scenario().horizon().isEmpty()) {
                assertEquals(outputs, result.metrics().value("tokens.output"), where);
                assertEquals(0, result.metrics().value("requests.in_flight"), where);
            }
            fetched += result.metrics().value("kv.offload.blocks.fetched");
            failures += result.metrics()
                    .find("failures")
                    .map(metric -> metric.value())
                    .orElse(0.0);
        }
        assertTrue(fetched > 5_000 && failures > 300, fetched + " fetched, " + failures + " failures");
    }
}
