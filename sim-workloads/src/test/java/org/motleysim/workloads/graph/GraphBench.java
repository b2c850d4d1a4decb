package org.motleysim.workloads.graph;

import java.time.Duration;
import java.util.Optional;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/** Equal devices of 64 GB, and tasks of recorded times, for tests that are worked out by hand. */
final class GraphBench {
    private GraphBench() {}

    static DeviceSpec device() {
        return DeviceSpec.builder("plain", DeviceKind.CPU)
                .peak(NumberFormat.FP64, FlopRate.of(1e9))
                .memory("DDR4", Bytes.gigabytes(64), Bandwidth.gigabytesPerSecond(100))
                .tdp(Power.watts(100))
                .idle(Power.watts(20))
                .build();
    }

    static DeviceGroup group(int count) {
        return new DeviceGroup("plain", count, device());
    }

    /** Devices on access links of 1 GB/s. */
    static Cluster cluster(DeviceGroup group, Duration latency) {
        return Cluster.builder("bench")
                .add(group)
                .network(NetworkModel.fairShare(Bandwidth.gigabytesPerSecond(1), latency))
                .price(PriceModel.electricity(0.36))
                .build();
    }

    static Task task(String name, double seconds) {
        return new Task.Recorded(name, Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    static Task task(String name, double seconds, int gigabytes) {
        return new Task.Recorded(name, Duration.ofNanos(Math.round(seconds * 1e9)), Bytes.gigabytes(gigabytes));
    }

    /** All tasks in order on the devices given. */
    static Planner fixed(int... devices) {
        return (graph, platform) -> {
            var plan = new PlanBuilder(graph, platform);
            for (int i = 0; i < graph.size(); i++) {
                plan.place(graph.inOrder(i), devices[graph.inOrder(i)]);
            }
            return plan.build();
        };
    }

    static ExecutionRules streams(ExecutionRules.Queue queue, int count, double occupancy) {
        return new ExecutionRules(
                queue, ExecutionRules.Transfers.WHEN_PLACED, Optional.empty(), new DeviceStreams(count, occupancy));
    }

    static RunResult run(Cluster cluster, GraphJob job) {
        return Scenario.of(cluster, job).build().run();
    }

    static TaskLog log(RunResult result) {
        return (TaskLog) result.logs().get(0);
    }
}
