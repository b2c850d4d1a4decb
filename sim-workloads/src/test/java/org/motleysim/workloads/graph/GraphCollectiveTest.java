package org.motleysim.workloads.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.motleysim.workloads.graph.GraphBench.cluster;
import static org.motleysim.workloads.graph.GraphBench.fixed;
import static org.motleysim.workloads.graph.GraphBench.group;
import static org.motleysim.workloads.graph.GraphBench.log;
import static org.motleysim.workloads.graph.GraphBench.run;
import static org.motleysim.workloads.graph.GraphBench.task;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.collective.AlgorithmChoice;
import org.motleysim.hardware.collective.Algorithms;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.collective.CollectiveJob;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.scenario.ScenarioException;
import org.motleysim.workloads.schedule.Schedulers;

/** Collectives as tasks of a graph. */
class GraphCollectiveTest {
    private static final long MEBI = 1 << 20;

    /** A task on each device, an all-reduce of them, a task on each device. */
    private static TaskGraph step(long bytes, AlgorithmChoice algorithm, double... seconds) {
        TaskGraph.Builder graph = TaskGraph.builder("step");
        for (int i = 0; i < seconds.length; i++) {
            graph.add(task("forward-" + i, seconds[i]));
        }
        int reduce = graph.add(new Task.Collective("reduce", new Collective.AllReduce(bytes), algorithm, List.of()));
        for (int i = 0; i < seconds.length; i++) {
            int after = graph.add(task("update-" + i, 1));
            graph.edge(i, reduce, Bytes.ZERO);
            graph.edge(reduce, after, Bytes.ZERO);
        }
        return graph.build();
    }

    private static Planner inRows(int devices) {
        int[] place = new int[2 * devices + 1];
        for (int i = 0; i < devices; i++) {
            place[i] = i;
            place[devices + 1 + i] = i;
        }
        return fixed(place);
    }

    @Test
    void run_allEnterAtOnce_takesTheClosedFormOfTheRing() {
        double alpha = 20e-6;
        TaskGraph graph = step(8 * MEBI, Task.Collective.usual(new Collective.AllReduce(0)), 1, 1, 1, 1);
        RunResult result = run(
                cluster(group(4), Duration.ofNanos(20_000)),
                GraphJob.of(graph, inRows(4)).build());
        TaskLog log = log(result);

        double ring = 2 * 3 * (alpha + 2.0 * MEBI / 1e9);
        assertEquals(1.0, SimTime.seconds(log.startNanos(4)), 1e-12);
        assertEquals(1 + ring, SimTime.seconds(log.finishNanos(4)), 1e-7);
        assertEquals(2 + ring, result.metrics().value("makespan"), 1e-7);
        assertEquals(ring, result.metrics().value("collectives.time"), 1e-7);
        // Every device waits for it: exposed.
        assertEquals(4 * ring, result.metrics().value("communication.exposed"), 1e-6);
        assertEquals(0, result.metrics().value("idle.dependency"), 1e-12);
        assertTrue(log.critical(4));
        assertEquals("(collective)", log.place(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "recursive-doubling", "halving-doubling", "direct", "tree"})
    void run_anyAlgorithm_takesWhatItTakesAlone(String name) {
        AlgorithmChoice algorithm = AlgorithmChoice.always(Algorithms.named(name));
        Cluster cluster = cluster(group(6), Duration.ofNanos(5_000));
        RunResult graph = run(
                cluster,
                GraphJob.of(step(6 * MEBI, algorithm, 1, 1, 1, 1, 1, 1), inRows(6))
                        .build());
        RunResult alone = Scenario.of(
                        cluster,
                        CollectiveJob.of(new Collective.AllReduce(0))
                                .algorithm(algorithm)
                                .sizes(Bytes.of(6 * MEBI))
                                .build())
                .build()
                .run();

        assertEquals(
                alone.metrics().value("communication.time"), graph.metrics().value("collectives.time"), 1e-9);
    }

    @Test
    void run_besideATransferOfAnEdge_sharesItsLink() {
        // The ring of two moves 1 GB each way, twice. An edge takes 1 GB from device 0 to device 1 at the same time:
        // that way is over at 2 s, not at
        // 1 s, and the second step then takes 1 s alone.
        TaskGraph.Builder graph = TaskGraph.builder("beside");
        graph.add(task("a", 1));
        graph.add(task("b", 1));
        graph.add(new Task.Collective("reduce", new Collective.AllReduce(2_000_000_000)));
        graph.add(task("c", 1));
        graph.edge(0, 2, Bytes.ZERO);
        graph.edge(1, 2, Bytes.ZERO);
        graph.edge(0, 3, Bytes.gigabytes(1));
        RunResult result = run(
                cluster(group(2), Duration.ZERO),
                GraphJob.of(graph.build(), fixed(0, 1, 0, 1)).build());
        TaskLog log = log(result);

        assertEquals(3.0, SimTime.seconds(log.startNanos(3)), 1e-9);
        assertEquals(1.0 + 3.0, SimTime.seconds(log.finishNanos(2)), 1e-9);
        assertTrue(result.conservation().stream().allMatch(Balance::holds));
    }

    @Test
    void run_lateDevice_isWaitedForOnlyWhereItIsNeeded() {
        // Tasks of 1 s, and one of 3 s: the all-reduce counts from when the last has come, and others waited for its
        // task.
        RunResult result = run(
                cluster(group(3), Duration.ZERO),
                GraphJob.of(
                                step(3_000_000_000L, Task.Collective.usual(new Collective.AllReduce(0)), 1, 3, 1),
                                inRows(3))
                        .build());
        TaskLog log = log(result);

        assertEquals(3.0, SimTime.seconds(log.startNanos(3)), 1e-12);
        // The late one passes nothing on before it has come: at most the four steps, at least what it still has to do.
        double after = SimTime.seconds(log.finishNanos(3)) - 3;
        assertTrue(after <= 4 + 1e-9 && after >= 3 - 1e-9, "after " + after);
        assertEquals(2 * 2.0 / 3 / (log.finishNanos(4) * 1e-9), result.metrics().value("idle.dependency"), 1e-9);
    }

    @Test
    void run_twoCollectivesAtOnce_shareTheLinks() {
        TaskGraph.Builder graph = TaskGraph.builder("two");
        for (int i = 0; i < 2; i++) {
            graph.add(task("t" + i, 1));
        }
        for (int i = 0; i < 2; i++) {
            int reduce = graph.add(new Task.Collective("r" + i, new Collective.AllReduce(1_000_000_000)));
            graph.edge(0, reduce, Bytes.ZERO);
            graph.edge(1, reduce, Bytes.ZERO);
        }
        RunResult result = run(
                cluster(group(2), Duration.ZERO),
                GraphJob.of(graph.build(), fixed(0, 1, 0, 0)).build());

        // Each moves 2 x 0.5 GB each way; together twice that over 1 GB/s.
        assertEquals(3.0, result.metrics().value("makespan"), 1e-9);
    }

    @Test
    void run_groups_takePartWithoutTasksOfTheirOwn() {
        TaskGraph.Builder graph = TaskGraph.builder("groups");
        graph.add(task("source", 1));
        int spread = graph.add(new Task.Collective(
                "spread",
                new Collective.Broadcast(1_000_000_000),
                AlgorithmChoice.always(Algorithms.named("direct")),
                List.of("plain")));
        int after = graph.add(task("after", 1));
        graph.edge(0, spread, Bytes.ZERO);
        graph.edge(spread, after, Bytes.gigabytes(5)); // there already, on any device that took part
        RunResult result = run(
                cluster(group(4), Duration.ZERO),
                GraphJob.of(graph.build(), fixed(0, 0, 3)).build());

        assertEquals(1 + 3 + 1, result.metrics().value("makespan"), 1e-9);
        assertEquals(0, result.metrics().value("communication.bytes"), 0);
    }

    @Test
    void run_underADispatcher_opensWhenThoseBeforeItHaveDevices() {
        TaskGraph graph = step(8 * MEBI, Task.Collective.usual(new Collective.AllReduce(0)), 1, 2, 3, 4);
        for (var scheduler : Map.of("eft", Schedulers.onlineEarliestFinishTime(), "rank", Schedulers.highestRankFirst())
                .entrySet()) {
            RunResult result = run(
                    cluster(group(4), Duration.ofNanos(1_000)),
                    GraphJob.of(graph, scheduler.getValue()).build());

            assertEquals(9, result.metrics().value("tasks.finished"), scheduler.getKey());
            assertEquals(1, result.metrics().value("collectives.finished"));
            assertTrue(result.metrics().value("makespan") > 5);
        }
    }

    @Test
    void run_allOnOneDevice_hasNothingToMove() {
        RunResult result = run(
                cluster(group(2), Duration.ofMillis(1)),
                GraphJob.of(
                                step(8 * MEBI, Task.Collective.usual(new Collective.AllReduce(0)), 1, 1),
                                fixed(0, 0, 0, 0, 0))
                        .build());

        assertEquals(4.0, result.metrics().value("makespan"), 1e-9);
    }

    @Test
    void problems_ofCollectives_areToldBeforeTheRun() {
        TaskGraph.Builder graph = TaskGraph.builder("wrong");
        graph.add(task("a", 1));
        graph.add(task("b", 1));
        graph.add(new Task.Collective("nobody", new Collective.Barrier()));
        int group = graph.add(new Task.Collective(
                "group", new Collective.Barrier(), Task.Collective.usual(new Collective.Barrier()), List.of("plane")));
        int ring = graph.add(new Task.Collective(
                "ring", new Collective.Broadcast(1), AlgorithmChoice.always(Algorithms.named("ring")), List.of()));
        for (int task : new int[] {group, ring}) {
            graph.edge(0, task, Bytes.ZERO);
            graph.edge(1, task, Bytes.ZERO);
        }
        ScenarioException refusal = assertThrows(
                ScenarioException.class,
                () -> run(
                        cluster(group(2), Duration.ZERO),
                        GraphJob.of(graph.build(), Schedulers.heft()).build()));

        assertEquals(3, refusal.problems().size(), refusal.problems().toString());
        assertTrue(refusal.problems().get(0).message().contains("collective (nobody)"));
        assertEquals("Maybe \"plain\".", refusal.problems().get(1).hint());
        assertTrue(
                refusal.problems().get(2).message().contains("ring"),
                refusal.problems().toString());
        assertFalse(refusal.problems().get(2).message().contains("1 devices"));
    }
}
