package org.motleysim.workloads.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.motleysim.workloads.graph.GraphBench.cluster;
import static org.motleysim.workloads.graph.GraphBench.fixed;
import static org.motleysim.workloads.graph.GraphBench.group;
import static org.motleysim.workloads.graph.GraphBench.log;
import static org.motleysim.workloads.graph.GraphBench.run;
import static org.motleysim.workloads.graph.GraphBench.streams;
import static org.motleysim.workloads.graph.GraphBench.task;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.ScenarioException;
import org.motleysim.workloads.schedule.Schedulers;

/** Several tasks on a device at once, and tasks that wait for memory. */
class GraphStreamsTest {
    private static final Cluster ONE = cluster(group(1), Duration.ZERO);

    private static TaskGraph independent(double... seconds) {
        TaskGraph.Builder graph = TaskGraph.builder("independent");
        for (int i = 0; i < seconds.length; i++) {
            graph.add(task("t" + i, seconds[i]));
        }
        return graph.build();
    }

    private static RunResult shared(TaskGraph graph, int count, double occupancy) {
        return run(
                ONE,
                GraphJob.of(graph, fixed(new int[graph.size()]))
                        .rules(streams(ExecutionRules.Queue.AS_GIVEN, count, occupancy))
                        .build());
    }

    private static double finish(TaskLog log, int task) {
        return SimTime.seconds(log.finishNanos(task));
    }

    @Test
    void run_twoTasksThatFillTheDevice_goHalfAsFast() {
        TaskLog log = log(shared(independent(1, 3), 2, 1));

        assertEquals(2.0, finish(log, 0), 1e-9);
        assertEquals(4.0, finish(log, 1), 1e-9);
        assertEquals(0, log.lane(0));
        assertEquals(1, log.lane(1));
    }

    @Test
    void run_tasksThatFillHalfOfTheDevice_shareOnlyWhenTheyAreThree() {
        TaskLog two = log(shared(independent(1, 3), 2, 0.5));
        assertEquals(1.0, finish(two, 0), 1e-9);
        assertEquals(3.0, finish(two, 1), 1e-9);

        // Three at 2/3 of their speed until the first is over at 1.5 s; then two at full speed.
        TaskLog three = log(shared(independent(1, 3, 3), 3, 0.5));
        assertEquals(1.5, finish(three, 0), 1e-9);
        assertEquals(1.5 + 2, finish(three, 1), 1e-9);
        assertEquals(1.5 + 2, finish(three, 2), 1e-9);
    }

    @Test
    void run_moreTasksThanStreams_queue() {
        // Two at a time: 1 and 3 at half speed; the third begins at 2 s when 2 s of the second are left, and both are
        // over at 4 s and 6 s.
        TaskLog log = log(shared(independent(1, 3, 4), 2, 1));

        assertEquals(2.0, SimTime.seconds(log.startNanos(2)), 1e-9);
        assertEquals(6.0, finish(log, 1), 1e-9);
        assertEquals(8.0, finish(log, 2), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void run_randomTasksAllAtOnce_endWhenProcessorSharingSays(long seed) {
        Random random = new Random(seed);
        double[] seconds = random.doubles(200, 0.01, 5).toArray();
        RunResult result = shared(independent(seconds), 200, 1);

        // With all there from the start, task i is over when each task has had as much work done as i needs, or is over
        // itself.
        for (int i = 0; i < seconds.length; i++) {
            double expected = 0;
            for (double other : seconds) {
                expected += Math.min(other, seconds[i]);
            }
            assertEquals(expected, finish(log(result), i), 1e-6, "task " + i + " of seed " + seed);
        }
        assertTrue(result.conservation().stream().allMatch(Balance::holds));
        // Idle power is shared among those that run: nothing is left over while the device is busy.
        double charged = 0;
        for (int i = 0; i < seconds.length; i++) {
            charged += log(result).joules(i);
        }
        assertEquals(20 * result.metrics().value("makespan"), charged, 1e-6 * charged);
    }

    @Test
    void run_workStealing_givesADeviceAsManyTasksAsItHasStreams() {
        RunResult result = run(
                cluster(group(2), Duration.ZERO),
                GraphJob.of(independent(1, 1, 1, 1), Schedulers.workStealing())
                        .rules(streams(ExecutionRules.Queue.AS_GIVEN, 2, 0.5))
                        .build());

        assertEquals(1.0, result.metrics().value("makespan"), 1e-9);
    }

    @Test
    void run_taskThatDoesNotFitBesideOthers_waitsForMemory() {
        TaskGraph.Builder graph = TaskGraph.builder("memory");
        graph.add(task("forty", 1, 40));
        graph.add(task("twenty", 2, 20));
        graph.add(task("thirty", 1, 30));
        graph.add(task("one", 1, 1));
        RunResult result = shared(graph.build(), 4, 0.25);
        TaskLog log = log(result);

        // 64 GB: forty and twenty begin; thirty waits until forty is over at 1 s, and what is behind it waits, too.
        assertEquals(0, log.startNanos(1));
        assertEquals(1_000_000_000, log.startNanos(2));
        assertEquals(1_000_000_000, log.startNanos(3));
        assertEquals(1.0, result.metrics().value("waiting.memory"), 1e-9);
        assertEquals(1_000_000_000, log.waitedForMemoryNanos(0));
    }

    @Test
    void run_taskLargerThanAnyMemory_isOneProblemBeforeTheRun() {
        TaskGraph.Builder graph = TaskGraph.builder("large");
        graph.add(task("fits", 1, 10));
        graph.add(task("large", 1, 60));
        graph.edge(0, 1, Bytes.gigabytes(5));
        var refusal = assertThrows(ScenarioException.class, () -> shared(graph.build(), 2, 1));

        assertEquals(1, refusal.problems().size(), refusal.problems().toString());
        assertTrue(
                refusal.problems().get(0).message().contains("task (large)")
                        && refusal.problems().get(0).message().contains("its memory, inputs and outputs (65 GB)"),
                refusal.problems().toString());
    }

    @ParameterizedTest
    @EnumSource(
            value = ExecutionRules.Queue.class,
            names = {"AS_GIVEN", "FIRST_READY"})
    void run_randomGraphsWithMemory_endWithinBoundsAndTwiceTheSame(ExecutionRules.Queue queue) {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            TaskGraph.Builder builder = TaskGraph.builder("random");
            for (int i = 0; i < 60; i++) {
                builder.add(task("t" + i, 0.1 + random.nextDouble(), 1 + random.nextInt(50)));
            }
            for (int i = 0; i < 80; i++) {
                int from = random.nextInt(59);
                builder.edge(from, from + 1 + random.nextInt(59 - from), Bytes.megabytes(random.nextInt(500)));
            }
            TaskGraph graph = builder.build();
            GraphJob job = GraphJob.of(graph, Schedulers.heft())
                    .rules(streams(queue, 1 + random.nextInt(5), 0.1 + 0.9 * random.nextDouble()))
                    .build();
            Cluster cluster = cluster(group(3), Duration.ofMillis(1));
            RunResult result = run(cluster, job);

            assertEquals(60, result.metrics().value("tasks.finished"), "seed " + seed);
            assertTrue(
                    result.metrics().value("makespan") >= result.metrics().value("makespan.bound") - 1e-9,
                    "seed " + seed);
            assertNeverMoreThanFits(graph, log(result), seed);
            assertEquals(result.digest(), run(cluster, job).digest());
        }
    }

    private static void assertNeverMoreThanFits(TaskGraph graph, TaskLog log, long seed) {
        for (int at = 0; at < graph.size(); at++) {
            double bytes = 0;
            for (int other = 0; other < graph.size(); other++) {
                boolean beside = log.device(other) == log.device(at)
                        && log.startNanos(other) <= log.startNanos(at)
                        && log.finishNanos(other) > log.startNanos(at);
                bytes += beside ? ClusterPlatform.workingSetBytes(graph, other) : 0;
            }
            assertTrue(bytes <= 64e9, bytes + " bytes when task " + at + " starts, seed " + seed);
        }
    }

    @Test
    void rules_streamsWithPreemption_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> streams(ExecutionRules.Queue.FIRST_READY_PREEMPTIVE, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> new DeviceStreams(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new DeviceStreams(2, 0));
        assertEquals(
                Optional.empty(),
                streams(ExecutionRules.Queue.AS_GIVEN, 2, 1).inOrder().clock());
    }
}
