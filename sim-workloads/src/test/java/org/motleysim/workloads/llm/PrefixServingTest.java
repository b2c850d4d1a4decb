package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.RenewalOutages;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.batching.MixedBatching;
import org.motleysim.workloads.llm.batching.StaticBatching;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.traces.RequestTrace;

class PrefixServingTest {
    private static final int SCENARIOS = 1_500;

    @Test
    void run_secondPromptBeginsLikeTheFirst_computesOnlyTheRest() {
        RequestTrace trace = RequestTrace.of(new long[] {0, 10_000_000_000L}, new int[] {100, 120}, new int[] {3, 3})
                .withPrefixes(16, new int[][] {{0, 1, 2, 3, 4}, {0, 1, 2, 9}});
        RunResult result = run(trace, true);
        // 1 ms a token and 10 ms an iteration: 100 tokens, then 120 less three blocks of 16.
        assertEquals(0.110, result.requests().ttftNanos(0) / 1e9, 1e-6);
        assertEquals(0.010 + 0.001 * (120 - 48), result.requests().ttftNanos(1) / 1e9, 1e-6);
        assertEquals(0, result.requests().cachedTokens(0));
        assertEquals(48, result.requests().cachedTokens(1));
        assertEquals(48.0 / 220, result.metrics().value("prefix.hit_rate"), 1e-12);
        RunResult without = run(trace, false);
        assertEquals(0.130, without.requests().ttftNanos(1) / 1e9, 1e-6);
        assertTrue(without.metrics().find("prefix.hit_rate").isEmpty());
    }

    private static RunResult run(RequestTrace trace, boolean caching) {
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .replay(trace)
                .stepModel(Plain.steps(0.010, 0.001))
                .prefixCaching(caching)
                .build();
        return Scenario.of(Plain.cluster(1), serving).build().run();
    }

    /** With room for all, what is found is what was counted in the trace, less what is in the iteration that ends a prompt. */
    @Test
    void run_publicTraceOneByOne_findsWhatTheTraceRepeats() throws IOException {
        String data = System.getenv("MOTLEY_DATA");
        assumeTrue(data != null, "MOTLEY_DATA names no data folder");
        Path file = Path.of(data, "serving", "traces", "workload_Llama-3.1-8B_300req_10rps.csv");
        assumeTrue(Files.exists(file), file + " is not there");
        RequestTrace trace = RequestTrace.read(file).stretched(1_000);
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .replay(trace)
                .stepModel(Plain.steps(0.001, 0))
                .prefixCaching(true)
                .build();
        RunResult result = Scenario.of(Plain.cluster(1), serving).build().run();
        // 1,220 blocks of 16 occur in an earlier row; no prompt ends with one of them.
        assertEquals(1_220 * 16, result.metrics().value("prefix.tokens.cached"));
    }

    @Test
    void anyScenario_keepsItsBooksAndProducesEachTokenOnce() {
        Random random = new Random();
        double cached = 0;
        double preemptions = 0;
        double failures = 0;
        double evictions = 0;
        for (long seed = 1; seed <= SCENARIOS; seed++) {
            random.setSeed(seed);
            Scenario scenario = scenario(random, seed);
            String where = "seed " + seed;
            RunResult result = CheckedRun.of(scenario, where);
            RequestLog log = result.requests();
            double outputs = 0;
            for (int id = 0; id < log.size(); id++) {
                if (log.status(id) == RequestStatus.FINISHED) {
                    outputs += log.outputTokens(id);
                    assertTrue(
                            log.preemptions(id) > 0
                                    || !scenario.cluster()
                                            .groups()
                                            .get(0)
                                            .faults()
                                            .equals(Faults.none())
                                    || log.cachedTokens(id) < log.promptTokens(id),
                            where);
                }
            }
            if (scenario.horizon().isEmpty()) {
                assertEquals(outputs, result.metrics().value("tokens.output"), where);
                assertEquals(0, result.metrics().value("requests.in_flight"), where);
            }
            cached += result.metrics().value("prefix.tokens.cached");
            evictions += result.metrics().value("prefix.evictions");
            preemptions += result.metrics().value("preemptions");
            failures += result.metrics()
                    .find("failures")
                    .map(metric -> metric.value())
                    .orElse(0.0);
        }
        // The scenarios are such that there is something to see.
        assertTrue(
                cached > 100_000 && preemptions > 1_000 && failures > 500 && evictions > 10_000,
                cached + " cached, " + preemptions + " preemptions, " + failures + " failures, " + evictions);
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
        DeviceGroup group = new DeviceGroup(
                "gpu",
                1 + random.nextInt(3),
                Plain.device(Plain.memoryForBlocks(
                        4 + random.nextInt(20), limits.maxBatchedTokens(), limits.maxSequences())));
        if (random.nextInt(3) == 0) {
            group = group.withFaults(Faults.none()
                    .withOutages(new RenewalOutages(
                            Distribution.exponential(1 + random.nextDouble()),
                            Distribution.exponential(0.2),
                            RenewalOutages.UNLIMITED)));
        }
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .replay(trace(random))
                .stepModel(Plain.steps(0.005 + random.nextDouble() * 0.03, 1e-4))
                .memoryUtilization(1)
                .prefixCaching(true)
                .batching(policies.get(random.nextInt(policies.size())))
                .routing(Routing.builtIn().get(random.nextInt(Routing.builtIn().size())))
                .build();
        Cluster cluster =
                Cluster.builder("plain").add(group).network(Plain.fastNetwork()).build();
        Scenario.Builder scenario = Scenario.of(cluster, serving).seed(seed);
        if (random.nextInt(3) == 0) {
            scenario.horizon(Duration.ofMillis(100 + random.nextInt(3_000)));
        }
        return scenario.build();
    }

    /** Requests whose prompts are paths in a tree of blocks. */
    static RequestTrace trace(Random random) {
        int rows = 1 + random.nextInt(80);
        int blockTokens = 1 + random.nextInt(40);
        List<int[]> known = new ArrayList<>();
        long[] times = new long[rows];
        int[] prompts = new int[rows];
        int[] outputs = new int[rows];
        int[][] blocks = new int[rows][];
        int number = 0;
        long time = 0;
        for (int i = 0; i < rows; i++) {
            time += random.nextInt(4) == 0 ? 0 : random.nextInt(60_000_000);
            times[i] = time;
            int[] old =
                    known.isEmpty() || random.nextInt(4) == 0 ? new int[0] : known.get(random.nextInt(known.size()));
            int kept = old.length == 0 ? 0 : random.nextInt(old.length + 1);
            int more = random.nextInt(4);
            int[] own = java.util.Arrays.copyOf(old, kept + more);
            for (int j = kept; j < own.length; j++) {
                own[j] = number++;
            }
            blocks[i] = own;
            known.add(own);
            prompts[i] = Math.max(1, own.length * blockTokens + random.nextInt(30));
            outputs[i] = 1 + random.nextInt(40);
        }
        return RequestTrace.of(times, prompts, outputs).withPrefixes(blockTokens, blocks);
    }
}
