package org.motleysim.workloads.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.cluster.HostSpec;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.hardware.device.MemoryKind;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.fault.Faults;
import org.motleysim.hardware.fault.Outage;
import org.motleysim.hardware.fault.Outages;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.routing.Routing;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.traces.RequestTrace;

class WeightLoadingTest {
    private static final double DRIVE = 2e9;
    private static final double WEIGHTS = Plain.MODEL.weightBytes().value();
    private static final RequestTrace TWO =
            RequestTrace.of(new long[] {0, 1_000_000L}, new int[] {100, 100}, new int[] {3, 3});

    private static HostSpec host(int devices, Bytes capacity, double linkBytesPerSecond) {
        MemoryTier drive = MemoryTier.builder("scratch", MemoryKind.NVME, capacity, Bandwidth.of(DRIVE))
                .build();
        return HostSpec.of(devices, drive)
                .sharing(new LinkSpec(
                        "slot", LinkSpec.Role.HOST, Bandwidth.of(linkBytesPerSecond), Duration.ofNanos(0)));
    }

    private static Cluster cluster(int devices, Optional<HostSpec> host) {
        Cluster.Builder cluster = Cluster.builder("plain")
                .add("gpu", devices, Plain.device(Bytes.gibibytes(80)))
                .network(Plain.fastNetwork());
        host.ifPresent(around -> cluster.host("gpu", around));
        return cluster.build();
    }

    private static LlmServing.Builder two() {
        return LlmServing.of(Plain.MODEL)
                .replay(TWO)
                .stepModel(Plain.steps(0.1, 0.001))
                .batching(Batching.chunkedPrefill(512))
                .routing(Routing.roundRobin())
                .loadFrom("nvme");
    }

    private static RunResult run(int devices, HostSpec host) {
        return Scenario.of(cluster(devices, Optional.of(host)), two().build())
                .build()
                .run();
    }

    @Test
    void load_oneReplica_takesWeightsOverTheDrive() {
        RunResult result = run(1, host(1, Bytes.terabytes(1), 60e9));

        assertEquals(WEIGHTS / DRIVE, result.metrics().value("load.time.max"), 1e-8);
        // Both prompts of 100 tokens wait for the weights and are computed together: 0.1 + 0.2 s.
        assertEquals(WEIGHTS / DRIVE + 0.3, result.requests().ttftNanos(0) / 1e9, 1e-8);
        assertEquals(WEIGHTS, result.metrics().value("load.bytes"));
        assertEquals(WEIGHTS, result.metrics().value("tier.gpu-host-0.scratch.bytes_read"));
    }

    @Test
    void load_twoReplicasOfOneHost_shareTheDrive() {
        RunResult result = run(2, host(2, Bytes.terabytes(1), 60e9));

        assertEquals(2 * WEIGHTS / DRIVE, result.metrics().value("load.time.mean"), 1e-8);
        assertEquals(2 * WEIGHTS / DRIVE + 0.2, result.requests().ttftNanos(0) / 1e9, 1e-8);
    }

    @Test
    void load_twoReplicasInHostsOfTheirOwn_doNotShare() {
        RunResult result = run(2, host(1, Bytes.terabytes(1), 60e9));

        assertEquals(WEIGHTS / DRIVE, result.metrics().value("load.time.mean"), 1e-8);
    }

    @Test
    void load_slowSlot_isTheLimit() {
        RunResult result = run(2, host(2, Bytes.terabytes(1), 1e9));

        assertEquals(2 * WEIGHTS / 1e9, result.metrics().value("load.time.mean"), 1e-8);
        assertEquals(2 * WEIGHTS, result.metrics().value("link.gpu-host-0.slot-down.bytes"));
    }

    @Test
    void load_tensorParallel_movesEachShareOnce() {
        Cluster cluster = cluster(2, Optional.of(host(2, Bytes.terabytes(1), 60e9)));
        RunResult result =
                Scenario.of(cluster, two().tensorParallel(2).build()).build().run();

        // Norms are on both devices, all else is split.
        assertEquals(WEIGHTS / DRIVE, result.metrics().value("load.time.max"), 1e-3);
        assertEquals(1, result.metrics().value("load.replicas"));
    }

    private static RunResult runWithOutage(double downSeconds, double upSeconds) {
        DeviceGroup gpu = new DeviceGroup("gpu", 1, Plain.device(Bytes.gibibytes(80)))
                .withHost(host(1, Bytes.terabytes(1), 60e9))
                .withFaults(
                        Faults.none().withOutages(Outages.recorded(List.of(new Outage(0, downSeconds, upSeconds)))));
        Cluster cluster =
                Cluster.builder("plain").add(gpu).network(Plain.fastNetwork()).build();
        return Scenario.of(cluster, two().build())
                .horizon(Duration.ofSeconds(60))
                .build()
                .run();
    }

    @Test
    void load_afterRepair_takesTheWeightsAgain() {
        double load = WEIGHTS / DRIVE;
        RunResult result = runWithOutage(load + 0.1, load + 1);

        // Down in the middle of the first iteration: both requests are computed when the weights are there again.
        assertEquals(2, result.metrics().value("load.count"));
        assertEquals(load, result.metrics().value("load.time.max"), 1e-8);
        assertEquals(2 * WEIGHTS, result.metrics().value("load.bytes"));
        assertEquals(2 * load + 1 + 0.3, result.requests().ttftNanos(0) / 1e9, 1e-8);
    }

    @Test
    void load_failureWhileLoading_waitsForTheLostBytesFirst() {
        double load = WEIGHTS / DRIVE;
        RunResult result = runWithOutage(load / 4, load / 2);

        assertEquals(1, result.metrics().value("load.count"));
        assertEquals(2 * WEIGHTS, result.metrics().value("load.bytes"));
        assertEquals(2 * load + 0.3, result.requests().ttftNanos(0) / 1e9, 1e-8);
    }

    @Test
    void load_horizonBeforeItsEnd_finishesNothing() {
        RunResult result = Scenario.of(cluster(1, Optional.of(host(1, Bytes.terabytes(1), 60e9))), two().build())
                .horizon(Duration.ofSeconds(1))
                .build()
                .run();

        assertEquals(0, result.metrics().value("requests.finished"));
        assertEquals(2, result.metrics().value("requests.in_flight"));
        assertEquals(0, result.metrics().value("load.bytes"));
        assertEquals(DRIVE, result.metrics().value("tier.gpu-host-0.scratch.bytes_read"), 10);
        assertEquals(1, result.metrics().value("tier.gpu-host-0.scratch.utilization"), 1e-8);
    }

    @Test
    void problems_tierTooSmall_showsTheArithmetic() {
        List<Problem> problems =
                two().build().problems(cluster(1, Optional.of(host(1, Bytes.gigabytes(10), 60e9))), false);

        assertEquals(1, problems.size());
        assertEquals("$.loadFrom", problems.get(0).path());
        assertTrue(problems.get(0).message().contains("short"), problems.toString());
    }

    @Test
    void problems_unknownTier_namesTheNearest() {
        List<Problem> problems = two().loadFrom("scrach")
                .build()
                .problems(cluster(1, Optional.of(host(1, Bytes.terabytes(1), 60e9))), false);

        assertEquals(1, problems.size());
        assertEquals("Maybe \"scratch\".", problems.get(0).hint());
    }

    @Test
    void problems_noHost_saysSo() {
        List<Problem> problems = two().build().problems(cluster(1, Optional.empty()), false);

        assertEquals(1, problems.size());
        assertTrue(problems.get(0).message().contains("which has no host"), problems.toString());
    }
}
