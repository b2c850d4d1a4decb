package org.motleysim.core.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.motleysim.core.metric.MetricSet;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

class DesignTest {
    @Test
    void grid_ofTwoAxes_hasEveryPairTheLastAxisFastest() {
        var axes = List.<Axis>of(
                new Axis.Choice("a", List.of("x", "y")), new Axis.Range("b", 1, 100, true, false, 3, "/s"));
        assertEquals(
                List.of(
                        Map.of("a", "x", "b", "1 /s"),
                        Map.of("a", "x", "b", "10 /s"),
                        Map.of("a", "x", "b", "100 /s"),
                        Map.of("a", "y", "b", "1 /s"),
                        Map.of("a", "y", "b", "10 /s"),
                        Map.of("a", "y", "b", "100 /s")),
                Design.grid(axes));
    }

    @Test
    void range_ofWholeNumbers_givesEachItsShare() {
        var range = new Axis.Range("n", 1, 4, false, true, 4, "");
        assertEquals(List.of("1", "2", "3", "4"), range.levels());
        assertEquals("1", range.at(0));
        assertEquals("1", range.at(0.2499));
        assertEquals("2", range.at(0.25));
        assertEquals("4", range.at(1));
    }

    @Test
    void latinHypercube_eachAxis_hasOnePointInEachPart() {
        for (long seed = 0; seed < 20; seed++) {
            assertStratified(Design.latinHypercube(5, 37, seed), 37);
        }
    }

    @Test
    void sobol_firstPowersOfTwo_haveOnePointInEachPartAndEachElementaryBox() {
        for (long seed = 0; seed < 20; seed++) {
            List<double[]> points = Design.sobol(4, 256, seed);
            for (int count : new int[] {2, 16, 256}) {
                assertStratified(points.subList(0, count), count);
            }
            // The first two coordinates are a (0, m, 2)-net: each of 16 x 16 boxes has one of 256 points.
            Set<Integer> boxes = new HashSet<>();
            points.forEach(point -> boxes.add(((int) (point[0] * 16)) * 16 + (int) (point[1] * 16)));
            assertEquals(256, boxes.size());
        }
    }

    private static void assertStratified(List<double[]> points, int parts) {
        for (int axis = 0; axis < points.get(0).length; axis++) {
            Set<Integer> hit = new HashSet<>();
            for (double[] point : points) {
                assertTrue(point[axis] >= 0 && point[axis] < 1);
                hit.add((int) (point[axis] * parts));
            }
            assertEquals(parts, hit.size(), "axis " + axis);
        }
    }

    @Test
    void random_equalSeeds_giveEqualPoints() {
        assertEquals(Design.random(3, 10, 4).get(9)[2], Design.random(3, 10, 4).get(9)[2]);
        assertTrue(Design.random(3, 10, 4).get(9)[2] != Design.random(3, 10, 5).get(9)[2]);
    }

    @Test
    void paretoFront_ofRandomPoints_isThatOfBruteForce() {
        RandomStream stream = RandomStreams.of(8).stream("points");
        for (int round = 0; round < 100; round++) {
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                // A coarse grid, so that there are ties and equal points.
                points.add(new double[] {stream.nextInt(8), stream.nextInt(8), round % 2 == 0 ? stream.nextInt(8) : 0});
            }
            points.get(7)[1] = Double.NaN;
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < points.size(); i++) {
                boolean beaten = i == 7;
                for (int j = 0; j < points.size() && !beaten; j++) {
                    beaten = j != 7 && dominates(points.get(j), points.get(i));
                }
                if (!beaten) {
                    expected.add(i);
                }
            }
            assertEquals(expected, ParetoFront.of(points));
        }
    }

    private static boolean dominates(double[] a, double[] b) {
        boolean noWorse = a[0] <= b[0] && a[1] <= b[1] && a[2] <= b[2];
        return noWorse && (a[0] < b[0] || a[1] < b[1] || a[2] < b[2]);
    }

    @Test
    void paretoFront_ofAnExperiment_keepsConstraints() {
        var experiment = Experiment.named("front").stop(StoppingRule.replications(2));
        double[][] systems = {{1, 5}, {2, 3}, {3, 4}, {4, 1}};
        for (double[] system : systems) {
            experiment.variant(Variant.of("cost " + system[0], seed -> MetricSet.builder()
                    .put("cost", system[0], "USD")
                    .put("latency", system[1], "s")
                    .build()));
        }
        ExperimentResult result = experiment.build().run();
        var objectives = List.of(Objective.low("cost"), Objective.low("latency"));
        assertEquals(List.of(0, 1, 3), ParetoFront.of(result, objectives, List.of()));
        assertEquals(List.of(1, 3), ParetoFront.of(result, objectives, List.of(Constraint.parse("latency <= 4"))));
        assertEquals(List.of(0), ParetoFront.of(result, List.of(Objective.high("latency")), List.of()));
        // In shares of the box from (1, 1) to (4, 5) only (1/3, 1/2) lies inside: two thirds by a half.
        assertEquals(1 / 3.0, Hypervolume.ofFront(result, objectives, List.of()).orElseThrow(), 1e-12);
        assertTrue(Hypervolume.ofFront(result, objectives, List.of(Constraint.parse("cost <= 1")))
                .isEmpty());
    }

    /** Of y = 3 a - 2 b + 10 (c - 1/2)^2 + 0 d the effects are known: linear inputs have no deviation, c has no mean direction. */
    @Test
    void morris_onAKnownFunction_findsItsEffects() {
        Morris morris = Morris.of(4, 40, 1);
        assertEquals(40 * 5, morris.points().size());
        double[] answers = morris.points().stream()
                .mapToDouble(p -> 3 * p[0] - 2 * p[1] + 10 * (p[2] - 0.5) * (p[2] - 0.5))
                .toArray();
        List<Morris.Effect> effects = morris.effects(answers);
        assertEquals(3, effects.get(0).mean(), 1e-9);
        assertEquals(0, effects.get(0).deviation(), 1e-9);
        assertEquals(-2, effects.get(1).mean(), 1e-9);
        assertEquals(2, effects.get(1).meanSize(), 1e-9);
        // Steps 0 -> 2/3 and 1/3 -> 1 of 10 (c - 1/2)^2 change it by -+2.2222, which is an effect of -+3.3333.
        assertEquals(10.0 / 3, effects.get(2).meanSize(), 1e-9);
        assertTrue(Math.abs(effects.get(2).mean()) < 2 && effects.get(2).deviation() > 2, effects.toString());
        assertEquals(0, effects.get(3).meanSize(), 1e-12);
    }

    @Test
    void morris_eachTrajectory_movesEachAxisOnceAndStaysOnTheGrid() {
        Morris morris = Morris.of(6, 10, 2);
        for (int t = 0; t < 10; t++) {
            Set<Integer> moved = new HashSet<>();
            for (int i = 1; i <= 6; i++) {
                double[] from = morris.points().get(7 * t + i - 1);
                double[] to = morris.points().get(7 * t + i);
                for (int axis = 0; axis < 6; axis++) {
                    assertEquals(Math.rint(to[axis] * 3), to[axis] * 3, 1e-9);
                    assertTrue(to[axis] > -1e-9 && to[axis] < 1 + 1e-9);
                    if (from[axis] != to[axis]) {
                        moved.add(axis);
                    }
                }
            }
            assertEquals(6, moved.size());
        }
    }

    /** The wait of M/M/1 with service rate 1 is 1 at a load of exactly one half. */
    @Test
    void loadSearch_onMM1_findsTheSameLoadAsAFineGridWithATenthOfTheRuns() {
        var constraint = Constraint.parse("wait <= 1");
        var search = new LoadSearch(load -> new LindleyQueue(load, 1, 2_000), constraint, 0.1, 0.9, 0.005, 20, 3, 2);
        LoadSearch.Found found = search.run();
        double bisected = found.highest().orElseThrow();
        assertEquals(0.5, bisected, 0.05);

        double highest = 0;
        long runs = 0;
        boolean below = true;
        for (int step = 0; step <= 160; step++) {
            double load = 0.1 + 0.005 * step;
            ExperimentResult one = Experiment.named("grid")
                    .variant(Variant.of("load", new LindleyQueue(load, 1, 2_000)))
                    .stop(StoppingRule.replications(20))
                    .seed(3)
                    .build()
                    .run();
            runs += one.runs();
            below &= constraint.keeps(one.summary(0, "wait").orElseThrow().mean());
            highest = below ? load : highest;
        }
        assertEquals(highest, bisected, 0.005 + 1e-9);
        assertTrue(found.runs() * 10 < runs, found.runs() + " of " + runs);
    }

    @Test
    void loadSearch_outsideItsRange_saysSo() {
        var none = new LoadSearch(
                load -> new LindleyQueue(load, 1, 500), Constraint.parse("wait <= 0.001"), 0.2, 0.9, 0.1, 3, 1, 1);
        assertEquals(OptionalDouble.empty(), none.run().highest());
        var all = new LoadSearch(
                load -> new LindleyQueue(load, 1, 500), Constraint.parse("wait <= 1000"), 0.2, 0.9, 0.1, 3, 1, 1);
        assertTrue(all.run().beyond());
        assertEquals(OptionalDouble.of(0.9), all.run().highest());
    }

    @Test
    void halving_ofQueues_keepsTheFastestWithFewerRuns() {
        List<Variant> queues = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            queues.add(Variant.of("rate " + i, new LindleyQueue(0.5, 1 + 0.05 * i, 500)));
        }
        SuccessiveHalving.Found found = new SuccessiveHalving(queues, Objective.low("wait"), 2, 1, 2).run();
        assertEquals("rate 15", found.best().name());
        assertEquals(4, found.rounds().size());
        assertEquals(16, found.rounds().get(3).replications());
        assertEquals(16 * 2 + 8 * 2 + 4 * 4 + 2 * 8, found.runs());
    }

    @Test
    void range_thatFalls_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Axis.Range("x", 2, 1, false, false, 3, ""));
        assertThrows(IllegalArgumentException.class, () -> new Axis.Range("x", 0, 1, true, false, 3, ""));
        assertThrows(IllegalArgumentException.class, () -> new Axis.Choice("x", List.of("a", "a")));
    }
}
