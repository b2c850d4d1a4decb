package org.motleysim.workloads.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.report.Section.GanttChart;
import org.motleysim.core.report.Section.Span;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.schedule.Schedulers;

class GraphGanttTest {
    private static GanttChart chain(int tasks, int devices) {
        DeviceSpec core = DeviceSpec.builder("core", DeviceKind.CPU)
                .peak(NumberFormat.FP64, FlopRate.of(1e9))
                .memory("DDR4", Bytes.gigabytes(1), Bandwidth.gigabytesPerSecond(1))
                .tdp(Power.watts(10))
                .build();
        Cluster cluster = Cluster.builder("cores")
                .add("core", devices, core, RooflineCostModel.peak())
                .price(PriceModel.free())
                .build();
        TaskGraph.Builder graph = TaskGraph.builder("chain");
        for (int i = 0; i < tasks; i++) {
            graph.add(new Task.Recorded("t" + i, Duration.ofMillis(1 + i % 3)));
            if (i > 0) {
                graph.edge(i - 1, i, 0.0);
            }
        }
        TaskLog log = (TaskLog) Scenario.of(
                        cluster,
                        GraphJob.of(graph.build(), Schedulers.roundRobin()).build())
                .build()
                .run()
                .logs()
                .get(0);
        return GraphGantt.of("chain", log);
    }

    @Test
    void chart_fewTasks_hasABarForEach() {
        GanttChart chart = chain(6, 2);

        assertEquals(6, chart.spans().size());
        assertEquals(2, chart.rows().size());
        assertEquals(0.012, chart.spans().stream().mapToDouble(Span::seconds).sum(), 1e-12);
        assertTrue(chart.spans().stream().allMatch(Span::marked));
        assertEquals("", chart.note());
    }

    @Test
    void chart_manyTasks_putsNeighboursTogetherAndSaysSo() {
        GanttChart chart = chain(60_000, 1);

        assertTrue(chart.spans().size() <= GanttChart.MOST_SPANS);
        // One after the other without a gap: nothing of the time is lost.
        assertEquals(120, chart.spans().stream().mapToDouble(Span::seconds).sum(), 1e-6);
        assertTrue(chart.note().startsWith("Tasks of less than"), chart.note());
    }

    @Test
    void chart_manyDevices_showsTheFirst() {
        GanttChart chart = chain(200, 100);

        assertEquals(60, chart.rows().size());
        assertTrue(chart.note().contains("The first 60 of 100 devices."), chart.note());
    }
}
