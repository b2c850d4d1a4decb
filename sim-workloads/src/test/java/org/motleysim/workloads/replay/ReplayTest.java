package org.motleysim.workloads.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.graph.Task;
import org.motleysim.workloads.graph.TaskGraph;
import org.motleysim.workloads.graph.TaskLog;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.schedule.Schedulers;

class ReplayTest {
    @TempDir
    private Path folder = Path.of("");

    private static Cluster two() {
        DeviceSpec core = DeviceSpec.builder("core", DeviceKind.CPU)
                .peak(NumberFormat.FP64, FlopRate.of(1e9))
                .memory("DDR4", Bytes.gigabytes(1), Bandwidth.gigabytesPerSecond(1))
                .tdp(Power.watts(10))
                .build();
        return Cluster.builder("two")
                .add("core", 2, core, RooflineCostModel.peak())
                .network(NetworkModel.uniform(Bandwidth.of(1e6), Duration.ZERO))
                .price(PriceModel.free())
                .build();
    }

    /** 2 s, then 1 s and 3 s; a second to move between devices. */
    private static TaskGraph fork() {
        TaskGraph.Builder graph = TaskGraph.builder("fork");
        graph.add(new Task.Recorded("a", Duration.ofSeconds(2)));
        graph.add(new Task.Recorded("b", Duration.ofSeconds(1)));
        graph.add(new Task.Recorded("c", Duration.ofSeconds(3)));
        graph.edge("a", "b", Bytes.megabytes(1));
        graph.edge("a", "c", Bytes.megabytes(1));
        return graph.build();
    }

    private RecordedSchedule schedule(String... rows) throws IOException {
        Path file = folder.resolve("schedule.csv");
        Files.write(file, List.of(rows));
        return new ScheduleFile(file).read();
    }

    private static RunResult run(GraphJob job) {
        return Scenario.of(two(), job).build().run();
    }

    private static TaskLog log(RunResult result) {
        return (TaskLog) result.logs().get(0);
    }

    @Test
    void replay_scheduleThatFits_hasNoDifference() throws IOException {
        RecordedSchedule schedule =
                schedule("task,pe,start_ms,finish_ms", "a,core_0,0,2000", "b,core-1,3000,4000", "c,core-0,2000,5000");

        var comparison = ScheduleComparison.of(
                schedule, log(run(Replay.of(fork(), schedule).build())));

        assertTrue(comparison.first().isEmpty(), comparison::toString);
        assertEquals(3, comparison.tasks());
    }

    @Test
    void replay_scheduleWithATransferTooShort_tellsTheFirstDifference() throws IOException {
        RecordedSchedule schedule =
                schedule("task,device,start_s,finish_s", "a,core-0,0,2", "b,core-1,2.5,3.5", "c,core-0,2,5");

        var comparison = ScheduleComparison.of(
                schedule, log(run(Replay.of(fork(), schedule).build())));

        assertEquals(
                "job 0, task b: start recorded 2.5 s, run 3 s",
                comparison.first().orElseThrow().toString());
        assertEquals(2, comparison.differences().size());
    }

    @Test
    void replay_ownTaskFile_hasNoDifference() throws IOException {
        TaskLog log = log(run(GraphJob.of(fork(), Schedulers.heft()).build()));
        StringBuilder csv = new StringBuilder();
        log.writeCsv(csv);
        RecordedSchedule schedule = schedule(csv.toString().split("\n"));

        var comparison = ScheduleComparison.of(
                schedule, log(run(Replay.of(fork(), schedule).build())));

        assertTrue(comparison.first().isEmpty(), comparison::toString);
    }

    @Test
    void replay_scheduleThatBreaksTheGraphAndOverlaps_isRefusedWithAllProblems() throws IOException {
        RecordedSchedule schedule =
                schedule("task,device,start_s,finish_s", "a,core-0,0,2", "b,core-1,1,2", "c,core-1,1.5,4.5");
        Scenario scenario =
                Scenario.of(two(), Replay.of(fork(), schedule).build()).build();

        List<String> problems =
                scenario.problems().stream().map(Problem::message).toList();

        assertEquals(3, problems.size(), problems.toString());
        assertTrue(
                problems.get(0).contains("task b of job 0: start (1.0 s) must not be before the finish (2.0 s) of a"));
        assertTrue(
                problems.get(1).contains("task c of job 0: start (1.5 s) must not be before the finish (2.0 s) of a"));
        assertTrue(problems.get(2).contains("which is on core-1 too"));
    }

    @Test
    void replay_scheduleOfUnknownTasksAndDevices_isRefused() throws IOException {
        RecordedSchedule unknown =
                schedule("task,device,start_s,finish_s", "a,gpu-0,0,2", "b,core-1,3,4", "c,core-0,2,5");
        RecordedSchedule missing = schedule("task,device,start_s,finish_s", "a,core-0,0,2", "b,core-1,3,4");

        assertTrue(problems(unknown).contains("device (\"gpu-0\") must be one of the cluster"));
        assertTrue(problems(missing).contains("task (c) of job 0 must be in the schedule"), problems(missing));
    }

    private static String problems(RecordedSchedule schedule) {
        return Scenario.of(two(), Replay.of(fork(), schedule).build())
                .build()
                .problems()
                .toString();
    }

    @Test
    void scheduleFile_badRows_areToldWithTheirLines() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> schedule("task,device,start_s,finish_s", "a,core-0,zero,2", "b,core-1,3,4,5"));

        String text = String.valueOf(refusal.getMessage());
        assertTrue(text.contains("schedule.csv:2: start_s (zero) must be a number"), text);
        assertTrue(text.contains("schedule.csv:3: has 5 columns"), text);
    }

    @Test
    void scheduleFile_missingColumn_isNamedWithTheNearest() {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> schedule("task,device,start_s,finsh_s", "a,core-0,0,2"));

        assertTrue(String.valueOf(refusal.getMessage()).contains("column finish_s is missing"), refusal.toString());
        assertTrue(String.valueOf(refusal.getMessage()).contains("finsh_s"), refusal.toString());
    }
}
