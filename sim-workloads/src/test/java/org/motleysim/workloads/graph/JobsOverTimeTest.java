package org.motleysim.workloads.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.schedule.Schedulers;

class JobsOverTimeTest {
    private static Cluster cores(int count) {
        DeviceSpec core = DeviceSpec.builder("core", DeviceKind.CPU)
                .peak(NumberFormat.FP64, FlopRate.of(1e9))
                .memory("DDR4", Bytes.gigabytes(1), Bandwidth.gigabytesPerSecond(1))
                .tdp(Power.watts(10))
                .build();
        return Cluster.builder("cores")
                .add("core", count, core, RooflineCostModel.peak())
                .network(NetworkModel.uniform(Bandwidth.of(1e6), Duration.ZERO))
                .price(PriceModel.free())
                .build();
    }

    private static TaskGraph single() {
        TaskGraph.Builder graph = TaskGraph.builder("single");
        graph.add(new Task.Recorded("work", Duration.ofMillis(10)));
        return graph.build();
    }

    /** 10 ms, then twice 10 ms beside each other, with 1 ms to move. */
    private static TaskGraph fork() {
        TaskGraph.Builder graph = TaskGraph.builder("fork");
        graph.add(new Task.Recorded("a", Duration.ofMillis(10)));
        graph.add(new Task.Recorded("b", Duration.ofMillis(10)));
        graph.add(new Task.Recorded("c", Duration.ofMillis(10)));
        graph.edge("a", "b", Bytes.of(1_000));
        graph.edge("a", "c", Bytes.of(1_000));
        return graph.build();
    }

    private static RunResult run(Cluster cluster, GraphJob.Builder job, Duration warmup) {
        return Scenario.of(cluster, job.build()).seed(11).warmup(warmup).build().run();
    }

    @ParameterizedTest
    @EnumSource(ExecutionRules.Queue.class)
    void jobs_oneTaskWithExponentialTimesOnOneDevice_waitAsInMM1(ExecutionRules.Queue queue) {
        double rate = 70;
        JobMix mix =
                JobMix.of(Arrivals.poisson(rate)).add(single(), 1).jobs(200_000).build();
        ExecutionRules rules = new ExecutionRules(queue, ExecutionRules.Transfers.WHEN_PLACED, Optional.empty());

        RunResult result = run(
                cores(1),
                GraphJob.of(mix, Schedulers.earliestFinishTime())
                        .name("mm1")
                        .rules(rules)
                        .noise(Distribution.exponential(1)),
                Duration.ofSeconds(10));

        // Kleinrock, Queueing Systems I (1975): 1 / (mu - lambda) = 1 / (100 - 70). The standard error of so many
        // waits, which hang together, is about a percent.
        assertEquals(1 / 30.0, result.metrics().value("job.latency.mean"), 0.02 / 30);
        assertEquals(0.7, result.metrics().value("utilization"), 0.01);
        assertEquals(0.7 / 0.3, result.metrics().value("jobs.concurrent"), 0.06);
        assertTrue(result.conservation().stream().allMatch(Balance::holds));
    }

    @Test
    void jobs_farApart_takeWhatOneTakesAlone() {
        JobMix mix = JobMix.of(Arrivals.fixed(1)).add(fork(), 1).jobs(20).build();

        for (var named : Schedulers.all().entrySet()) {
            RunResult result = run(cores(2), GraphJob.of(mix, named.getValue()).name("jobs"), Duration.ZERO);
            RunResult alone = run(cores(2), GraphJob.of(fork(), named.getValue()), Duration.ZERO);

            assertEquals(20, result.metrics().value("jobs.finished"), named.getKey());
            assertEquals(
                    alone.metrics().value("makespan"), result.metrics().value("job.latency.max"), 2e-5, named.getKey());
            assertTrue(result.conservation().stream().allMatch(Balance::holds), named.getKey());
        }
    }

    @Test
    void jobs_twoAtOnce_oneAfterTheOtherOnOneDevice() {
        JobTimes jobs =
                new JobTimes(List.of(single()), List.of(new JobTimes.Job(0, 0.005), new JobTimes.Job(0, 0.007)));

        RunResult result =
                run(cores(1), GraphJob.of(jobs, Schedulers.workStealing()).name("two"), Duration.ZERO);

        TaskLog log = (TaskLog) result.logs().get(0);
        assertEquals(5_000_000, log.startNanos(0));
        assertEquals(15_000_000, log.startNanos(1));
        assertEquals((0.010 + 0.018) / 2, result.metrics().value("job.latency.mean"), 1e-12);
        // 5 ms before the first job came.
        assertEquals(0.005 / 0.025, result.metrics().value("idle.nothing"), 1e-9);
    }

    @Test
    void jobs_weights_areTheSharesOfTheKinds() {
        JobMix mix = JobMix.of(Arrivals.fixed(100))
                .add(single(), 3)
                .add(fork(), 1)
                .jobs(20_000)
                .build();

        RunResult result = run(
                cores(8),
                GraphJob.of(mix, Schedulers.onlineEarliestFinishTime()).name("mix"),
                Duration.ZERO);

        double tasks = result.metrics().value("tasks.total");
        // One task for three quarters of the jobs and three for a quarter.
        assertEquals(1.5, tasks / 20_000, 0.02);
    }

    @Test
    void jobs_untilAHorizon_countsWhatIsOpen() {
        JobMix mix = JobMix.of(Arrivals.poisson(90)).add(single(), 1).build();

        RunResult result = Scenario.of(
                        cores(1),
                        GraphJob.of(mix, Schedulers.workStealing()).name("open").build())
                .horizon(Duration.ofSeconds(20))
                .build()
                .run();

        assertTrue(result.metrics().value("jobs.arrived") >= result.metrics().value("jobs.finished"));
        assertTrue(result.conservation().stream().allMatch(Balance::holds));
    }

    @Test
    void jobs_withoutEnd_areAProblem() {
        JobMix mix = JobMix.of(Arrivals.poisson(90)).add(single(), 1).build();
        Scenario scenario = Scenario.of(
                        cores(1),
                        GraphJob.of(mix, Schedulers.workStealing()).name("open").build())
                .build();

        List<String> problems =
                scenario.problems().stream().map(Problem::message).toList();

        assertEquals(List.of("jobs must have a limit when the run has no horizon: they never cease to come"), problems);
    }

    /** One task ends at 10 ms and one at 20 ms; the third needs both, on a device of its own, and 5 ms of data from the first. */
    @ParameterizedTest
    @EnumSource(ExecutionRules.Transfers.class)
    void transfers_ofAnEarlyTask_leaveWhenProducedOrWhenPlaced(ExecutionRules.Transfers transfers) {
        TaskGraph.Builder graph = TaskGraph.builder("late");
        graph.add(new Task.Recorded("early", Duration.ofMillis(10)));
        graph.add(new Task.Recorded("late", Duration.ofMillis(20)));
        graph.add(new Task.Recorded("last", Duration.ofMillis(10)));
        graph.edge("early", "last", Bytes.of(5_000));
        graph.edge("late", "last", Bytes.of(0));
        Dispatcher ownDevice = view -> Optional.of(new Dispatcher.Choice(view.ready(0), view.ready(0)));

        RunResult result = run(
                cores(3),
                GraphJob.of(graph.build(), ownDevice)
                        .rules(new ExecutionRules(ExecutionRules.Queue.FIRST_READY, transfers, Optional.empty())),
                Duration.ZERO);

        double start = transfers == ExecutionRules.Transfers.WHEN_PRODUCED ? 0.020 : 0.025;
        assertEquals(start + 0.010, result.metrics().value("makespan"), 1e-12);
    }

    /**
     * The first job has 10 ms on one device, then 5 ms to move, then 10 ms on the other, which the second job has taken meanwhile: from 12 to
     * 32 ms, if nobody interrupts it.
     */
    @ParameterizedTest
    @EnumSource(
            value = ExecutionRules.Queue.class,
            names = {"FIRST_READY", "FIRST_READY_PREEMPTIVE"})
    void preemption_taskOfAnEarlierJob_interruptsALaterOne(ExecutionRules.Queue queue) {
        TaskGraph.Builder chain = TaskGraph.builder("chain");
        chain.add(new Task.Recorded("a", Duration.ofMillis(10)));
        chain.add(new Task.Recorded("b", Duration.ofMillis(10)));
        chain.edge("a", "b", Bytes.of(5_000));
        TaskGraph.Builder late = TaskGraph.builder("late");
        late.add(new Task.Recorded("c", Duration.ofMillis(20)));
        JobTimes jobs = new JobTimes(
                List.of(chain.build(), late.build()), List.of(new JobTimes.Job(0, 0), new JobTimes.Job(1, 0.012)));
        Dispatcher fixed = view -> Optional.of(new Dispatcher.Choice(view.ready(0), view.ready(0) == 0 ? 0 : 1));

        RunResult result = run(
                cores(2),
                GraphJob.of(jobs, fixed)
                        .name("two")
                        .rules(new ExecutionRules(queue, ExecutionRules.Transfers.WHEN_PLACED, Optional.empty())),
                Duration.ZERO);

        TaskLog log = (TaskLog) result.logs().get(0);
        boolean preemptive = queue == ExecutionRules.Queue.FIRST_READY_PREEMPTIVE;
        assertEquals(preemptive ? 15_000_000 : 32_000_000, log.startNanos(1));
        assertEquals(preemptive ? 25_000_000 : 42_000_000, log.finishNanos(1));
        assertEquals(12_000_000, log.startNanos(2));
        assertEquals(preemptive ? 42_000_000 : 32_000_000, log.finishNanos(2));
        assertEquals(0.040, result.metrics().value("work"), 1e-12);
        assertEquals(preemptive, result.metrics().find("preemptions").isPresent());
        // Interrupted or not, a device was busy as long as its tasks are.
        assertEquals(10_000_000, log.busyNanos(0));
        assertEquals(30_000_000, log.busyNanos(1));
        // Each task is charged with what its device drew while it ran, once.
        assertEquals(log.joules(2), 2 * log.joules(1), 1e-12);
        assertTrue(result.conservation().stream().allMatch(Balance::holds));
    }

    @Test
    void preemption_untilAHorizon_closesItsBooks() {
        JobMix mix = JobMix.of(Arrivals.poisson(60)).add(fork(), 1).build();
        for (int millis = 100; millis < 600; millis += 7) {
            RunResult result = Scenario.of(
                            cores(2),
                            GraphJob.of(mix, Schedulers.onlineEarliestFinishTime())
                                    .name("open")
                                    .rules(new ExecutionRules(
                                            ExecutionRules.Queue.FIRST_READY_PREEMPTIVE,
                                            ExecutionRules.Transfers.WHEN_PLACED,
                                            Optional.empty()))
                                    .build())
                    .horizon(Duration.ofMillis(millis))
                    .build()
                    .run();
            assertTrue(result.conservation().stream().allMatch(Balance::holds), String.valueOf(result.conservation()));
        }
    }
}
