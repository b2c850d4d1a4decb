package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.motleysim.core.random.Distribution;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/** Serving in its limiting cases, against queueing theory. Seeds are 1 to 10. */
class QueueingTheoryTest {
    private static final int RUNS = 10;
    /** Student's t with 9 degrees of freedom, 99.9% two-sided. */
    private static final double T = 4.781;

    private static final Batching ONE_AT_A_TIME = new ContinuousBatching(new BatchLimits(1, 8_192, 16, 0));

    @Test
    void batchOfOne_fixedLengths_waitsLikeMD1() {
        double service = 0.1;
        double rate = 7;
        double load = rate * service;
        // Pollaczek-Khinchine for constant service: W = rho S / (2 (1 - rho)).
        double expected = load * service / (2 * (1 - load));
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.poisson(rate))
                .lengths(RequestLengths.fixed(100, 1))
                .requests(30_000)
                .stepModel(Plain.steps(0, service / 100))
                .batching(ONE_AT_A_TIME)
                .build();
        assertInterval(expected, seed -> queueMean(serving, 1, seed));
    }

    @Test
    void batchOfOne_exponentialLengths_waitsLikeMM1_onEachRandomlyChosenReplica() {
        double service = 0.1;
        int replicas = 3;
        double rate = 6 * replicas;
        double load = rate / replicas * service;
        // Random routing splits a Poisson stream into Poisson streams: W = rho S / (1 - rho).
        double expected = load * service / (1 - load);
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.poisson(rate))
                .lengths(RequestLengths.independent(Distribution.exponential(500), Distribution.constant(1)))
                .requests(60_000)
                .stepModel(Plain.steps(0, service / 500))
                .batching(ONE_AT_A_TIME)
                .routing(Routing.random())
                .build();
        assertInterval(expected, seed -> queueMean(serving, replicas, seed));
    }

    @Test
    void batchWithoutLimit_constantIterations_holdsLikeMGInfinity() {
        // An iteration takes 10 ms however large; 50 output tokens are 50 iterations, and an arrival waits for the end
        // of the present one.
        double iteration = 0.01;
        double rate = 20;
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.poisson(rate))
                .lengths(RequestLengths.fixed(10, 50))
                .requests(20_000)
                .stepModel(Plain.steps(iteration, 0))
                .batching(Batching.chunkedPrefill(1 << 14))
                .build();
        RunResult result =
                Scenario.of(Plain.cluster(1), serving).seed(1).build().run();
        assertEquals(50 * iteration + iteration / 2, result.metrics().value("e2e.mean"), 0.02 * iteration);
        assertEquals(rate * 50 * iteration, result.metrics().value("requests.running.mean"), 0.3);
        assertEquals(iteration, result.metrics().value("tpot.p99"), 1e-3 * iteration);
    }

    @Test
    void saturated_throughputIsTheCapacity() {
        // 8 sequences, one token each per 10 ms: 800 tokens/s, whatever waits outside.
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.fixed(1e6))
                .lengths(RequestLengths.fixed(16, 100))
                .requests(800)
                .stepModel(Plain.steps(0.01, 0))
                .batching(new ContinuousBatching(new BatchLimits(8, 1 << 14, 16, 0)))
                .build();
        RunResult result = Scenario.of(Plain.cluster(1), serving).build().run();
        assertEquals(800, result.metrics().value("throughput.output_tokens"), 0.5);
        assertEquals(8, result.metrics().value("batch.mean"), 1e-2);
        assertEquals(1, result.metrics().value("device.gpu-0.utilization"), 1e-5);
    }

    private static double queueMean(LlmServing serving, int replicas, long seed) {
        return Scenario.of(Plain.cluster(replicas), serving)
                .seed(seed)
                .build()
                .run()
                .metrics()
                .value("queue.mean");
    }

    private static void assertInterval(double expected, LongToDoubleFunction run) {
        double sum = 0;
        double squares = 0;
        for (int seed = 1; seed <= RUNS; seed++) {
            double value = run.applyAsDouble(seed);
            sum += value;
            squares += value * value;
        }
        double mean = sum / RUNS;
        double deviation = Math.sqrt((squares - RUNS * mean * mean) / (RUNS - 1));
        double half = T * deviation / Math.sqrt(RUNS);
        assertTrue(
                Math.abs(mean - expected) <= half,
                "expected " + expected + ", measured " + mean + " +- " + half + " (99.9%), seeds 1 to " + RUNS);
    }
}
