package org.motleysim.workloads.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.metric.MetricSet;

/** Servers against closed forms. A hundred devices make one Poisson process. */
class QueueingTheoryTest {
    private static final int DEVICES = 100;

    /** Mean time in the server over runs with seeds of their own, with its standard error. */
    private static SummaryStatistics serving(Queueing queueing, Application.Sizes sizes, int cores, double load) {
        SummaryStatistics means = new SummaryStatistics();
        // A task takes 0.1 s on a core.
        Application application = OffloadFixtures.tasks(load * cores / 0.1 / DEVICES, 100, 0, sizes);
        Site site = Site.of("edge", OffloadFixtures.FAST, OffloadFixtures.server(cores, 1000))
                .queueing(queueing);
        for (int seed = 1; seed <= 20; seed++) {
            means.addValue(
                    OffloadFixtures.run(OffloadFixtures.job(application, DEVICES, site), Duration.ofMinutes(20), seed)
                            .metrics()
                            .value("serving.mean"));
        }
        return means;
    }

    private static void assertWithinFourErrors(double expected, SummaryStatistics means) {
        double error = means.getStandardDeviation() / Math.sqrt((double) means.getN());
        assertEquals(expected, means.getMean(), 4 * error, "standard error " + error);
        assertTrue(error < 0.02 * expected, "the error (" + error + ") says nothing");
    }

    @Test
    void processorSharing_exponentialWork_meanOfMM1() {
        assertWithinFourErrors(
                0.1 / (1 - 0.7), serving(Queueing.PROCESSOR_SHARING, Application.Sizes.EXPONENTIAL, 1, 0.7));
    }

    /** The mean under processor sharing does not depend on the law of work, only on its mean (Kleinrock 1976). */
    @Test
    void processorSharing_equalWork_sameMean() {
        assertWithinFourErrors(0.1 / (1 - 0.7), serving(Queueing.PROCESSOR_SHARING, Application.Sizes.FIXED, 1, 0.7));
    }

    /** Pollaczek and Khinchine: wait = load / (2 (1 - load)) x service for equal work. */
    @Test
    void fifo_equalWork_meanOfMD1() {
        assertWithinFourErrors(
                0.1 * (1 + 0.7 / (2 * (1 - 0.7))), serving(Queueing.FIFO, Application.Sizes.FIXED, 1, 0.7));
    }

    /** Erlang C for three servers at load 0.8: probability to wait 0.6472, mean wait P / (c mu - lambda). */
    @Test
    void fifo_threeCores_meanOfMM3() {
        double offered = 2.4;
        double busy = offered * offered * offered / 6 / (1 - 0.8);
        double wait = busy / (1 + offered + offered * offered / 2 + busy);
        assertWithinFourErrors(
                0.1 + wait * 0.1 / (3 - 2.4), serving(Queueing.FIFO, Application.Sizes.EXPONENTIAL, 3, 0.8));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.8, 0.9})
    void stableLoad_saysSo(double load) {
        MetricSet metrics = atLoad(load);
        assertEquals(0, metrics.value("unstable"));
        assertEquals(load, metrics.value("site.edge.offered"), 0.03);
    }

    /** Above one the queue grows by (load - 1) of what comes, and what leaves is what the server can do. */
    @ParameterizedTest
    @ValueSource(doubles = {1.1, 1.5, 3})
    void overload_growsAndSaysSo(double load) {
        MetricSet metrics = atLoad(load);
        assertEquals(1, metrics.value("site.edge.unstable"));
        assertEquals(1, metrics.value("unstable"));
        assertEquals(1, metrics.value("site.edge.utilization"), 0.01);
        double generated = metrics.value("tasks.generated");
        assertEquals(generated * (1 - 1 / load), metrics.value("tasks.in_flight"), 0.06 * generated);
    }

    private static MetricSet atLoad(double load) {
        Application application = OffloadFixtures.tasks(load / 0.1 / DEVICES, 100, 0, Application.Sizes.EXPONENTIAL);
        Site site = Site.of("edge", OffloadFixtures.FAST, OffloadFixtures.server(1, 1000));
        return OffloadFixtures.run(OffloadFixtures.job(application, DEVICES, site), Duration.ofMinutes(30), 3)
                .metrics();
    }

    /** A device alone is an M/M/1 queue of its own. */
    @Test
    void onTheDevice_meanOfMM1() {
        SummaryStatistics all = new SummaryStatistics();
        Application application = OffloadFixtures.tasks(5, 100, 0, Application.Sizes.EXPONENTIAL);
        Site site = Site.of("edge", OffloadFixtures.FAST, OffloadFixtures.server(1, 1000));
        OffloadJob job = OffloadFixtures.job(application, DEVICES, site).under(OffloadPolicies.Named.LOCAL);
        for (int seed = 1; seed <= 10; seed++) {
            all.addValue(OffloadFixtures.run(job, Duration.ofMinutes(10), seed)
                    .metrics()
                    .value("latency.mean"));
        }
        assertWithinFourErrors(0.1 / (1 - 0.5), all);
    }
}
