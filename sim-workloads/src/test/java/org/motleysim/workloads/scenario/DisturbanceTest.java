package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.Outages;
import org.motleysim.hardware.power.PowerSetup;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.graph.Task;
import org.motleysim.workloads.graph.TaskGraph;
import org.motleysim.workloads.schedule.Schedulers;

class DisturbanceTest {
    private static final DeviceGroup GPU =
            new DeviceGroup("gpu", 2, Catalog.builtIn().device("nvidia-a10g-24gb"));

    private static List<Problem> problems(DeviceGroup group) {
        TaskGraph.Builder graph = TaskGraph.builder("one");
        graph.add(new Task.Recorded("alone", Duration.ofSeconds(1)));
        GraphJob job = GraphJob.of(graph.build(), Schedulers.heft()).build();
        return Scenario.of(Cluster.builder("two").add(group).build(), job)
                .build()
                .problems();
    }

    @Test
    void problems_outagesUnderAGraph_areRefused() {
        Faults faults = Faults.none()
                .withOutages(Outages.renewal(Distribution.exponential(3_600), Distribution.exponential(60)));
        List<Problem> problems = problems(GPU.withFaults(faults));

        assertEquals(1, problems.size(), problems.toString());
        assertEquals("$.cluster.devices[0]", problems.get(0).path());
        assertTrue(problems.get(0).message().contains("outages"), problems.toString());
    }

    @Test
    void problems_capUnderAGraph_isRefused_andAnEnergyModelIsNot() {
        PowerSetup capped = PowerSetup.builder().cap(Power.watts(120)).build();

        assertEquals(1, problems(GPU.withPower(capped)).size());
        assertEquals(List.of(), problems(GPU.withPower(PowerSetup.builder().build())));
        assertEquals(List.of(), problems(GPU));
    }
}
