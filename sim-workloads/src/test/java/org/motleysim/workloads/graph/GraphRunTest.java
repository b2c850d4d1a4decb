package org.motleysim.workloads.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.SimulationException;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.scenario.ScenarioException;
import org.motleysim.workloads.schedule.Schedulers;

class GraphRunTest {
    private static final Bandwidth ONE_GIGABYTE = Bandwidth.gigabytesPerSecond(1);

    private static DeviceSpec device(String name, double flopsPerSecond) {
        return DeviceSpec.builder(name, DeviceKind.CPU)
                .peak(NumberFormat.FP64, FlopRate.of(flopsPerSecond))
                .memory("DDR4", Bytes.gigabytes(64), Bandwidth.gigabytesPerSecond(100))
                .tdp(Power.watts(100))
                .idle(Power.watts(20))
                .build();
    }

    /** A device of 1 Gflop/s and one of 2. */
    private static Cluster cluster(NetworkModel network) {
        return Cluster.builder("two")
                .add("slow", 1, device("slow", 1e9), RooflineCostModel.peak())
                .add("fast", 1, device("fast", 2e9), RooflineCostModel.peak())
                .network(network)
                .price(PriceModel.electricity(0.36))
                .build();
    }

    private static NetworkModel network() {
        return NetworkModel.fairShare(ONE_GIGABYTE, Duration.ofMillis(100));
    }

    private static Task compute(String name, double gigaflops) {
        return new Task.Compute(
                name, new Kernel(KernelFamily.GEMM, NumberFormat.FP64, gigaflops * 1e9, 0, 0, Shape.NONE));
    }

    /** One task sends to two others: 2 Gflop, then 4 and 1, with 1 GB and 0.5 GB between. */
    private static TaskGraph fork() {
        TaskGraph.Builder graph = TaskGraph.builder("fork");
        graph.add(compute("source", 2));
        graph.add(compute("left", 4));
        graph.add(compute("right", 1));
        graph.edge(0, 1, Bytes.gigabytes(1));
        graph.edge(0, 2, Bytes.megabytes(500));
        return graph.build();
    }

    private static Planner fixed(int... devices) {
        return (graph, platform) -> {
            var plan = new PlanBuilder(graph, platform);
            for (int i = 0; i < graph.size(); i++) {
                plan.place(graph.inOrder(i), devices[graph.inOrder(i)]);
            }
            return plan.build();
        };
    }

    private static RunResult run(TaskGraph graph, Scheduler scheduler) {
        return Scenario.of(cluster(network()), GraphJob.of(graph, scheduler).build())
                .build()
                .run();
    }

    private static TaskLog log(RunResult result) {
        return (TaskLog) result.logs().get(0);
    }

    @Test
    void run_forkOverTwoDevices_takesWhatTheHandSays() {
        // source on fast: 1 s. left stays: 2 s more. right on slow: 0.1 s latency, 0.5 s transfer, 1 s of work.
        RunResult result = run(fork(), fixed(1, 1, 0));

        TaskLog log = log(result);
        assertEquals(3.0, result.metrics().value("makespan"), 1e-9);
        assertEquals(1_600_000_000, log.startNanos(2));
        assertEquals(2_600_000_000L, log.finishNanos(2));
        assertEquals(500_000_000, result.metrics().value("communication.bytes"));
        // The slow device waits 1 s for the source and 0.6 s for its bytes.
        assertEquals(1.0 / 6.0, result.metrics().value("idle.dependency"), 1e-9);
        assertEquals(0.6, result.metrics().value("communication.exposed"), 1e-9);
        assertEquals((1 + 2 + 1) / 6.0, result.metrics().value("utilization"), 1e-9);
        // Without transfers and on the fastest device each: 1 s, then 2 s.
        assertEquals(3.0, result.metrics().value("makespan.bound"), 1e-9);
        assertTrue(log.critical(0) && log.critical(1));
        assertFalse(log.critical(2));
    }

    @Test
    void run_twoTransfersFromOneDevice_shareItsLink() {
        // Both go to slow and share 1 GB/s: 0.5 GB each by 2.1 s, then the other 0.5 GB alone until 2.6 s.
        RunResult result = run(fork(), fixed(1, 0, 0));

        TaskLog log = log(result);
        assertEquals(2_100_000_000L, log.readyNanos(2));
        assertEquals(2_600_000_000L, log.readyNanos(1));
    }

    @Test
    void run_energy_isIdleAndDynamicOfTheDevice() {
        RunResult result = run(fork(), fixed(1, 1, 0));

        double drawn =
                result.devices().stream().mapToDouble(device -> device.joules()).sum();
        TaskLog log = log(result);
        double charged = log.joules(0) + log.joules(1) + log.joules(2);
        // Idle 20 W: slow for all but 1 s of 3 s is charged to nobody.
        assertEquals(20 * 2.0, drawn - charged, 1e-6);
        assertTrue(result.conservation().stream().allMatch(Balance::holds));
    }

    @Test
    void run_untilAHorizon_countsWhatIsUnderWay() {
        RunResult result = Scenario.of(
                        cluster(network()), GraphJob.of(fork(), fixed(1, 1, 0)).build())
                .horizon(Duration.ofMillis(1_300))
                .build()
                .run();

        assertEquals(1, result.metrics().value("tasks.finished"));
        assertTrue(result.metrics().find("makespan").isEmpty());
        assertTrue(result.conservation().stream().allMatch(Balance::holds), String.valueOf(result.conservation()));
    }

    @Test
    void run_noise_isOfTheTaskAndNotOfTheOrder() {
        TaskGraph.Builder graph = TaskGraph.builder("bag");
        for (int i = 0; i < 20; i++) {
            graph.add(compute("t" + i, 1 + i % 3));
        }
        TaskGraph bag = graph.build();
        long[][] times = new long[2][20];
        int variant = 0;
        for (Scheduler scheduler : new Scheduler[] {fixed(new int[20]), Schedulers.highestRankFirst()}) {
            RunResult result = Scenario.of(
                            cluster(network()),
                            GraphJob.of(bag, scheduler)
                                    .noise(Distribution.uniform(0.5, 2))
                                    .build())
                    .seed(5)
                    .build()
                    .run();
            for (int i = 0; i < 20; i++) {
                double speed = log(result).device(i) == 0 ? 1 : 2;
                long nanos = log(result).finishNanos(i) - log(result).startNanos(i);
                times[variant][i] = Math.round(nanos * speed / 100);
            }
            variant++;
        }
        for (int i = 0; i < 20; i++) {
            assertTrue(Math.abs(times[0][i] - times[1][i]) <= 1, "task " + i);
        }
    }

    @Test
    void run_dispatcherThatNeverChooses_leavesTheGraphUndone() {
        Dispatcher lazy = view -> Optional.empty();

        RunResult result = run(fork(), lazy);

        assertEquals(0, result.metrics().value("tasks.finished"));
    }

    @Test
    void run_dispatcherThatTakesATaskTwice_isToldSo() {
        Dispatcher wrong = view -> Optional.of(new Dispatcher.Choice(0, 0));

        var failure = assertThrows(SimulationException.class, () -> run(fork(), wrong));

        assertTrue(String.valueOf(failure.getCause()).contains("must be a ready task"), failure.toString());
    }

    @Test
    void run_taskWithoutADevice_isAProblemBeforeTheRun() {
        TaskGraph.Builder graph = TaskGraph.builder("soc");
        graph.add(new Task.Measured("a", "fft"));
        graph.add(new Task.Measured("b", "viterbi"));
        GraphJob job = GraphJob.of(graph.build(), Schedulers.heft())
                .times(new MeasuredTimes(Map.of("fft", Map.of("slow", 1.0))))
                .build();
        Scenario scenario = Scenario.of(cluster(network()), job).build();

        var refusal = assertThrows(ScenarioException.class, scenario::run);

        assertEquals(1, refusal.problems().size());
        assertTrue(refusal.problems().get(0).message().contains("task (b)"), refusal.toString());
    }

    @Test
    void run_taskWhoseDataFitNoMemory_isAProblemBeforeTheRun() {
        TaskGraph.Builder graph = TaskGraph.builder("large");
        graph.add(compute("a", 1));
        graph.add(compute("b", 1));
        graph.edge("a", "b", Bytes.gigabytes(65));
        Scenario scenario = Scenario.of(
                        cluster(network()),
                        GraphJob.of(graph.build(), Schedulers.heft()).build())
                .build();

        var refusal = assertThrows(ScenarioException.class, scenario::run);

        assertEquals(2, refusal.problems().size());
        assertTrue(
                refusal.problems().get(0).message().contains("its inputs and outputs (65 GB) fit in no memory"),
                refusal.toString());
    }

    @Test
    void run_randomGraphsUnderEveryScheduler_closeTheirBooksAndBeatNoBound() {
        for (long seed = 1; seed <= 12; seed++) {
            TaskGraph graph = random(seed);
            for (var named : Schedulers.all().entrySet()) {
                RunResult result = run(graph, named.getValue());
                String what = named.getKey() + ", seed " + seed;
                assertEquals(graph.size(), result.metrics().value("tasks.finished"), what);
                assertTrue(result.conservation().stream().allMatch(Balance::holds), what);
                assertTrue(
                        result.metrics().value("makespan") >= result.metrics().value("makespan.bound") - 1e-6, what);
                assertPrecedence(graph, log(result), what);
            }
        }
    }

    @Test
    void run_planAlone_takesThePlannedTimeWithoutContention() {
        for (long seed = 1; seed <= 12; seed++) {
            Cluster alone = cluster(NetworkModel.uniform(ONE_GIGABYTE, Duration.ofMillis(100)));
            for (var named : Schedulers.all().entrySet()) {
                if (named.getValue() instanceof Planner) {
                    RunResult result = Scenario.of(
                                    alone,
                                    GraphJob.of(random(seed), named.getValue()).build())
                            .build()
                            .run();
                    // A run may be shorter: it does not keep gaps that the plan left for nothing.
                    assertTrue(
                            result.metrics().value("makespan")
                                    <= result.metrics().value("makespan.planned") + 1e-6,
                            named.getKey() + ", seed " + seed);
                }
            }
        }
    }

    private static void assertPrecedence(TaskGraph graph, TaskLog log, String what) {
        for (int edge = 0; edge < graph.edges(); edge++) {
            long latency = log.device(graph.source(edge)) == log.device(graph.target(edge)) ? 0 : 100_000_000;
            assertTrue(log.startNanos(graph.target(edge)) >= log.finishNanos(graph.source(edge)) + latency, what);
        }
    }

    private static TaskGraph random(long seed) {
        Random random = new Random(seed);
        TaskGraph.Builder graph = TaskGraph.builder("random-" + seed);
        int tasks = 5 + random.nextInt(30);
        for (int i = 0; i < tasks; i++) {
            graph.add(compute("t" + i, random.nextInt(5)));
        }
        for (int i = 0; i < 2 * tasks; i++) {
            int from = random.nextInt(tasks - 1);
            graph.edge(from, from + 1 + random.nextInt(tasks - from - 1), Bytes.of(random.nextInt(500_000_000)));
        }
        return graph.build();
    }
}
