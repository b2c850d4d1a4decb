package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.scenario.ScenarioException;
import org.motleysim.workloads.traces.RequestTrace;

/** Whole runs small enough to be worked out by hand. */
class ServingRunTest {
    /** Two requests at 0 s and 1 s, each 100 prompt tokens and 3 output tokens; iterations of 0.1 s, prompt tokens 1 ms more. */
    private static final RequestTrace TWO =
            RequestTrace.of(new long[] {0, 1_000_000_000L}, new int[] {100, 100}, new int[] {3, 3});

    private static LlmServing.Builder two() {
        return LlmServing.of(Plain.MODEL)
                .replay(TWO)
                .stepModel(Plain.steps(0.1, 0.001))
                .batching(Batching.chunkedPrefill(512));
    }

    @Test
    void run_twoRequestsApart_timesAreThoseOfTheHand() {
        RunResult result = Scenario.of(Plain.cluster(1), two().build()).build().run();
        // Prefill 0.1 + 100 x 0.001 = 0.2 s, then two decodes of 0.1 s.
        RequestLog log = result.requests();
        for (int id = 0; id < 2; id++) {
            assertEquals(0, log.queueNanos(id));
            assertEquals(200_000_000L, log.ttftNanos(id));
            assertEquals(400_000_000L, log.e2eNanos(id));
            assertEquals(RequestStatus.FINISHED, log.status(id));
        }
        assertEquals(0.2, result.metrics().value("ttft.mean"), 1e-12);
        assertEquals(0.1, result.metrics().value("tpot.mean"), 1e-12);
        assertEquals(0.1, result.metrics().value("itl.mean"), 1e-12);
        assertEquals(1.4, result.metrics().value("time.simulated"), 1e-12);
        assertEquals(6 / 1.4, result.metrics().value("throughput.output_tokens"), 1e-9);
    }

    @Test
    void run_twoRequestsApart_energyAndCostAreThoseOfTheHand() {
        RunResult result = Scenario.of(Plain.cluster(1), two().build()).build().run();
        // Idle 100 W for 1.4 s; iterations draw 200 W more, for 0.8 s in all. Busy time is charged, 0.6 s are idle.
        assertEquals(140 + 160, result.metrics().value("energy.total"), 1e-9);
        assertEquals(160, result.metrics().value("energy.dynamic"), 1e-9);
        assertEquals(60, result.metrics().value("energy.idle"), 1e-9);
        assertEquals(240, result.metrics().value("energy.attributed"), 1e-9);
        assertEquals(120, result.requests().joules(0), 1e-9);
        assertEquals(1.4 * Plain.USD_PER_SECOND, result.metrics().value("cost.total"), 1e-12);
        assertEquals(0.4 * Plain.USD_PER_SECOND, result.requests().usd(1), 1e-12);
        assertEquals(
                1.4 * Plain.USD_PER_SECOND / 6 * 1e6, result.metrics().value("cost.per_million_output_tokens"), 1e-9);
    }

    @Test
    void run_requestsTogether_shareAnIterationByTokens() {
        RequestTrace together = RequestTrace.of(new long[] {0, 0}, new int[] {300, 100}, new int[] {1, 1});
        RunResult result = Scenario.of(Plain.cluster(1), two().replay(together).build())
                .build()
                .run();
        // One iteration of 0.1 + 0.4 = 0.5 s at 300 W.
        assertEquals(150 * 0.75, result.requests().joules(0), 1e-9);
        assertEquals(150 * 0.25, result.requests().joules(1), 1e-9);
    }

    @Test
    void run_withHorizon_countsWhoIsInFlight_andChargesThePartOfTheIteration() {
        RunResult result = Scenario.of(Plain.cluster(1), two().build())
                .horizon(Duration.ofMillis(1_100))
                .build()
                .run();
        assertEquals(1, result.metrics().value("requests.finished"));
        assertEquals(1, result.metrics().value("requests.in_flight"));
        assertEquals(30, result.requests().joules(1), 1e-9);
        assertEquals(RequestStatus.IN_FLIGHT, result.requests().status(1));
        assertEquals(RequestLog.ABSENT, result.requests().ttftNanos(1));
        assertTrue(result.conservation().stream().allMatch(Balance::holds));
    }

    @Test
    void run_slowNetwork_promptTravelsBeforeItQueues() {
        Cluster cluster = Cluster.builder("slow")
                .add("gpu", 1, Plain.device(Bytes.gibibytes(80)))
                .network(NetworkModel.uniform(new Bandwidth(4_000), Duration.ofMillis(50)))
                .build();
        RunResult result = Scenario.of(cluster, two().build()).build().run();
        // 100 tokens of 4 bytes over 32 kbit/s are 0.1 s, and 50 ms of latency.
        assertEquals(150_000_000L, result.requests().queueNanos(0));
        assertEquals(350_000_000L, result.requests().ttftNanos(0));
    }

    @Test
    void run_slo_countsRejectedAsMisses() {
        RequestTrace three = RequestTrace.of(new long[] {0, 0, 0}, new int[] {100, 100, 100}, new int[] {3, 3, 3});
        RunResult result = Scenario.of(
                        Plain.cluster(1),
                        two().replay(three)
                                .maxOutstanding(2)
                                .slo(new Slo(Duration.ofSeconds(1), Duration.ofMillis(100)))
                                .build())
                .build()
                .run();
        assertEquals(1, result.metrics().value("requests.rejected"));
        assertEquals(2.0 / 3, result.metrics().value("slo.attainment"), 1e-12);
        assertEquals(RequestStatus.BUSY, result.requests().status(2));
        assertEquals(
                2 / result.metrics().value("time.simulated"), result.metrics().value("goodput"), 1e-12);
    }

    @Test
    void run_requestBeyondTheContext_isRejectedAndCounted() {
        int limit = Plain.MODEL.contextLimit();
        RequestTrace trace = RequestTrace.of(new long[] {0, 0}, new int[] {limit, limit - 1}, new int[] {1, 1});
        RunResult result = Scenario.of(Plain.cluster(1), two().replay(trace).build())
                .build()
                .run();
        assertEquals(RequestStatus.TOO_LONG, result.requests().status(0));
        assertEquals(RequestStatus.FINISHED, result.requests().status(1));
    }

    @Test
    void run_replicasOfUnlikeMemory_longRequestGoesWhereItFits() {
        Cluster cluster = Cluster.builder("unlike")
                .add("small", 1, Plain.device(Plain.memoryForBlocks(10, 512, 256)))
                .add("large", 1, Plain.device(Bytes.gibibytes(80)))
                .network(Plain.fastNetwork())
                .build();
        RequestTrace trace = RequestTrace.of(new long[] {0, 0, 0}, new int[] {1_000, 1_000, 100}, new int[] {1, 1, 1});
        RunResult result = Scenario.of(
                        cluster,
                        two().replay(trace)
                                .memoryUtilization(1)
                                .routing((request, replicas) -> replicas.get(0))
                                .build())
                .build()
                .run();
        assertEquals(1, result.requests().replica(0));
        assertEquals(1, result.requests().replica(1));
        assertEquals(0, result.requests().replica(2));
    }

    @Test
    void run_tensorParallel_groupsDevicesIntoReplicas() {
        RunResult result = Scenario.of(
                        Plain.cluster(4),
                        two().tensorParallel(2).routing(Routing.roundRobin()).build())
                .build()
                .run();
        assertEquals(1, result.requests().replica(1));
        assertEquals(0.4 / 1.4, result.metrics().value("device.gpu-1.utilization"), 1e-9);
        assertEquals(0.4 / 1.4, result.metrics().value("device.gpu-3.utilization"), 1e-9);
    }

    @Test
    void run_warmup_leavesEarlyRequestsOutOfLatencies() {
        RunResult result = Scenario.of(Plain.cluster(1), two().build())
                .warmup(Duration.ofMillis(500))
                .build()
                .run();
        assertEquals(2, result.metrics().value("requests.finished"));
        assertEquals(1 / 0.9, result.metrics().value("throughput.requests"), 1e-9);
        assertEquals(0.4 / 0.9, result.metrics().value("requests.running.mean"), 1e-9);
    }

    @Test
    void requestLog_csv_isExact() throws IOException {
        StringBuilder csv = new StringBuilder();
        Scenario.of(Plain.cluster(1), two().build()).build().run().requests().writeCsv(csv);
        assertEquals("""
                id,arrival_s,prompt_tokens,output_tokens,replica,queue_s,ttft_s,e2e_s,preemptions,energy_j,cost_usd,status
                0,0.000000000,100,3,0,0.000000000,0.200000000,0.400000000,0,120.000000000,0.000400000000,finished
                1,1.000000000,100,3,0,0.000000000,0.200000000,0.400000000,0,120.000000000,0.000400000000,finished
                """, csv.toString());
    }

    @Test
    void problems_modelTooLarge_showsTheArithmetic_andTheOthersToo() {
        Cluster small = Plain.cluster(3, Bytes.gibibytes(12));
        Scenario scenario = Scenario.of(
                        small,
                        LlmServing.of(Plain.MODEL)
                                .arrivals(Arrivals.poisson(1))
                                .lengths(RequestLengths.fixed(10, 10))
                                .build())
                .build();
        List<Problem> problems = scenario.problems();
        assertEquals(
                List.of("$.workloads[0].arrivals", "$.workloads[0].model"),
                problems.stream().map(Problem::path).toList());
        assertTrue(problems.get(1).message().contains("12 GiB"), problems.get(1).message());
        assertTrue(problems.get(1).message().contains("short"), problems.get(1).message());
        assertEquals(
                problems, assertThrows(ScenarioException.class, scenario::run).problems());
    }

    @Test
    void problems_groupsThatDoNotDivide_orAreUnknown_areNamed() {
        Scenario scenario = Scenario.of(
                        Plain.cluster(3),
                        two().tensorParallel(2).groups("gpu", "tpu").build())
                .build();
        assertEquals(
                List.of("$.workloads[0].groups", "$.workloads[0].tensorParallel"),
                scenario.problems().stream().map(Problem::path).toList());
    }

    @Test
    void run_twoWorkloads_haveTheirOwnGroupsAndPrefixes() {
        Cluster cluster = Cluster.builder("two")
                .add("a", 1, Plain.device(Bytes.gibibytes(80)))
                .add("b", 1, Plain.device(Bytes.gibibytes(80)))
                .network(Plain.fastNetwork())
                .build();
        LlmServing first = two().name("first").groups("a").build();
        LlmServing second = two().name("second").groups("b").build();
        RunResult result = Scenario.of(cluster, first, second).build().run();
        assertEquals(2, result.metrics().value("first.requests.finished"));
        assertEquals(0.2, result.metrics().value("second.ttft.mean"), 1e-12);
        assertEquals(
                1,
                Scenario.of(cluster, first, two().name("second").build())
                        .build()
                        .problems()
                        .size());
    }
}
