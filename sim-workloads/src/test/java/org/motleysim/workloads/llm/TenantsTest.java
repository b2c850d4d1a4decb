package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.Distribution;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.batching.MixedBatching;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.session.Conversations;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

class TenantsTest {
    private static final BatchLimits LIMITS = new BatchLimits(4, 2_048, 16, 0);

    /** The service asks for ten times what there is, and so does the tenant, with a weight. */
    private static RunResult overloaded(Queueing queueing, double weight, double tenantRate) {
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.poisson(40))
                .lengths(RequestLengths.fixed(100, 20))
                .stepModel(Plain.steps(0.05, 0))
                .batching(new ContinuousBatching(LIMITS))
                .tenants(List.of(Tenant.of("other", Arrivals.poisson(tenantRate), RequestLengths.fixed(100, 20))
                        .withWeight(weight)))
                .queueing(queueing)
                .build();
        return Scenario.of(Plain.cluster(1), serving)
                .horizon(Duration.ofSeconds(500))
                .build()
                .run();
    }

    private static double ratio(RunResult result) {
        return result.metrics().value("tenant.other.tokens.output")
                / result.metrics().value("tenant.main.tokens.output");
    }

    @Test
    void fcfs_overload_servesByArrivals() {
        assertEquals(0.5, ratio(overloaded(Queueing.FCFS, 1, 20)), 0.07);
    }

    @Test
    void fair_overload_servesByWeight() {
        assertEquals(1, ratio(overloaded(Queueing.FAIR, 1, 20)), 0.02);
        assertEquals(3, ratio(overloaded(Queueing.FAIR, 3, 20)), 0.06);
    }

    /** Who asks for less than its share gets all of it without delay, whatever the other asks for. */
    @Test
    void fair_littleLoad_isNotHeldUp() {
        RunResult fair = overloaded(Queueing.FAIR, 1, 0.5);
        RunResult fcfs = overloaded(Queueing.FCFS, 1, 0.5);
        assertTrue(fair.metrics().value("tenant.other.ttft.p99") < 2);
        assertTrue(fcfs.metrics().value("tenant.other.ttft.p99") > 100);
    }

    @Test
    void badParts_areRefused() {
        Tenant tenant = Tenant.of("a", Arrivals.fixed(1), RequestLengths.fixed(1, 1));
        assertThrows(IllegalArgumentException.class, () -> tenant.withWeight(0));
        assertThrows(
                IllegalArgumentException.class, () -> Tenant.of("main", Arrivals.fixed(1), RequestLengths.fixed(1, 1)));
        assertThrows(
                IllegalArgumentException.class, () -> LlmServing.of(Plain.MODEL).tenants(List.of(tenant, tenant)));
    }

    @Test
    void anyScenario_keepsItsBooks() {
        Random random = new Random();
        double preemptions = 0;
        for (long seed = 1; seed <= 1_000; seed++) {
            random.setSeed(seed);
            BatchLimits limits = new BatchLimits(1 + random.nextInt(12), 8 + random.nextInt(200), 8, 0);
            List<Batching> policies = List.of(
                    new ContinuousBatching(limits), new ChunkedPrefill(limits), new MixedBatching(limits, true));
            LlmServing serving = LlmServing.of(Plain.MODEL)
                    .arrivals(Arrivals.poisson(5 + random.nextInt(40)))
                    .lengths(RequestLengths.logNormal(30, 200, 20, 60))
                    .requests(1 + random.nextInt(40))
                    .tenants(List.of(
                            Tenant.of("batch", Arrivals.gamma(10, 4), RequestLengths.logNormal(60, 200, 10, 60))
                                    .withRequests(1 + random.nextInt(40))
                                    .withWeight(0.2),
                            Tenant.of("chat", Arrivals.poisson(3), RequestLengths.logNormal(10, 20, 10, 20))
                                    .withRequests(1 + random.nextInt(10))
                                    .withSessions(Conversations.of(
                                            Distribution.uniform(1, 4), Distribution.exponential(0.1)))))
                    .queueing(random.nextBoolean() ? Queueing.FAIR : Queueing.FCFS)
                    .stepModel(Plain.steps(0.005 + random.nextDouble() * 0.03, 1e-4))
                    .memoryUtilization(1)
                    .prefixCaching(random.nextBoolean())
                    .batching(policies.get(random.nextInt(3)))
                    .build();
            RunResult result = Scenario.of(
                            Plain.cluster(
                                    1 + random.nextInt(2),
                                    Plain.memoryForBlocks(
                                            10 + random.nextInt(30), limits.maxBatchedTokens(), limits.maxSequences())),
                            serving)
                    .seed(seed)
                    .build()
                    .run();
            assertTrue(result.conservation().stream().allMatch(Balance::holds), "seed " + seed);
            double parts = 0;
            for (String name : List.of("main", "batch", "chat")) {
                parts += result.metrics().value("tenant." + name + ".tokens.output");
            }
            assertEquals(result.metrics().value("tokens.output"), parts, "seed " + seed);
            preemptions += result.metrics().value("preemptions");
        }
        assertTrue(preemptions > 1_000, preemptions + " preemptions");
    }
}
