package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.Outage;
import org.motleysim.hardware.fault.Outages;
import org.motleysim.hardware.fault.SlowPhases;
import org.motleysim.hardware.fault.SoftErrors;
import org.motleysim.hardware.fault.Straggling;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.hardware.price.SpotLevel;
import org.motleysim.hardware.price.SpotMarket;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.traces.RequestTrace;

/** Failures, slow devices and spot markets in runs small enough to be worked out by hand. Idle 100 W, iterations 200 W more. */
class FailuresTest {
    /** Two requests at 0 s and 1 s, each 100 prompt tokens and 3 output tokens; iterations of 0.1 s, prompt tokens 1 ms more. */
    private static final RequestTrace TWO =
            RequestTrace.of(new long[] {0, 1_000_000_000L}, new int[] {100, 100}, new int[] {3, 3});

    private static LlmServing.Builder two() {
        return LlmServing.of(Plain.MODEL)
                .replay(TWO)
                .stepModel(Plain.steps(0.1, 0.001))
                .batching(Batching.chunkedPrefill(512));
    }

    private static Cluster cluster(int count, Faults faults) {
        return Cluster.builder("faulty")
                .add(new DeviceGroup("gpu", count, Plain.device(Bytes.gibibytes(80))).withFaults(faults))
                .network(Plain.fastNetwork())
                .build();
    }

    private static Cluster spot(int count, SpotMarket market) {
        return Cluster.builder("spot")
                .add(new DeviceGroup("gpu", count, Plain.device(Bytes.gibibytes(80)))
                        .withPrice(PriceModel.spot(market)))
                .network(Plain.fastNetwork())
                .build();
    }

    private static Faults outages(Outage... outages) {
        return Faults.none().withOutages(Outages.recorded(List.of(outages)));
    }

    private static RunResult run(Cluster cluster, LlmServing serving) {
        return Scenario.of(cluster, serving).build().run();
    }

    @Test
    void outage_onlyReplica_recomputesWithTheTokensItHad_asTheHandSays() {
        RunResult result = run(cluster(1, outages(new Outage(0, 0.25, 1.0))), two().build());

        // Token 1 at 0.2 s. The decode from 0.2 s is lost at 0.25 s. At 1 s both requests are there: 101 + 100 tokens
        // to
        // prefill take 0.301 s, then request 0 needs one decode and request 1 two.
        RequestLog log = result.requests();
        assertEquals(200_000_000L, log.ttftNanos(0));
        assertEquals(1_401_000_000L, log.e2eNanos(0));
        assertEquals(301_000_000L, log.ttftNanos(1));
        assertEquals(501_000_000L, log.e2eNanos(1));
        assertEquals(1.501, result.metrics().value("time.simulated"), 1e-12);
        assertEquals(6, result.metrics().value("tokens.output"));
        assertEquals(1, result.metrics().value("failures"));
        assertEquals(1, result.metrics().value("retries"));
        assertEquals(0.75, result.metrics().value("downtime"), 1e-12);
        assertEquals(1 - 0.75 / 1.501, result.metrics().value("availability"), 1e-12);
        assertEquals(1, result.metrics().value("iterations.lost"));
        // 100 prompt tokens whose keys and values were lost, and the token that was being computed.
        assertEquals(101, result.metrics().value("tokens.wasted"));
    }

    @Test
    void outage_energyAndCost_lostIterationIsNobodys_andADownDeviceDrawsNothing() {
        RunResult result = run(cluster(1, outages(new Outage(0, 0.25, 1.0))), two().build());

        double busy = 0.25 + 0.501;
        assertEquals(300 * busy, result.metrics().value("energy.total"), 1e-9);
        assertEquals(0, result.metrics().value("energy.idle"), 1e-9);
        assertEquals(300 * 0.05, result.metrics().value("energy.wasted"), 1e-9);
        assertEquals(
                300 * (busy - 0.05),
                result.requests().joules(0) + result.requests().joules(1),
                1e-9);
        // The rent of a broken device runs on.
        assertEquals(1.501 * Plain.USD_PER_SECOND, result.metrics().value("cost.total"), 1e-12);
        assertEquals(0.75 * Plain.USD_PER_SECOND, result.metrics().value("cost.idle"), 1e-12);
        assertEquals(0.05 * Plain.USD_PER_SECOND, result.metrics().value("cost.wasted"), 1e-12);
    }

    @Test
    void outage_anotherReplicaIsUp_goesThereAtOnce() {
        RunResult result = run(
                cluster(2, outages(new Outage(0, 0.25, 100))),
                two().routing(Routing.roundRobin()).build());

        // From 0.25 s on replica 1: 101 tokens in 0.201 s, one decode.
        assertEquals(1, result.requests().replica(0));
        assertEquals(551_000_000L, result.requests().e2eNanos(0));
        assertEquals(1, result.requests().replica(1));
    }

    @Test
    void outage_oneDeviceOfATensorParallelReplica_takesTheReplica() {
        RunResult result = run(
                cluster(4, outages(new Outage(1, 0.25, 100))),
                two().tensorParallel(2).routing(Routing.roundRobin()).build());

        assertEquals(1, result.requests().replica(0));
        assertEquals(1, result.metrics().value("failures"));
        assertEquals(0.25, result.metrics().value("device.gpu-0.utilization") * 1.4, 1e-9);
    }

    @Test
    void outage_beyondTheRetryLimit_failsAndIsCounted() {
        RunResult result = run(
                cluster(1, outages(new Outage(0, 0.25, 0.5), new Outage(0, 0.6, 0.7))),
                two().retryLimit(1).build());

        assertEquals(RequestStatus.FAILED, result.requests().status(0));
        assertEquals(200_000_000L, result.requests().ttftNanos(0));
        assertEquals(RequestLog.ABSENT, result.requests().e2eNanos(0));
        assertEquals(RequestStatus.FINISHED, result.requests().status(1));
        assertEquals(1, result.metrics().value("requests.failed"));
        assertEquals(1, result.metrics().value("retries"));
    }

    @Test
    void outage_beforeTheFirstArrival_requestWaitsAtTheFrontEnd() {
        RunResult result = run(cluster(1, outages(new Outage(0, 0, 0.5))), two().build());

        assertEquals(500_000_000L, result.requests().queueNanos(0));
        assertEquals(0, result.metrics().value("retries"));
    }

    @Test
    void stragglers_all_takeThatManyTimesAsLong_withTheSameDynamicEnergy() {
        Faults slow = Faults.none().withStragglers(new Straggling(1, Distribution.constant(1.5)));
        RunResult result = run(cluster(1, slow), two().build());

        assertEquals(600_000_000L, result.requests().e2eNanos(0));
        assertEquals(160, result.metrics().value("energy.dynamic"), 1e-9);
    }

    /** The mean of a straggler's factor: 1 + share x (mean - 1). */
    @Test
    void stragglers_some_slowDownByTheMean() {
        Faults slow = Faults.none().withStragglers(new Straggling(0.25, Distribution.uniform(1, 3)));
        int devices = 2_000;
        long[] at = new long[devices];
        int[] ones = new int[devices];
        java.util.Arrays.fill(ones, 1);
        LlmServing serving = two().replay(RequestTrace.of(at, ones, ones))
                .stepModel(Plain.steps(1, 0))
                .routing(Routing.roundRobin())
                .build();

        // Deviation of a factor: sqrt(0.25 x (1 + 1/3) - 0.25^2) = 0.52; of the mean of 2,000: 0.0116.
        assertEquals(1.25, run(cluster(devices, slow), serving).metrics().value("e2e.mean"), 4 * 0.0116, "seed 1");
    }

    @Test
    void slowPhases_stretchWhatBeginsInThem() {
        Faults slow =
                Faults.none().withSlowPhases(new SlowPhases(Outages.recorded(List.of(new Outage(0, 0.1, 0.25))), 2));
        RunResult result = run(cluster(1, slow), two().build());

        // The prefill has begun before; the decode from 0.2 s takes 0.2 s; the one from 0.4 s is quick again.
        assertEquals(200_000_000L, result.requests().ttftNanos(0));
        assertEquals(500_000_000L, result.requests().e2eNanos(0));
        assertEquals(0, result.metrics().value("failures"));
    }

    @Test
    void softErrors_detected_computeAgain_asOftenAsTheRateSays() {
        // One upset in 10 s of computing: 3.6e11 FIT.
        SoftErrors errors = new SoftErrors(3.6e11, 1, 0, 1, 0.25, 0.5);
        int count = 2_000;
        long[] at = new long[count];
        int[] ones = new int[count];
        java.util.Arrays.fill(ones, 1);
        LlmServing serving = two().replay(RequestTrace.of(at, ones, ones))
                .stepModel(Plain.steps(0.8, 0))
                .batching(Batching.chunkedPrefill(1))
                .build();
        RunResult result = run(cluster(1, Faults.none().withSoftErrors(errors)), serving);

        // An iteration of 0.8 x 1.25 = 1 s passes without upset with probability e^-0.1: e^0.1 attempts on average.
        double attempts = Math.exp(0.1);
        assertEquals(attempts, result.metrics().value("time.simulated") / count, 4 * 0.0076, "seed 1");
        double seconds = result.metrics().value("time.simulated");
        assertEquals(seconds / 10, result.metrics().value("upsets.detected"), 4 * Math.sqrt(seconds / 10), "seed 1");
        assertEquals(count, result.metrics().value("iterations"));
        double repeated = result.metrics().value("iterations.repeated");
        assertEquals(count + repeated, seconds, 1e-6);
        // 200 W x 0.8 s, half as much again for the protection, and 100 W idle for a second.
        assertEquals(repeated * (160 * 1.5 + 100), result.metrics().value("energy.wasted"), 1e-3);
    }

    @Test
    void softErrors_silent_areCountedAndChangeNothing() {
        SoftErrors errors = new SoftErrors(3.6e14, 1, 0.5, 0, 0, 0);
        RunResult result = run(cluster(1, Faults.none().withSoftErrors(errors)), two().build());

        assertEquals(400_000_000L, result.requests().e2eNanos(0));
        // 100 upsets a second for 0.8 s, half of them masked.
        assertEquals(40, result.metrics().value("upsets.silent"), 4 * Math.sqrt(40), "seed 1");
        assertEquals(40, result.metrics().value("upsets.masked"), 4 * Math.sqrt(40), "seed 1");
        assertEquals(0, result.metrics().value("iterations.repeated"));
    }

    @Test
    void spot_priceMovesInAnIteration_isIntegratedExactly() {
        SpotLevel steps = new SpotLevel.Recorded(
                List.of(new SpotLevel.Step(0, 1), new SpotLevel.Step(0.125, 0.5), new SpotLevel.Step(0.7, 0.25)));
        RunResult result = run(spot(1, SpotMarket.of(steps)), two().build());

        double whole = 0.125 + 0.5 * (0.7 - 0.125) + 0.25 * (1.4 - 0.7);
        assertEquals(whole * Plain.USD_PER_SECOND, result.metrics().value("cost.total"), 1e-15);
        double first = 0.125 + 0.5 * (0.4 - 0.125);
        assertEquals(first * Plain.USD_PER_SECOND, result.requests().usd(0), 1e-15);
        double idle = 0.5 * 0.3 + 0.25 * 0.3;
        assertEquals(idle * Plain.USD_PER_SECOND, result.metrics().value("cost.idle"), 1e-15);
        assertEquals(whole / 1.4, result.metrics().value("spot.gpu.level.mean"), 1e-12);
    }

    @Test
    void spot_priceAboveTheBid_takesAllDevices_whichCostNothingMeanwhile() {
        SpotLevel steps = new SpotLevel.Recorded(
                List.of(new SpotLevel.Step(0, 0.5), new SpotLevel.Step(0.25, 0.9), new SpotLevel.Step(1, 0.5)));
        RunResult result = run(spot(2, SpotMarket.of(steps).withBid(0.8)), two().build());

        assertEquals(2, result.metrics().value("failures"));
        assertEquals(2 * 0.75, result.metrics().value("downtime"), 1e-12);
        assertEquals(
                2 * 0.5 * (result.metrics().value("time.simulated") - 0.75) * Plain.USD_PER_SECOND,
                result.metrics().value("cost.total"),
                1e-15);
        // Its 101 tokens from 1 s on, and one decode; alone, as the other request goes to the other replica.
        assertEquals(1_301_000_000L, result.requests().e2eNanos(0));
    }

    @Test
    void spot_notice_drains_untilTheLoss() {
        SpotMarket market = new SpotMarket(
                new SpotLevel.Steady(0.5),
                Optional.of(Outages.recorded(List.of(new Outage(0, 1.25, 50)))),
                OptionalDouble.empty(),
                Duration.ofMillis(500));
        RunResult result = run(
                spot(2, market),
                two().routing((request, replicas) -> replicas.get(0)).build());

        // Request 1 comes after the notice at 0.75 s: replica 0 is up, and gets nothing.
        assertEquals(0, result.requests().replica(0));
        assertEquals(1, result.requests().replica(1));
        assertEquals(0, result.metrics().value("retries"));
        assertEquals(1, result.metrics().value("failures"));
    }

    @Test
    void spot_noticeWithdrawn_acceptsAgain() {
        SpotLevel steps = new SpotLevel.Recorded(
                List.of(new SpotLevel.Step(0, 0.5), new SpotLevel.Step(0.9, 0.9), new SpotLevel.Step(1.2, 0.5)));
        SpotMarket market = SpotMarket.of(steps).withBid(0.8).withNotice(Duration.ofMillis(400));
        RunResult result = run(spot(1, market), two().build());

        assertEquals(200_000_000L, result.requests().queueNanos(1));
        assertEquals(0, result.metrics().value("failures"));
        assertTrue(result.metrics().value("time.simulated") < 1.7);
    }
}
