package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.Outages;
import org.motleysim.hardware.fault.Straggling;
import org.motleysim.hardware.power.Battery;
import org.motleysim.hardware.power.ChargeWindows;
import org.motleysim.hardware.power.Governor;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.power.OperatingPoints;
import org.motleysim.hardware.power.PowerSetup;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.graph.ExecutionRules;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.graph.Task;
import org.motleysim.workloads.graph.TaskGraph;
import org.motleysim.workloads.schedule.Schedulers;

class DisturbanceTest {
    private static final DeviceGroup GPU =
            new DeviceGroup("gpu", 2, Catalog.builtIn().device("nvidia-a10g-24gb"));

    private static GraphJob alone() {
        TaskGraph.Builder graph = TaskGraph.builder("one");
        graph.add(new Task.Recorded("alone", Duration.ofSeconds(1)));
        return GraphJob.of(graph.build(), Schedulers.heft()).build();
    }

    private static List<Problem> problems(DeviceGroup group) {
        return Scenario.of(Cluster.builder("two").add(group).build(), alone())
                .build()
                .problems();
    }

    private static GraphJob preemptive() {
        return GraphJob.of(alone().graph(), Schedulers.heft())
                .rules(new ExecutionRules(
                        ExecutionRules.Queue.FIRST_READY_PREEMPTIVE,
                        ExecutionRules.Transfers.WHEN_PLACED,
                        Optional.empty()))
                .build();
    }

    @Test
    void problems_outagesUnderAPreemptiveGraph_areRefused() {
        Faults faults = Faults.none()
                .withOutages(Outages.renewal(Distribution.exponential(3_600), Distribution.exponential(60)));
        Cluster cluster = Cluster.builder("two").add(GPU.withFaults(faults)).build();
        List<Problem> problems = Scenario.of(cluster, preemptive()).build().problems();

        assertEquals(List.of(), problems(GPU.withFaults(faults)));
        assertEquals(1, problems.size(), problems.toString());
        assertEquals("$.cluster.devices[0]", problems.get(0).path());
        assertTrue(problems.get(0).message().contains("outages"), problems.toString());
    }

    @Test
    void problems_batteryUnderAPreemptiveGraph_isRefused() {
        Battery battery = new Battery(Energy.joules(2_000), Power.watts(400), 0.9, ChargeWindows.never(), 1, 0.5);
        PowerSetup charged = PowerSetup.builder().battery(battery).build();

        Cluster cluster = Cluster.builder("two").add(GPU.withPower(charged)).build();
        assertTrue(Scenario.of(cluster, preemptive()).build().problems().stream()
                .anyMatch(problem -> problem.message().contains("a battery")));
        assertTrue(problems(GPU.withPower(charged)).stream()
                .noneMatch(problem -> problem.path().contains("devices")));
        assertEquals(
                List.of(),
                problems(
                        GPU.withPower(PowerSetup.builder().cap(Power.watts(120)).build())));
        assertEquals(List.of(), problems(GPU));
    }

    @Test
    void run_stragglersUnderAGraph_takeThatMuchLonger() {
        Faults slow = Faults.none().withStragglers(new Straggling(1, Distribution.constant(1.5)));

        assertEquals(1, seconds(GPU), 1e-9);
        assertEquals(1.5, seconds(GPU.withFaults(slow)), 1e-9);
    }

    @Test
    void run_lowClockUnderAGraph_dividesRecordedTimes() {
        OperatingPoints points = OperatingPoints.of(new OperatingPoint(0.5, 0.8), OperatingPoint.nominal());
        PowerSetup slow = PowerSetup.builder()
                .points(points)
                .governor(Governor.powersave())
                .build();

        assertEquals(2, seconds(GPU.withPower(slow)), 1e-9);
    }

    @Test
    void run_kernelUnderACap_drawsNoMore() {
        // A large product is bound by arithmetic: at half the clock it takes twice as long, at a cap as long as the
        // energy needs.
        TaskGraph.Builder graph = TaskGraph.builder("one");
        graph.add(new Task.Compute("product", Kernel.gemm(8_192, 8_192, 8_192, NumberFormat.BF16)));
        GraphJob job = GraphJob.of(graph.build(), Schedulers.heft()).build();
        RunResult free = run(GPU, job);
        RunResult capped =
                run(GPU.withPower(PowerSetup.builder().cap(Power.watts(60)).build()), job);

        assertTrue(free.metrics().value("power.max") > 100);
        double idle = capped.metrics().value("device.gpu-1.power.mean");
        assertTrue(capped.metrics().value("power.max") <= 60 + idle + 1e-9);
        assertTrue(capped.metrics().value("makespan") > free.metrics().value("makespan"));
        assertEquals(
                free.metrics().value("energy.dynamic"),
                capped.metrics().value("energy.dynamic"),
                1e-6 * free.metrics().value("energy.dynamic"));
    }

    private static RunResult run(DeviceGroup group, GraphJob job) {
        return Scenario.of(Cluster.builder("two").add(group).build(), job)
                .build()
                .run();
    }

    private static double seconds(DeviceGroup group) {
        return run(group, alone()).metrics().value("makespan");
    }
}
