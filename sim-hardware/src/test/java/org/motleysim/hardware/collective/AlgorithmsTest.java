package org.motleysim.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.collective.Collective.AllGather;
import org.motleysim.hardware.collective.Collective.AllReduce;
import org.motleysim.hardware.collective.Collective.AllToAll;
import org.motleysim.hardware.collective.Collective.Barrier;
import org.motleysim.hardware.collective.Collective.Broadcast;
import org.motleysim.hardware.collective.Collective.PointToPoint;
import org.motleysim.hardware.collective.Collective.ReduceScatter;
import org.motleysim.hardware.collective.Collective.SendReceive;
import org.motleysim.hardware.network.NetworkModel;

class AlgorithmsTest {
    private static final Bandwidth BANDWIDTH = Bandwidth.gigabytesPerSecond(1);
    private static final Duration LATENCY = Duration.ofNanos(5_000);
    private static final NetworkModel NETWORK = NetworkModel.fairShare(BANDWIDTH, LATENCY);
    private static final AlphaBeta ALPHA_BETA = AlphaBeta.of(BANDWIDTH, LATENCY);
    private static final double REDUCE_RATE = 2e9;

    /** Divisible by all ranks of the tests. */
    private static final long BYTES = 5_040L * 1_024;

    private static final List<Collective> COLLECTIVES = List.of(
            new AllReduce(BYTES),
            new AllGather(BYTES),
            new ReduceScatter(BYTES),
            new Broadcast(BYTES),
            new AllToAll(BYTES),
            new Barrier(),
            new PointToPoint(BYTES, 0, 1),
            new SendReceive(BYTES));

    /** Formulas that are estimates for some numbers of ranks. */
    private static final Set<String> ESTIMATES = Set.of("tree", "double-tree", "chain", "scatter-all-gather");

    private static List<CollectiveAlgorithm> algorithms() {
        List<CollectiveAlgorithm> algorithms = new ArrayList<>(Algorithms.all());
        algorithms.add(Algorithms.tree(3, BYTES));
        algorithms.add(Algorithms.railRing(2));
        algorithms.add(Algorithms.railRing(4));
        for (int inner : new int[] {2, 4}) {
            for (int outer : new int[] {2, 3, 4}) {
                algorithms.add(Algorithms.hierarchical(
                        List.of(inner, outer), List.of(Algorithms.named("ring"), Algorithms.named("direct"))));
            }
        }
        return algorithms;
    }

    @Test
    void schedules_everyAlgorithm_receiveExactlyWhatIsSentInEachStep() {
        int cases = 0;
        Step step = new Step();
        for (CollectiveAlgorithm algorithm : algorithms()) {
            for (Collective collective : COLLECTIVES) {
                for (int ranks = 2; ranks <= 17; ranks++) {
                    if (algorithm.refusal(collective, ranks).isPresent()) {
                        continue;
                    }
                    CollectiveSchedule schedule = algorithm.schedule(collective, ranks);
                    for (int at = 0; at < schedule.steps(); at++) {
                        int[] balance = new int[ranks];
                        for (int rank = 0; rank < ranks; rank++) {
                            step.clear();
                            schedule.step(rank, at, step);
                            balance[rank] -= step.receives();
                            for (int i = 0; i < step.sends(); i++) {
                                assertTrue(step.to(i) != rank, "to oneself");
                                balance[step.to(i)]++;
                            }
                        }
                        for (int rank = 0; rank < ranks; rank++) {
                            assertEquals(
                                    0,
                                    balance[rank],
                                    algorithm.name() + " " + collective + " of " + ranks + ": rank " + rank
                                            + " in step " + at);
                        }
                    }
                    cases++;
                }
            }
        }
        assertTrue(cases > 500, cases + " cases");
    }

    @Test
    void runs_withoutContention_takeWhatTheFormulasSay() {
        int cases = 0;
        for (CollectiveAlgorithm algorithm : algorithms()) {
            for (Collective collective : COLLECTIVES) {
                for (int ranks : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 12, 16}) {
                    if (algorithm.refusal(collective, ranks).isPresent() || ESTIMATES.contains(algorithm.name())) {
                        continue;
                    }
                    OptionalDouble formula =
                            algorithm.seconds(collective, ranks, ALPHA_BETA.reducingAt(Bandwidth.of(REDUCE_RATE)));
                    double run = Runs.of(NETWORK, algorithm, collective, ranks, REDUCE_RATE)
                            .seconds();
                    int steps = algorithm.schedule(collective, ranks).steps();
                    assertEquals(
                            formula.orElseThrow(),
                            run,
                            2e-9 * Math.max(1, steps),
                            algorithm.name() + " " + collective + " of " + ranks);
                    cases++;
                }
            }
        }
        assertTrue(cases > 200, cases + " cases");
    }

    @Test
    void formulas_handWorked_areThoseOfTheBooks() {
        // 8 ranks, alpha 5 us, beta 1 ns, n = 8 MB.
        AllReduce sum = new AllReduce(8_000_000);
        assertEquals(14 * (5e-6 + 1e-3), seconds("ring", sum, 8), 1e-12);
        assertEquals(3 * (5e-6 + 8e-3), seconds("recursive-doubling", sum, 8), 1e-12);
        assertEquals(6 * 5e-6 + 14e-3, seconds("halving-doubling", sum, 8), 1e-12);
        assertEquals(2 * 5e-6 + 14e-3, seconds("direct", sum, 8), 1e-12);
        assertEquals(2 * 5e-6 + 14 * 8e-3, seconds("star", sum, 8), 1e-12);
        assertEquals(5e-6 + 8e-3, seconds("in-network", sum, 8), 1e-12);
        // Six ranks: two fold away first and get the result last.
        assertEquals(4 * (5e-6 + 8e-3), seconds("recursive-doubling", sum, 6), 1e-12);
        assertEquals(4 * 5e-6 + 12e-3 + 2 * (5e-6 + 8e-3), seconds("halving-doubling", sum, 6), 1e-12);
        assertEquals(7 * (5e-6 + 1e-3), seconds("pairwise", new AllToAll(8_000_000), 8), 1e-12);
        assertEquals(3 * (5e-6 + 4e-3), seconds("bruck", new AllToAll(8_000_000), 8), 1e-12);
        assertEquals(3 * (5e-6 + 8e-3), seconds("binomial", new Broadcast(8_000_000), 8), 1e-12);
    }

    private static double seconds(String algorithm, Collective collective, int ranks) {
        return Algorithms.named(algorithm)
                .seconds(collective, ranks, ALPHA_BETA)
                .orElseThrow();
    }

    @Test
    void trees_fullAndOneChunk_takeTwiceTheHeight() {
        for (int height = 1; height <= 4; height++) {
            int ranks = (1 << (height + 1)) - 1;
            CollectiveAlgorithm tree = Algorithms.tree(2, BYTES);
            double expected = 2 * height * (5e-6 + 2 * BYTES / 1e9);
            assertEquals(
                    expected,
                    tree.seconds(new AllReduce(BYTES), ranks, ALPHA_BETA).orElseThrow(),
                    1e-12);
            assertEquals(
                    expected,
                    Runs.of(NETWORK, tree, new AllReduce(BYTES), ranks).seconds(),
                    1e-7);
        }
    }

    @Test
    void chains_ofManyChunks_takeTheFormula() {
        CollectiveAlgorithm chain = Algorithms.tree(1, BYTES / 16);
        double expected = (7 - 1 + 16) * (5e-6 + BYTES / 16 / 1e9);
        assertEquals(expected, Runs.of(NETWORK, chain, new Broadcast(BYTES), 8).seconds(), 1e-7);
        assertEquals(
                expected, chain.seconds(new Broadcast(BYTES), 8, ALPHA_BETA).orElseThrow(), 1e-12);
    }

    @Test
    void doubleTree_manyChunks_comesNearTwiceTheBytesOfOnePort() {
        long bytes = 1L << 28;
        CollectiveAlgorithm trees = Algorithms.doubleTree(1 << 18);
        for (int ranks : new int[] {7, 8, 15, 16, 31, 33, 64}) {
            double run = Runs.of(NETWORK, trees, new AllReduce(bytes), ranks).seconds();
            double port = 2 * bytes / 1e9;
            double formula =
                    trees.seconds(new AllReduce(bytes), ranks, ALPHA_BETA).orElseThrow();
            assertTrue(run >= port * (1 - 1.0 / ranks), ranks + " ranks: " + run);
            assertEquals(formula, run, 0.05 * formula, ranks + " ranks");
        }
    }

    @Test
    void trees_bothColours_haveNoRankWithChildrenInBoth() {
        for (int ranks = 2; ranks <= 70; ranks++) {
            Tree[] both = Tree.both(ranks);
            for (Tree tree : both) {
                Map<Integer, Integer> depths = new HashMap<>();
                for (int rank = 0; rank < ranks; rank++) {
                    depths.merge(tree.depth(rank), 1, Integer::sum);
                    assertTrue(tree.children(rank) <= 2);
                }
                assertEquals(1, depths.get(0), "one root");
                assertTrue(tree.height() <= ShiftSchedule.log2Up(ranks) + 1, "height of " + ranks);
            }
            int busy = 0;
            for (int rank = 0; rank < ranks; rank++) {
                if (both[0].children(rank) == 2 && both[1].children(rank) == 2) {
                    busy++;
                }
            }
            assertEquals(0, busy, ranks + " ranks");
        }
    }

    @Test
    void bytes_moved_areThoseOfTheAlgorithms() {
        AllReduce sum = new AllReduce(BYTES);
        assertEquals(2 * 7 * BYTES, moved("ring", sum, 8));
        assertEquals(2 * 7 * BYTES, moved("halving-doubling", sum, 8));
        assertEquals(3 * 8 * BYTES, moved("recursive-doubling", sum, 8));
        assertEquals(2 * 7 * BYTES, moved("star", sum, 8));
        assertEquals(2 * 7 * BYTES, moved("direct", sum, 8));
        assertEquals(7 * BYTES, moved("ring", new AllGather(BYTES), 8));
        assertEquals(7 * BYTES, moved("pairwise", new AllToAll(BYTES), 8));
        assertEquals(7 * BYTES, moved("binomial", new Broadcast(BYTES), 8));
    }

    private static long moved(String algorithm, Collective collective, int ranks) {
        return Runs.of(NETWORK, Algorithms.named(algorithm), collective, ranks).bytes();
    }

    @Test
    void allToAll_skewed_waitsForThePopularRank() {
        AllToAll even = new AllToAll(BYTES);
        AllToAll skewed = new AllToAll(BYTES, Split.zipf(1));
        CollectiveAlgorithm direct = Algorithms.named("direct");
        // Rank 0 gets 1 / (1 + 1/2 + ... + 1/8) of what seven others have.
        double share = 1 / (1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0 + 1 / 5.0 + 1 / 6.0 + 1 / 7.0 + 1 / 8.0);
        double expected = 5e-6 + 7 * share * BYTES / 1e9;
        assertEquals(expected, Runs.of(NETWORK, direct, skewed, 8).seconds(), 1e-7);
        assertTrue(Runs.of(NETWORK, direct, even, 8).seconds() < expected);
        assertTrue(direct.seconds(skewed, 8, ALPHA_BETA).isEmpty());
    }

    @Test
    void allToAll_byMatrix_movesTheMatrix() {
        long[][] matrix = {{7, 1_000, 0}, {2_000, 0, 3_000}, {0, 0, 9}};
        AllToAll counted = new AllToAll(2_006, Split.matrix(matrix));
        assertEquals(
                6_000,
                Runs.of(NETWORK, Algorithms.named("pairwise"), counted, 3).bytes());
        assertThrows(IllegalArgumentException.class, () -> Runs.of(NETWORK, Algorithms.named("direct"), counted, 4));
        assertThrows(IllegalArgumentException.class, () -> Split.matrix(new long[][] {{1, 2}}));
    }

    @Test
    void named_unknown_saysTheNearest() {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> Algorithms.named("halving-doublin"));
        assertTrue(String.valueOf(error.getMessage()).contains("Maybe \"halving-doubling\"."), error.getMessage());
    }

    @Test
    void schedule_thatRefuses_saysWhoDoesIt() {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> Algorithms.named("binomial")
                .schedule(new AllReduce(1), 8));
        assertTrue(String.valueOf(error.getMessage()).contains("Maybe one of ring"), error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Algorithms.named("recursive-doubling")
                .schedule(new AllGather(1), 6));
        assertThrows(IllegalArgumentException.class, () -> Algorithms.hierarchical(
                        List.of(2, 3), List.of(Algorithms.named("ring"), Algorithms.named("ring")))
                .schedule(new AllReduce(1), 8));
    }

    @Test
    void choice_bySizeAndByEstimate_takesLatencyOrBandwidth() {
        AlgorithmChoice lowest = AlgorithmChoice.lowestEstimate(ALPHA_BETA);
        assertEquals("direct", lowest.choose(new AllReduce(1_000_000), 8).name());
        CollectiveAlgorithm ring = Algorithms.named("ring");
        CollectiveAlgorithm doubling = Algorithms.named("recursive-doubling");
        AlgorithmChoice table = AlgorithmChoice.bySize(List.of(
                new AlgorithmChoice.BySize.Row(65_536, doubling), new AlgorithmChoice.BySize.Row(1 << 30, ring)));
        assertEquals(doubling, table.choose(new AllReduce(65_536), 8));
        assertEquals(ring, table.choose(new AllReduce(65_537), 8));
        assertEquals(ring, table.choose(new AllReduce(1L << 40), 8));
        AlgorithmChoice classic = new AlgorithmChoice.LowestEstimate(ALPHA_BETA, List.of(ring, doubling));
        assertEquals(doubling, classic.choose(new AllReduce(100), 8));
        assertEquals(ring, classic.choose(new AllReduce(100_000_000), 8));
    }
}
