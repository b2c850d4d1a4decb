package org.motleysim.core.resource;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.function.IntPredicate;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.core.resource.QueueRun.Estimate;
import org.motleysim.core.resource.QueueRun.StationFactory;

/** Means in steady state against the closed forms of Kleinrock, "Queueing Systems", volumes 1 and 2 (1975, 1976). */
class QueueingTheoryTest {
    private static final long SEED = 1975;
    private static final int REPLICATIONS = 12;
    private static final int CUSTOMERS = 60_000;
    private static final int WARM_UP = 6_000;
    private static final double LOAD = 0.8;

    private static final Distribution EXPONENTIAL = Distribution.exponential(1);
    private static final Distribution FIXED = Distribution.constant(1);

    private static StationFactory slots(int servers) {
        return simulation -> {
            Slots slots = new Slots(simulation, "servers", servers);
            return (seconds, done, customer) -> slots.serve(SimTime.nanos(seconds), done, customer);
        };
    }

    private static StationFactory sharedRate(double capacity, double cap) {
        return simulation -> new SharedRate(simulation, "processor", capacity, cap)::start;
    }

    @Test
    void slots_exponentialService_meetsMM1() {
        assertMeanTime("M/M/1", 1 / (1 - LOAD), 1, EXPONENTIAL, slots(1));
    }

    /** Pollaczek and Khinchine: waiting is half of what it is for exponential service. */
    @Test
    void slots_fixedService_meetsMD1() {
        assertMeanTime("M/D/1", 1 + LOAD / (2 * (1 - LOAD)), 1, FIXED, slots(1));
    }

    /** Pollaczek and Khinchine for any service: {@code lambda E[S^2] / (2 (1 - rho))}; here E[S] = 1 and E[S^2] = 1.25. */
    @Test
    void slots_gammaService_meetsMG1() {
        assertMeanTime("M/G/1", 1 + LOAD * 1.25 / (2 * (1 - LOAD)), 1, Distribution.gamma(4, 0.25), slots(1));
    }

    /** Erlang's C: offered 2.4, P(wait) = 11.52 / 17.8 = 0.647191, waiting 0.647191 / (3 - 2.4). */
    @Test
    void slots_threeServers_meetsMMk() {
        assertMeanTime("M/M/3", 1 + 11.52 / 17.8 / 0.6, 3, EXPONENTIAL, slots(3));
    }

    @Test
    void sharedRate_exponentialWork_meetsMM1PS() {
        assertMeanTime("M/M/1-PS", 1 / (1 - LOAD), 1, EXPONENTIAL, sharedRate(1, Double.POSITIVE_INFINITY));
    }

    /** Processor sharing does not care how work is distributed, only how much there is. */
    @Test
    void sharedRate_fixedWork_meetsMD1PS() {
        assertMeanTime("M/D/1-PS", 1 / (1 - LOAD), 1, FIXED, sharedRate(1, Double.POSITIVE_INFINITY));
    }

    /** With a cap of a third it is three servers; the number present is that of M/M/3. */
    @Test
    void sharedRate_capped_meetsMMkPS() {
        assertMeanTime("M/M/3-PS", 1 + 11.52 / 17.8 / 0.6, 3, EXPONENTIAL, sharedRate(3, 1));
    }

    /** A job of size x takes x / (1 - rho) on average: sharing is fair to every size. */
    @Test
    void sharedRate_shortAndLongJobs_areSlowedAlike() {
        var slowdownShort = new SummaryStatistics();
        var slowdownLong = new SummaryStatistics();
        for (int i = 0; i < REPLICATIONS; i++) {
            QueueRun run = run(i, 1, EXPONENTIAL, sharedRate(1, Double.POSITIVE_INFINITY));
            slowdownShort.addValue(ratioOfMeans(run, customer -> run.service[customer] < 0.5));
            slowdownLong.addValue(ratioOfMeans(run, customer -> run.service[customer] >= 2));
        }
        assertCovers("slowdown of short jobs", 1 / (1 - LOAD), Estimate.of(slowdownShort));
        assertCovers("slowdown of long jobs", 1 / (1 - LOAD), Estimate.of(slowdownLong));
    }

    /** Cobham: with residual work 0.8, level 0 waits 0.8 / 0.6 and level 1 waits 0.8 / (0.6 * 0.2). */
    @Test
    void slots_twoLevels_meetCobham() {
        var first = new SummaryStatistics();
        var second = new SummaryStatistics();
        for (int i = 0; i < REPLICATIONS; i++) {
            QueueRun run = run(i, 1, EXPONENTIAL, simulation -> {
                Slots slots = new Slots(simulation, "server", 1, 2);
                var levels = RandomStreams.of(SEED).stream("levels");
                return (seconds, done, customer) -> {
                    int level = levels.nextInt(2);
                    slots.serve(level, SimTime.nanos(seconds), done, customer);
                };
            });
            var levels = RandomStreams.of(SEED).stream("levels");
            var waits = new SummaryStatistics[] {new SummaryStatistics(), new SummaryStatistics()};
            for (int customer = 0; customer < CUSTOMERS; customer++) {
                int level = levels.nextInt(2);
                if (customer >= WARM_UP) {
                    waits[level].addValue(run.secondsInSystem[customer] - run.service[customer]);
                }
            }
            first.addValue(waits[0].getMean());
            second.addValue(waits[1].getMean());
        }
        assertCovers("wait at level 0", 0.8 / 0.6, Estimate.of(first));
        assertCovers("wait at level 1", 0.8 / (0.6 * 0.2), Estimate.of(second));
    }

    /** Whatever the order of service, a server that never idles before work is done with all of it at the same time. */
    @Test
    void sharedRate_andSlots_finishTheSameWorkTogether() {
        QueueRun queue = run(0, 1, EXPONENTIAL, slots(1));
        QueueRun sharing = run(0, 1, EXPONENTIAL, sharedRate(1, Double.POSITIVE_INFINITY));
        assertTrue(
                Math.abs(queue.lastDeparture - sharing.lastDeparture) <= CUSTOMERS / 2,
                "rounding is half a nanosecond each");
    }

    private static QueueRun run(int replication, int servers, Distribution service, StationFactory station) {
        var streams = RandomStreams.of(SEED).replication(replication);
        return new QueueRun(streams, LOAD * servers, service, CUSTOMERS, station).run();
    }

    private static void assertMeanTime(
            String queue, double closedForm, int servers, Distribution service, StationFactory station) {
        var means = new SummaryStatistics();
        for (int i = 0; i < REPLICATIONS; i++) {
            QueueRun run = run(i, servers, service, station);
            var times = new SummaryStatistics();
            for (int customer = WARM_UP; customer < CUSTOMERS; customer++) {
                times.addValue(run.secondsInSystem[customer]);
            }
            means.addValue(times.getMean());
        }
        assertCovers("time in " + queue, closedForm, Estimate.of(means));
    }

    private static double ratioOfMeans(QueueRun run, IntPredicate which) {
        double time = 0;
        double work = 0;
        for (int customer = WARM_UP; customer < CUSTOMERS; customer++) {
            if (which.test(customer)) {
                time += run.secondsInSystem[customer];
                work += run.service[customer];
            }
        }
        return time / work;
    }

    private static void assertCovers(String what, double closedForm, Estimate estimate) {
        String text = String.format(
                Locale.ROOT,
                "%s: closed form %.5f, simulated %.5f +- %.5f (99.9%%, seed %d)",
                what,
                closedForm,
                estimate.mean(),
                estimate.halfWidth(),
                SEED);
        System.out.println(text);
        assertTrue(Math.abs(estimate.mean() - closedForm) <= estimate.halfWidth(), text);
        assertTrue(estimate.halfWidth() < 0.08 * closedForm, "too wide to mean anything: " + text);
    }
}
