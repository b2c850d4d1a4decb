package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.Outages;
import org.motleysim.hardware.fault.RenewalOutages;
import org.motleysim.hardware.fault.SlowPhases;
import org.motleysim.hardware.fault.SoftErrors;
import org.motleysim.hardware.fault.Straggling;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.price.SpotLevel;
import org.motleysim.hardware.price.SpotMarket;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.batching.StaticBatching;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/** Random small services on random bad machines: every book closes, and no token is lost or delivered twice. */
class RandomFailuresTest {
    private static final int SCENARIOS = 400;
    private static final int REQUESTS = 60;

    private final Random random = new Random();

    @Test
    void run_anyFaults_closesAllBooks() {
        long failures = 0;
        long retries = 0;
        long failed = 0;
        long repeated = 0;
        for (long seed = 1; seed <= SCENARIOS; seed++) {
            random.setSeed(seed);
            Scenario scenario = scenario(seed);
            RunResult result = CheckedRun.of(scenario, "seed " + seed);
            String where = "seed " + seed + ": " + scenario;
            check(result, where);
            assertEquals(result.digest(), scenario.run().digest(), where);
            failures += (long) result.metrics().value("failures");
            retries += (long) result.metrics().value("retries");
            failed += (long) result.metrics().value("requests.failed");
            repeated += (long) result.metrics().value("iterations.repeated");
        }
        // The scenarios are bad enough to test anything.
        assertTrue(
                failures > SCENARIOS && retries > SCENARIOS && failed > 10 && repeated > 100,
                failures + " failures, " + retries + " retries, " + failed + " failed, " + repeated + " repeated");
    }

    private static void check(RunResult result, String where) {
        assertTrue(result.conservation().stream().allMatch(Balance::holds), where);
        RequestLog log = result.requests();
        double finishedTokens = 0;
        double joules = 0;
        double usd = 0;
        int ended = 0;
        for (int id = 0; id < log.size(); id++) {
            joules += log.joules(id);
            usd += log.usd(id);
            ended += log.status(id) == RequestStatus.IN_FLIGHT ? 0 : 1;
            if (log.status(id) == RequestStatus.FINISHED) {
                finishedTokens += log.outputTokens(id);
                assertTrue(log.ttftNanos(id) <= log.e2eNanos(id) && log.queueNanos(id) <= log.ttftNanos(id), where);
            }
        }
        double delivered = result.metrics().value("tokens.output");
        assertTrue(delivered >= finishedTokens, where);
        if (result.scenario().horizon().isEmpty()) {
            assertEquals(log.size(), ended, where);
            if (result.metrics().value("requests.failed") == 0) {
                assertEquals(finishedTokens, delivered, 0, where); // each token once
            }
        }
        assertEquals(result.metrics().value("energy.attributed"), joules, 1e-9 * (1 + joules), where);
        assertEquals(result.metrics().value("cost.attributed"), usd, 1e-9 * (1 + usd), where);
        assertEquals(
                result.metrics().value("cost.total"),
                result.metrics().value("cost.attributed")
                        + result.metrics().value("cost.wasted")
                        + result.metrics().value("cost.idle"),
                1e-9 * result.metrics().value("cost.total"),
                where);
        double availability = result.metrics().value("availability");
        assertTrue(availability >= 0 && availability <= 1, where);
    }

    private Scenario scenario(long seed) {
        int tensorParallel = 1 + random.nextInt(2);
        Cluster.Builder cluster = Cluster.builder("random").network(network());
        int groups = 1 + random.nextInt(2);
        BatchLimits limits = new BatchLimits(1 + random.nextInt(8), 64 + random.nextInt(400), 16, 0.01);
        for (int i = 0; i < groups; i++) {
            DeviceGroup group = new DeviceGroup(
                            "g" + i,
                            tensorParallel * (1 + random.nextInt(3)),
                            Plain.device(Plain.memoryForBlocks(
                                    20 + random.nextInt(60), limits.maxBatchedTokens(), limits.maxSequences())))
                    .withFaults(faults());
            cluster.add(random.nextBoolean() ? group.withPrice(price()) : group);
        }
        List<Routing> routers = Routing.builtIn();
        LlmServing.Builder serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.poisson(0.5 + 4 * random.nextDouble()))
                .lengths(RequestLengths.independent(Distribution.uniform(1, 150), Distribution.uniform(1, 20)))
                .requests(REQUESTS)
                .stepModel(Plain.steps(0.02 + 0.1 * random.nextDouble(), 0.001))
                .batching(batching(limits))
                .memoryUtilization(1)
                .tensorParallel(tensorParallel)
                .routing(routers.get(random.nextInt(routers.size())));
        if (random.nextBoolean()) {
            serving.retryLimit(random.nextInt(4));
        }
        if (random.nextInt(4) == 0) {
            serving.maxOutstandingPerReplica(3 + random.nextInt(10)).maxOutstanding(10 + random.nextInt(20));
        }
        Scenario.Builder scenario =
                Scenario.of(cluster.build(), serving.build()).seed(seed);
        return random.nextBoolean()
                ? scenario.build()
                : scenario.warmup(Duration.ofSeconds(1))
                        .horizon(Duration.ofMillis(3_000 + random.nextInt(20_000)))
                        .build();
    }

    private NetworkModel network() {
        // From instantaneous to slow enough that prompts are on their way when a replica fails.
        return random.nextBoolean()
                ? Plain.fastNetwork()
                : NetworkModel.fairShare(new Bandwidth(2_000), Duration.ofMillis(random.nextInt(200)));
    }

    private Batching batching(BatchLimits limits) {
        return switch (random.nextInt(3)) {
            case 0 -> new ChunkedPrefill(limits);
            case 1 -> new ContinuousBatching(limits);
            default -> new StaticBatching(limits);
        };
    }

    private Faults faults() {
        // At least outages, so that each scenario has a replica that can fail.
        RenewalOutages outages = new RenewalOutages(
                Distribution.exponential(0.5 + 5 * random.nextDouble()),
                Distribution.exponential(0.1 + random.nextDouble()),
                random.nextBoolean() ? 1 : RenewalOutages.UNLIMITED);
        Faults faults = Faults.none().withOutages(outages);
        if (random.nextBoolean()) {
            faults = faults.withStragglers(new Straggling(0.3, Distribution.uniform(1, 2)));
        }
        if (random.nextBoolean()) {
            faults = faults.withSlowPhases(new SlowPhases(
                    Outages.renewal(Distribution.exponential(2), Distribution.exponential(1)),
                    1 + random.nextDouble()));
        }
        if (random.nextBoolean()) {
            faults = faults.withSoftErrors(new SoftErrors(
                    1e12 * random.nextDouble(), 1, random.nextDouble(), random.nextDouble(), 0.02, 0.03));
        }
        return faults;
    }

    private PriceModel price() {
        List<SpotLevel> levels = new ArrayList<>();
        levels.add(new SpotLevel.Steady(0.3));
        levels.add(new SpotLevel.MeanReverting(
                0.4, 0.5, Duration.ofSeconds(5), Duration.ofMillis(100 + random.nextInt(900)), 1));
        levels.add(new SpotLevel.Recorded(
                List.of(new SpotLevel.Step(0, 0.9), new SpotLevel.Step(1.5, 0.3), new SpotLevel.Step(7, 0.6))));
        SpotMarket market = new SpotMarket(
                levels.get(random.nextInt(levels.size())),
                random.nextBoolean()
                        ? Optional.of(Outages.renewal(Distribution.exponential(6), Distribution.constant(0.5)))
                        : Optional.empty(),
                random.nextBoolean() ? OptionalDouble.of(0.7) : OptionalDouble.empty(),
                Duration.ofMillis(400L * random.nextInt(3)));
        return PriceModel.spot(market).plus(PriceModel.electricity(0.2, 1.3));
    }
}
