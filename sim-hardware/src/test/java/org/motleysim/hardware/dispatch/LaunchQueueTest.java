package org.motleysim.hardware.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.Simulation;

class LaunchQueueTest {
    private static final Host HOST = Host.of(Duration.ofNanos(3_000)).perKernel(Duration.ofNanos(5_000));

    private static double[] equal(int count, double seconds) {
        var all = new double[count];
        Arrays.fill(all, seconds);
        return all;
    }

    private static LaunchTimes simulated(Host host, double[] kernels) {
        var simulation = new Simulation();
        var queue = new LaunchQueue(simulation, host);
        var ended = new double[] {-1};
        queue.submit(kernels, () -> ended[0] = simulation.now() * 1e-9);
        simulation.run();
        LaunchTimes times = queue.times();
        assertEquals(0, queue.outstanding());
        return new LaunchTimes(
                times.kernels(), ended[0], times.hostSeconds(), times.deviceSeconds(), times.queuedSeconds());
    }

    private static void same(LaunchTimes expected, LaunchTimes actual, double tolerance) {
        assertEquals(expected.kernels(), actual.kernels());
        assertEquals(expected.seconds(), actual.seconds(), tolerance);
        assertEquals(expected.hostSeconds(), actual.hostSeconds(), tolerance);
        assertEquals(expected.deviceSeconds(), actual.deviceSeconds(), tolerance);
        assertEquals(expected.queuedSeconds(), actual.queuedSeconds(), tolerance * (1 + expected.kernels()));
    }

    @Test
    void submit_shortKernels_areBoundByTheHost() {
        // 5 us until the first starts, then one every 5 us, the last runs 2 us.
        LaunchTimes times = simulated(HOST, equal(100, 2e-6));
        assertEquals(100 * 5e-6 + 2e-6, times.seconds(), 1e-12);
        assertTrue(times.hostBound());
        assertEquals(100 * 5e-6, times.queuedSeconds(), 1e-12);
    }

    @Test
    void submit_longKernels_areBoundByTheDevice() {
        LaunchTimes times = simulated(HOST, equal(100, 20e-6));
        assertEquals(5e-6 + 100 * 20e-6, times.seconds(), 1e-12);
        assertFalse(times.hostBound());
        assertEquals(5e-6, times.deviceIdleSeconds(), 1e-12);
    }

    @Test
    void submit_capturedGraph_waitsOnceForTheHost() {
        Host graph = HOST.launching(LaunchMode.GRAPH).perGraph(Duration.ofNanos(7_000));
        LaunchTimes times = simulated(graph, equal(100, 2e-6));
        assertEquals(7e-6 + 200e-6, times.seconds(), 1e-12);
        assertEquals(7e-6, times.hostSeconds(), 1e-15);
        same(LaunchTimes.of(graph, equal(100, 2e-6)), times, 1e-12);
    }

    @Test
    void submit_equalKernels_agreeWithTheClosedForm() {
        for (double seconds : new double[] {1e-6, 5e-6, 9e-6}) {
            same(LaunchTimes.ofEqual(HOST, 50, 50 * seconds), simulated(HOST, equal(50, seconds)), 1e-12);
        }
    }

    @Test
    void submit_anySequence_agreesWithTheRecurrence() {
        long seed = 20_240_611;
        var random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            var kernels = new double[1 + random.nextInt(60)];
            for (int i = 0; i < kernels.length; i++) {
                kernels[i] = random.nextInt(20_000) * 1e-9;
            }
            Host host = HOST.queueDepth(1 + random.nextInt(8)).perKernel(Duration.ofNanos(1 + random.nextInt(12_000)));
            try {
                same(LaunchTimes.of(host, kernels), simulated(host, kernels), 1e-12);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + round + ", " + host, e);
            }
        }
    }

    @Test
    void submit_shallowQueue_holdsTheHostUpButNotTheDevice() {
        double[] kernels = equal(100, 20e-6);
        assertEquals(
                simulated(HOST, kernels).seconds(),
                simulated(HOST.queueDepth(2), kernels).seconds(),
                1e-12);
    }

    @Test
    void submit_queueOfOne_pausesForEveryLaunch() {
        assertEquals(10 * 25e-6, simulated(HOST.queueDepth(1), equal(10, 20e-6)).seconds(), 1e-12);
    }

    @Test
    void submit_severalSequences_runInOrder() {
        var simulation = new Simulation();
        var queue = new LaunchQueue(simulation, HOST);
        var order = new StringBuilder();
        queue.submit(equal(3, 1e-6), () -> order.append('a'));
        queue.submit(new double[0], () -> order.append('0'));
        queue.submit(equal(2, 1e-6), () -> order.append('b').append(simulation.now()));
        simulation.run();
        assertEquals("0ab26000", order.toString());
    }

    @Test
    void fusion_ofBoundByHost_paysInLaunches() {
        double unfused = LaunchTimes.of(HOST, equal(10, 1e-6)).seconds();
        double fused = LaunchTimes.of(HOST, equal(1, 10e-6)).seconds();
        assertEquals((10 * 5 + 1) / 15.0, unfused / fused, 1e-9);
    }

    @Test
    void threadSpeed_twice_halvesTheThreadOnly() {
        Host fast = HOST.threadSpeed(2);
        assertEquals(Duration.ofNanos(2_500), fast.perKernel());
        assertEquals(HOST.launchLatency(), fast.launchLatency());
    }

    @Test
    void host_impossibleNumbers_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> Host.of(Duration.ofNanos(-1)));
        assertThrows(IllegalArgumentException.class, () -> HOST.queueDepth(0));
        assertThrows(IllegalArgumentException.class, () -> HOST.threadSpeed(0));
        assertThrows(IllegalArgumentException.class, () -> LaunchTimes.of(HOST, new double[] {-1}));
    }
}
