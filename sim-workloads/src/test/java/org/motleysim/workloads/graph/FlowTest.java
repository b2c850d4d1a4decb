package org.motleysim.workloads.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.Balance;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.scenario.ScenarioFile;
import org.motleysim.workloads.schedule.Schedulers;

class FlowTest {
    private static Flow step(String name, long millis) {
        return Flow.step(new Task.Recorded(name, Duration.ofMillis(millis)), Bytes.of(0));
    }

    private static Cluster cores(int count) {
        DeviceSpec core = DeviceSpec.builder("core", DeviceKind.CPU)
                .peak(NumberFormat.FP64, FlopRate.of(1e9))
                .memory("DDR4", Bytes.gigabytes(1), Bandwidth.gigabytesPerSecond(1))
                .tdp(Power.watts(10))
                .build();
        return Cluster.builder("cores")
                .add("core", count, core, RooflineCostModel.peak())
                .price(PriceModel.free())
                .build();
    }

    private static RunResult run(Flow flow, int jobs) {
        // Far apart: a job never meets another.
        JobFlow source = JobFlow.of("flow", flow, Arrivals.fixed(1), jobs);
        return Scenario.of(
                        cores(2),
                        GraphJob.of(source, Schedulers.workStealing())
                                .name("jobs")
                                .build())
                .seed(5)
                .build()
                .run();
    }

    @Test
    void loop_repeatedWithAProbability_takesTheGeometricMean() {
        // 10 ms, then 20 ms once and again with 0.4, five times at most, then 5 ms.
        Flow agent = Flow.sequence(step("hear", 10), Flow.loop(step("think", 20), 0.4, 5), step("speak", 5));

        RunResult result = run(agent, 20_000);

        double times = (1 - StrictMath.pow(0.4, 5)) / (1 - 0.4);
        assertEquals(0.015 + 0.020 * times, result.metrics().value("job.latency.mean"), 3e-4);
        assertEquals(0.015 + 0.020 * 5, result.metrics().value("job.latency.max"), 1e-4);
        assertTrue(result.conservation().stream().allMatch(Balance::holds));
    }

    @Test
    void branch_earlyExit_takesTheMeanOfItsWays() {
        // 30% leave after 4 ms; the others go on for 6 ms.
        Flow network = Flow.sequence(
                step("stem", 4), Flow.branch(Flow.way(0.3, Flow.nothing()), Flow.way(0.7, step("rest", 6))));

        RunResult result = run(network, 20_000);

        assertEquals(0.004 + 0.7 * 0.006, result.metrics().value("job.latency.mean"), 6e-5);
        assertEquals(1.7 * 20_000, result.metrics().value("tasks.total"), 250);
    }

    @Test
    void parallel_waitsForAllOfIt() {
        TaskGraph course = FlowCourse.draw(
                "flow",
                Flow.sequence(
                        Flow.step(new Task.Recorded("a", Duration.ofMillis(1)), Bytes.of(7)),
                        Flow.parallel(step("b", 1), Flow.nothing(), step("c", 1)),
                        step("d", 1)),
                RandomStreams.of(1).stream("course"));

        // a before b, c and, along the part that does nothing, d; b and c before d.
        assertEquals(4, course.size());
        assertEquals(5, course.edges());
        assertEquals(3 * 7, course.totalBytes());
    }

    @Test
    void course_taskOfOneNameTwice_getsANumber() {
        TaskGraph course =
                FlowCourse.draw("flow", Flow.loop(step("think", 1), 1, 3), RandomStreams.of(1).stream("course"));

        assertEquals(
                List.of("think", "think#2", "think#3"),
                List.of(
                        course.task(0).name(),
                        course.task(1).name(),
                        course.task(2).name()));
        assertEquals(2, course.edges());
    }

    @Test
    void flow_taskThatNoDeviceRuns_isAProblemEvenOnARareWay() {
        Flow rare = Flow.branch(
                Flow.way(0.999, step("usual", 1)),
                Flow.way(0.001, Flow.step(new Task.Measured("rare", "quantum"), Bytes.of(0))));
        JobFlow source = new JobFlow("flow", rare, Arrivals.fixed(1), OptionalInt.of(1));
        Scenario scenario = Scenario.of(
                        cores(1),
                        GraphJob.of(source, Schedulers.workStealing())
                                .name("jobs")
                                .build())
                .build();

        assertTrue(scenario.problems().toString().contains("task (rare) must have a device"));
    }

    @Test
    void flow_courseWithoutEnd_isRefused() {
        Flow body = Flow.loop(step("a", 1), 1, 100_000);

        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> FlowCourse.draw("flow", Flow.loop(body, 1, 100), RandomStreams.of(1).stream("course")));

        assertTrue(String.valueOf(refusal.getMessage()).contains("must not exceed 1000000"));
        assertThrows(IllegalArgumentException.class, () -> Flow.loop(step("a", 1), 1.5, 2));
    }

    @Test
    void flow_writtenAndReadAsAScenario_isTheSame() {
        Flow agent = Flow.sequence(
                step("hear", 10),
                Flow.loop(Flow.branch(Flow.way(1, step("search", 30)), Flow.way(2, Flow.nothing())), 0.4, 5),
                Flow.parallel(step("speak", 5), step("log", 1)));
        Scenario scenario = Scenario.of(
                        cores(2),
                        GraphJob.of(JobFlow.of("agent", agent, Arrivals.poisson(2), 50), Schedulers.heft())
                                .name("agents")
                                .build())
                .build();

        Scenario read = ScenarioFile.parse(ScenarioFile.write(scenario), Path.of("."));

        assertEquals(scenario.workloads(), read.workloads());
        assertEquals(50, read.run().metrics().value("jobs.finished"));
    }
}
