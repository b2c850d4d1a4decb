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
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.LinkSpec;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.batching.ChunkedPrefill;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.traces.RequestTrace;

/** A cache of ten blocks, so that the second of two sequences is preempted once; a token's keys and values move in a millisecond. */
class SwapSpaceTest {
    private static final long KV_BYTES = 131_072;
    private static final BatchLimits LIMITS = new BatchLimits(8, 128, 16, 0);
    private static final RequestTrace TWO = RequestTrace.of(new long[] {0, 0}, new int[] {64, 64}, new int[] {40, 40});

    private static RunResult run(Optional<Bytes> swapSpace) {
        LlmServing.Builder serving = LlmServing.of(Plain.MODEL)
                .replay(TWO)
                .stepModel(Plain.steps(0.1, 0.001))
                .batching(new ChunkedPrefill(LIMITS))
                .memoryUtilization(1);
        swapSpace.ifPresent(serving::swapSpace);
        return Scenario.of(cluster(true), serving.build()).build().run();
    }

    private static Cluster cluster(boolean hostLink) {
        DeviceSpec.Builder device = Plain.device(Plain.memoryForBlocks(10, 128, 8)).toBuilder();
        if (hostLink) {
            device.link(new LinkSpec("PCIe", LinkSpec.Role.HOST, new Bandwidth(1_000.0 * KV_BYTES), Duration.ZERO));
        }
        return Cluster.builder("plain")
                .add("gpu", 1, device.build())
                .network(Plain.fastNetwork())
                .build();
    }

    @Test
    void swap_insteadOfRecomputing_costsTheWayOutAndBack() {
        RunResult recomputed = run(Optional.empty());
        RunResult swapped = run(Optional.of(Bytes.gigabytes(1)));
        assertEquals(1, recomputed.requests().preemptions(1));
        assertEquals(1, swapped.requests().preemptions(1));
        // Preempted for the 81st token of the first: 80 tokens leave, 80 come back.
        assertEquals(80, swapped.metrics().value("kv.swapped_tokens"), 0);
        // The first waits for those that leave.
        assertEquals(
                recomputed.requests().e2eNanos(0) + 80_000_000L,
                swapped.requests().e2eNanos(0));
        // The second computes one token instead of 81, and waits for 80 both ways.
        assertEquals(
                recomputed.requests().e2eNanos(1) - 80_000_000L + 2 * 80_000_000L,
                swapped.requests().e2eNanos(1));
    }

    @Test
    void swap_withoutRoom_computesAgain() {
        RunResult none = run(Optional.empty());
        RunResult small = run(Optional.of(new Bytes(79 * KV_BYTES)));
        assertEquals(0, small.metrics().value("kv.swapped_tokens"), 0);
        assertEquals(none.requests().e2eNanos(1), small.requests().e2eNanos(1));
    }

    @Test
    void swap_withoutAHostLink_isAProblem() {
        LlmServing serving = LlmServing.of(Plain.MODEL)
                .replay(TWO)
                .memoryUtilization(1)
                .batching(new ChunkedPrefill(LIMITS))
                .swapSpace(Bytes.gigabytes(1))
                .build();
        List<Problem> problems = serving.problems(cluster(false), false);
        assertEquals("$.swapSpace", problems.get(0).path());
        assertTrue(problems.get(0).message().contains("role \"host\""), problems.toString());
    }
}
