package org.motleysim.workloads.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.motleysim.workloads.graph.GraphBench.cluster;
import static org.motleysim.workloads.graph.GraphBench.fixed;
import static org.motleysim.workloads.graph.GraphBench.group;
import static org.motleysim.workloads.graph.GraphBench.log;
import static org.motleysim.workloads.graph.GraphBench.run;
import static org.motleysim.workloads.graph.GraphBench.streams;
import static org.motleysim.workloads.graph.GraphBench.task;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.collective.Algorithms;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.Outage;
import org.motleysim.hardware.fault.Outages;
import org.motleysim.hardware.fault.SoftErrors;
import org.motleysim.hardware.power.Battery;
import org.motleysim.hardware.power.ChargeWindows;
import org.motleysim.hardware.power.PowerSetup;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.collective.CollectiveJob;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.schedule.Schedulers;

/** Graphs on devices that fail, flip bits, or run on batteries. */
class GraphOutagesTest {
    private static DeviceGroup failing(int count, Outage... outages) {
        return group(count).withFaults(Faults.none().withOutages(Outages.recorded(List.of(outages))));
    }

    private static TaskGraph chain(double... seconds) {
        TaskGraph.Builder graph = TaskGraph.builder("chain");
        for (int i = 0; i < seconds.length; i++) {
            graph.add(task("t" + i, seconds[i]));
            if (i > 0) {
                graph.edge(i - 1, i, Bytes.ZERO);
            }
        }
        return graph.build();
    }

    @Test
    void run_outageInATask_losesItAndDoesItAgain() {
        RunResult result = run(
                cluster(failing(1, new Outage(0, 1.5, 2.5)), Duration.ZERO),
                GraphJob.of(chain(1, 2), fixed(0, 0)).build());
        TaskLog log = log(result);

        assertEquals(2_500_000_000L, log.startNanos(1));
        assertEquals(4.5, result.metrics().value("makespan"), 1e-9);
        assertEquals(1, result.metrics().value("tasks.lost.outage"));
        assertEquals(0.5, result.metrics().value("work.lost"), 1e-9);
        assertEquals(20 * 0.5, result.metrics().value("energy.wasted"), 1e-9);
        assertEquals(1 / 4.5, result.metrics().value("idle.down"), 1e-9);
        assertEquals(0, result.metrics().value("idle.dependency"), 1e-9);
        assertTrue(result.conservation().stream().allMatch(Balance::holds));
    }

    @Test
    void run_outageOfADeviceWithStreams_losesAllItRan_inTheirOrder() {
        TaskGraph.Builder graph = TaskGraph.builder("independent");
        for (int i = 0; i < 3; i++) {
            graph.add(task("t" + i, 1 + i));
        }
        RunResult result = run(
                cluster(failing(1, new Outage(0, 1, 2)), Duration.ZERO),
                GraphJob.of(graph.build(), fixed(0, 0, 0))
                        .rules(streams(ExecutionRules.Queue.AS_GIVEN, 2, 1))
                        .build());
        TaskLog log = log(result);

        // t0 and t1 are lost with half a second of work each; they begin again at 2 s, t2 when t0 is over at 4 s.
        assertEquals(2_000_000_000L, log.startNanos(0));
        assertEquals(2_000_000_000L, log.startNanos(1));
        assertEquals(4_000_000_000L, log.startNanos(2));
        assertEquals(2, result.metrics().value("tasks.lost.outage"));
        assertEquals(2 + 6, result.metrics().value("makespan"), 1e-9);
    }

    @Test
    void run_downDevice_isPassedOverByThoseWhoLook() {
        TaskGraph.Builder graph = TaskGraph.builder("independent");
        graph.add(task("a", 1));
        graph.add(task("b", 1));
        RunResult result = run(
                cluster(failing(2, new Outage(0, 0, 100)), Duration.ZERO),
                GraphJob.of(graph.build(), Schedulers.workStealing()).build());

        assertEquals(1, log(result).device(0));
        assertEquals(1, log(result).device(1));
        assertEquals(2, result.metrics().value("makespan"), 1e-9);
    }

    @Test
    void run_outageInACollective_makesItVoid() {
        TaskGraph.Builder graph = TaskGraph.builder("step");
        graph.add(task("a", 1));
        graph.add(task("b", 1));
        int reduce = graph.add(new Task.Collective("reduce", new Collective.AllReduce(2_000_000_000)));
        graph.edge(0, reduce, Bytes.ZERO);
        graph.edge(1, reduce, Bytes.ZERO);
        RunResult result = run(
                cluster(failing(2, new Outage(1, 2, 5)), Duration.ZERO),
                GraphJob.of(graph.build(), fixed(0, 1, 0)).build());

        // It goes on to its end at 3 s, is found void, waits until 5 s and takes 2 s again.
        assertEquals(7, result.metrics().value("makespan"), 1e-9);
        assertEquals(1, result.metrics().value("collectives.lost"));
        assertEquals(2, result.metrics().value("collectives.lost.time"), 1e-9);
        assertEquals(2, result.metrics().value("collectives.time"), 1e-9);
    }

    @Test
    void run_outageInACollectiveOfACollectiveJob_makesItVoid() {
        CollectiveJob job = CollectiveJob.of(new Collective.AllReduce(0))
                .algorithm(Algorithms.named("ring"))
                .sizes(Bytes.of(2_000_000_000))
                .repetitions(2)
                .build();
        RunResult result = Scenario.of(cluster(failing(2, new Outage(1, 1, 5)), Duration.ZERO), job)
                .build()
                .run();

        // The first is over at 2 s and void; it is done again from 5 s to 7 s, the second from 7 s to 9 s.
        assertEquals(1, result.metrics().value("collectives.lost"));
        assertEquals(2, result.metrics().value("collectives.lost.time"), 1e-9);
        assertEquals(2, result.metrics().value("collectives.finished"));
        assertEquals(4, result.metrics().value("communication.time"), 1e-9);
        assertEquals(9, result.metrics().value("time.simulated"), 1e-9);
        assertTrue(result.conservation().stream().allMatch(Balance::holds));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void run_randomOutages_keepTheBooks(long seed) {
        Faults faults =
                Faults.none().withOutages(Outages.renewal(Distribution.exponential(6), Distribution.exponential(1)));
        TaskGraph.Builder graph = TaskGraph.builder("wide");
        for (int i = 0; i < 60; i++) {
            graph.add(task("t" + i, 0.2 + i % 7 * 0.2));
        }
        for (int i = 0; i < 5; i++) {
            int reduce = graph.add(new Task.Collective("r" + i, new Collective.AllReduce(50_000_000)));
            for (int j = 0; j < 6; j++) {
                graph.edge(10 * i + j, reduce, Bytes.ZERO);
                graph.edge(reduce, Math.min(59, 10 * i + 10 + j), Bytes.megabytes(1));
            }
        }
        GraphJob job = GraphJob.of(graph.build(), Schedulers.heft())
                .rules(streams(ExecutionRules.Queue.FIRST_READY, 1 + (int) (seed % 3), 0.7))
                .build();
        Scenario scenario = Scenario.of(cluster(group(4).withFaults(faults), Duration.ofMillis(1)), job)
                .seed(seed)
                .build();
        RunResult result = scenario.run();

        assertEquals(65, result.metrics().value("tasks.finished"), "seed " + seed);
        assertTrue(result.conservation().stream().allMatch(Balance::holds));
        assertEquals(result.digest(), scenario.run().digest());
    }

    @Test
    void run_detectedUpsets_repeatTasksAsOftenAsTheLawSays() {
        // Upsets at 0.05 per second, all harmful and detected: a task of 2 s is done e^(0.1) times on average.
        double perSecond = 0.05;
        var errors = new SoftErrors(perSecond * 3_600e9, 1, 0, 1, 0, 0);
        int count = 4_000;
        double[] seconds = new double[count];
        Arrays.fill(seconds, 2);
        RunResult result = run(
                cluster(group(1).withFaults(Faults.none().withSoftErrors(errors)), Duration.ZERO),
                GraphJob.of(chain(seconds), fixed(new int[count])).build());

        double again = result.metrics().value("tasks.lost.upset") / count;
        // Geometric: mean e^(0.1) - 1, variance (1 - p) / p^2 with p = e^(-0.1).
        double p = Math.exp(-0.1);
        assertEquals(1 / p - 1, again, 4 * Math.sqrt((1 - p) / (p * p) / count));
        assertEquals(2.0 * count * (1 + again), result.metrics().value("makespan"), 1e-6);
        assertTrue(result.conservation().stream().allMatch(Balance::holds));
    }

    @Test
    void run_batteryThatDoesNotLast_waitsUntilItIsCharged() {
        // 20 W of idle power, tasks of 2 s: 40 J each. A battery of 100 J, full, plugged in: it fills at 50 W x 0.5
        // beside what is drawn.
        Battery battery = new Battery(Energy.joules(100), Power.watts(40), 0.5, ChargeWindows.never(), 1, 0.5);
        var cluster =
                cluster(group(1).withPower(PowerSetup.builder().battery(battery).build()), Duration.ZERO);
        Scenario scenario = Scenario.of(
                        cluster, GraphJob.of(chain(2, 2, 2), fixed(0, 0, 0)).build())
                .horizon(Duration.ofSeconds(60))
                .build();
        RunResult result = scenario.run();

        // Two tasks take 80 J; the third would need 40 J of the 20 J left: the device goes off and, never plugged in,
        // stays off.
        assertEquals(2, result.metrics().value("tasks.finished"));
        assertEquals(4_000_000_000L, log(result).finishNanos(1));
        assertEquals(TaskLog.ABSENT, log(result).startNanos(2));
        assertEquals(56.0 / 60, result.metrics().value("idle.down"), 1e-9);
        assertEquals(4.0, SimTime.seconds(log(result).busyNanos(0)), 1e-9);
    }
}
