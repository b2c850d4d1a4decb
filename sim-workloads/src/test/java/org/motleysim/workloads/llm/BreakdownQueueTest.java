package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.Outages;
import org.motleysim.hardware.fault.RenewalOutages;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.ContinuousBatching;
import org.motleysim.workloads.llm.request.RequestLengths;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/** Serving on devices that break down, against renewal and queueing theory. */
class BreakdownQueueTest {
    /** Student's t with 9 degrees of freedom, 99.9% two-sided. */
    private static final double T = 4.781;

    private static final int RUNS = 10;

    /**
     * A single server with Poisson arrivals that breaks down at a rate {@code f} while it is up, idle or not, and is repaired in an
     * exponential time of mean {@code r} (Avi-Itzhak and Naor, "Some queuing problems with the service station subject to breakdown",
     * Operations Research 11(3), 1963). Each request takes {@code n} iterations of length {@code d}; a breakdown costs the iteration that
     * runs. With the completion time C of a request, repairs and lost iterations included, the wait is that of an M/G/1 queue whose idle
     * server may be away for a time D when a request comes (Welch, Operations Research 12(5), 1964):
     * {@code W = l E[C^2] / (2 (1 - l E[C])) + (2 E[D] + l E[D^2]) / (2 (1 + l E[D]))}.
     */
    @Test
    void batchOfOne_breakdowns_waitsLikeTheQueueWithBreakdowns() {
        double f = 0.5;
        double r = 0.3;
        double d = 0.02;
        int n = 5;
        double l = 5;
        // Completion of one iteration: K failed attempts, P(K = k) = (1 - p)^k p, each the truncated time to failure X
        // and a repair.
        double p = Math.exp(-f * d);
        double q = 1 - p;
        double x1 = 1 / f - d * p / q;
        double x2 = 2 / (f * f) - (d * d + 2 * d / f) * p / q;
        double a1 = x1 + r;
        double aVariance = x2 - x1 * x1 + r * r;
        double y1 = d + q / p * a1;
        double yVariance = q / p * aVariance + q / (p * p) * a1 * a1;
        double c1 = n * y1;
        double c2 = n * yVariance + c1 * c1;
        // An idle period begins with the server up and ends with an arrival: the server is away then with f / (l + f +
        // 1/r).
        double away = f / (l + f + 1 / r);
        double d1 = away * r;
        double d2 = away * 2 * r * r;
        double wait = l * c2 / (2 * (1 - l * c1)) + (2 * d1 + l * d2) / (2 * (1 + l * d1));

        LlmServing serving = LlmServing.of(Plain.MODEL)
                .arrivals(Arrivals.poisson(l))
                .lengths(RequestLengths.fixed(16, n))
                .requests(20_000)
                .stepModel(Plain.steps(d, 0))
                .batching(new ContinuousBatching(new BatchLimits(1, 8_192, 16, 0)))
                .loggedRequests(0)
                .build();
        Cluster cluster =
                cluster(1, new RenewalOutages(Distribution.exponential(1 / f), Distribution.exponential(r), 1));
        double sum = 0;
        double squares = 0;
        for (int seed = 1; seed <= RUNS; seed++) {
            double e2e = Scenario.of(cluster, serving)
                    .seed(seed)
                    .build()
                    .run()
                    .metrics()
                    .value("e2e.mean");
            sum += e2e;
            squares += e2e * e2e;
        }
        double mean = sum / RUNS;
        double half = T * Math.sqrt((squares - RUNS * mean * mean) / (RUNS - 1) / RUNS);
        String text = "time in M/D/1 with breakdowns: closed form " + (wait + c1) + ", simulated " + mean + " +- "
                + half + " (99.9%, seeds 1 to 10)";
        System.out.println(text);
        assertTrue(Math.abs(mean - wait - c1) <= half, text);
        assertTrue(half < 0.05 * mean, text);
    }

    /** The share of time in which k of n devices are up: MTBF / (MTBF + MTTR), to the power of the width of a replica. */
    @Test
    void availability_ofReplicas_isThatOfSeriesSystems() {
        double up = 90;
        double down = 10;
        for (int width = 1; width <= 4; width *= 2) {
            LlmServing serving = LlmServing.of(Plain.MODEL)
                    .arrivals(Arrivals.fixed(0.001))
                    .lengths(RequestLengths.fixed(16, 1))
                    .stepModel(Plain.steps(0.1, 0))
                    .tensorParallel(width)
                    .build();
            RunResult result = Scenario.of(
                            cluster(64, (RenewalOutages)
                                    Outages.renewal(Distribution.exponential(up), Distribution.exponential(down))),
                            serving)
                    .horizon(Duration.ofSeconds(40_000))
                    .build()
                    .run();
            // Deviation of a device's share: sqrt(2 a^2 (1-a)^2 (up + down) / t), of 64 devices an eighth of it.
            double each = Math.sqrt(2 * 0.9 * 0.1 * up * down / (up + down) / 40_000) / 8;
            assertEquals(Math.pow(0.9, width), result.metrics().value("availability"), 4 * width * each, "seed 1");
        }
    }

    private static Cluster cluster(int count, RenewalOutages outages) {
        return Cluster.builder("breaking")
                .add(new DeviceGroup("gpu", count, Plain.device(Bytes.gibibytes(80)))
                        .withFaults(Faults.none().withOutages(outages)))
                .network(Plain.fastNetwork())
                .build();
    }
}
