package org.motleysim.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.collective.Collective.AllGather;
import org.motleysim.hardware.collective.Collective.AllReduce;
import org.motleysim.hardware.collective.Collective.AllToAll;
import org.motleysim.hardware.collective.Collective.Barrier;
import org.motleysim.hardware.collective.Collective.ReduceScatter;
import org.motleysim.hardware.network.LevelledNetwork;
import org.motleysim.hardware.network.LevelledNetwork.Level;

class SymmetricRunTest {
    private static final int[][] SHAPES = {{8}, {6}, {4, 4}, {8, 3}, {2, 4, 8}, {8, 8, 8}, {4, 16, 8}};

    private static LevelledNetwork network(int... sizes) {
        List<Level> levels = new ArrayList<>();
        double[] gigabytes = {450, 50, 12.5};
        int[] nanos = {700, 2_500, 6_000};
        for (int i = 0; i < sizes.length; i++) {
            levels.add(new Level(sizes[i], Bandwidth.gigabytesPerSecond(gigabytes[i]), Duration.ofNanos(nanos[i])));
        }
        return new LevelledNetwork(levels);
    }

    private static List<CollectiveAlgorithm> algorithms(int... sizes) {
        List<CollectiveAlgorithm> algorithms = new ArrayList<>(Algorithms.all());
        for (String inner : List.of("ring", "direct", "halving-doubling", "two-way-ring")) {
            List<CollectiveAlgorithm> each = new ArrayList<>();
            List<Integer> groups = new ArrayList<>();
            for (int size : sizes) {
                each.add(Algorithms.named(each.isEmpty() ? inner : "ring"));
                groups.add(size);
            }
            algorithms.add(Algorithms.hierarchical(groups, each));
        }
        algorithms.add(Algorithms.railRing(sizes[0]));
        return algorithms;
    }

    @Test
    void nanos_symmetricCollectives_equalTheRunOfEveryTransfer() {
        int cases = 0;
        for (int[] sizes : SHAPES) {
            LevelledNetwork network = network(sizes);
            for (CollectiveAlgorithm algorithm : algorithms(sizes)) {
                for (Collective collective : List.of(
                        new AllReduce(10_000_019),
                        new AllGather(10_000_019),
                        new ReduceScatter(1_000_003),
                        new AllToAll(1_000_003),
                        new Barrier())) {
                    int ranks = network.room();
                    boolean quadratic = ranks > 64 && algorithm.name().equals("direct");
                    if (quadratic
                            || algorithm.refusal(collective, ranks).isPresent()
                            || !SymmetricRun.applies(algorithm, collective, network)) {
                        continue;
                    }
                    double rate = 1e12;
                    long one = SymmetricRun.nanos(algorithm, collective, network, rate);
                    long all =
                            Runs.of(network, algorithm, collective, ranks, rate).nanos();
                    assertEquals(
                            (double) all,
                            (double) one,
                            1 + 1e-9 * all,
                            algorithm.name() + " " + collective + " on " + List.of(network.levels()));
                    cases++;
                }
            }
        }
        assertTrue(cases > 60, cases + " cases");
    }

    @Test
    void nanos_threeLevelRings_equalTheClosedForm() {
        LevelledNetwork network = network(8, 64, 256);
        CollectiveAlgorithm rings = Algorithms.hierarchical(
                List.of(8, 64, 256),
                List.of(Algorithms.named("ring"), Algorithms.named("ring"), Algorithms.named("ring")));
        double bytes = 1L << 30;
        double expected = 14 * (700e-9 + bytes / 8 / 450e9)
                + 126 * (2_500e-9 + bytes / 8 / 64 / 50e9)
                + 510 * (6_000e-9 + bytes / 8 / 64 / 256 / 12.5e9);
        long nanos = SymmetricRun.nanos(rings, new AllReduce(1L << 30), network, Double.POSITIVE_INFINITY);
        assertEquals(expected, nanos * 1e-9, 650 * 1e-9);
    }

    @Test
    void applies_whatIsNotTheSameForAll_isRefused() {
        CollectiveAlgorithm ring = Algorithms.named("ring");
        AllReduce sum = new AllReduce(1 << 20);
        assertFalse(SymmetricRun.applies(ring, sum, network(4, 4)));
        assertFalse(SymmetricRun.applies(Algorithms.named("star"), sum, network(8)));
        assertFalse(SymmetricRun.applies(Algorithms.named("recursive-doubling"), sum, network(6)));
        assertTrue(SymmetricRun.applies(Algorithms.named("recursive-doubling"), sum, network(4, 4)));
        assertFalse(SymmetricRun.applies(Algorithms.railRing(2), sum, network(4, 4)));
        assertFalse(SymmetricRun.applies(Algorithms.named("direct"), new AllToAll(1 << 20, Split.zipf(1)), network(8)));
        assertThrows(
                IllegalArgumentException.class,
                () -> SymmetricRun.nanos(ring, sum, network(4, 4), Double.POSITIVE_INFINITY));
    }

    @Test
    void levels_meeting_isTheLowestCommonGroup() {
        LevelledNetwork network = network(8, 4, 2);
        assertEquals(0, network.meeting(0, 7));
        assertEquals(1, network.meeting(7, 8));
        assertEquals(1, network.meeting(0, 31));
        assertEquals(2, network.meeting(31, 32));
        assertEquals(64, network.room());
    }
}
