package org.motleysim.core.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

class HypervolumeTest {
    /** A staircase of three steps below (4, 4): 3 x 1 + 2 x 1 + 1 x 1 squares. */
    @Test
    void staircase_isTheSumOfItsSteps() {
        List<double[]> points = List.of(new double[] {1, 3}, new double[] {2, 2}, new double[] {3, 1});
        assertEquals(6, Hypervolume.of(points, 4, 4));
    }

    @Test
    void oneCoordinate_isTheDistanceOfTheBest() {
        assertEquals(3, Hypervolume.of(List.of(new double[] {2}, new double[] {4}), 5));
    }

    /** Two boxes of 2 x 2 x 1 and 1 x 1 x 2 that share 1 x 1 x 1. */
    @Test
    void twoBoxes_countWhatTheyShareOnce() {
        List<double[]> points = List.of(new double[] {0, 0, 1}, new double[] {1, 1, 0});
        assertEquals(4 + 2 - 1, Hypervolume.of(points, 2, 2, 2));
    }

    @Test
    void beatenEqualAndOutside_addNothing() {
        double[] best = {1, 1};
        List<double[]> points =
                List.of(best, best.clone(), new double[] {2, 2}, new double[] {0, 9}, new double[] {Double.NaN, 0});
        assertEquals(4, Hypervolume.of(points, 3, 3));
        assertEquals(0, Hypervolume.of(List.of(), 3, 3));
    }

    /** Points thrown at the unit cube: the share that some point of the set beats. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void randomSets_areWhatThrowingPointsEstimates(int coordinates) {
        RandomStream draws = RandomStreams.of(coordinates).stream("points");
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            points.add(random(draws, coordinates));
        }
        var reference = new double[coordinates];
        Arrays.fill(reference, 1);
        int throwns = 200_000;
        int beaten = 0;
        for (int i = 0; i < throwns; i++) {
            double[] thrown = random(draws, coordinates);
            beaten += points.stream().anyMatch(point -> beats(point, thrown)) ? 1 : 0;
        }
        double share = (double) beaten / throwns;
        double error = Math.sqrt(share * (1 - share) / throwns);
        assertEquals(share, Hypervolume.of(points, reference), 4 * error);
    }

    private static double[] random(RandomStream draws, int coordinates) {
        var point = new double[coordinates];
        for (int i = 0; i < coordinates; i++) {
            point[i] = draws.nextDouble();
        }
        return point;
    }

    private static boolean beats(double[] a, double[] b) {
        for (int i = 0; i < a.length; i++) {
            if (a[i] > b[i]) {
                return false;
            }
        }
        return true;
    }

    @Test
    void lengthsThatDiffer_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> Hypervolume.of(List.of(new double[] {1}), 1, 2));
        assertThrows(
                IllegalArgumentException.class,
                () -> Hypervolume.of(List.of(new double[] {1}), Double.POSITIVE_INFINITY));
    }
}
