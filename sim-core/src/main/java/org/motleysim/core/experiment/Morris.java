package org.motleysim.core.experiment;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

/**
 * Which input moves the answer most, by elementary effects (Morris, "Factorial sampling plans for preliminary computational experiments",
 * Technometrics 33(2), 1991; the mean of absolute effects is from Campolongo, Cariboni and Saltelli, 2007).
 *
 * <p>A trajectory begins at a random point of a grid of four levels and moves along each axis once, in random order, by two thirds of the
 * axis. The change of the answer over that step is the elementary effect of the axis.
 *
 * @param axes how many inputs
 * @param points of the unit cube, {@code axes + 1} for each trajectory, in which each differs from the one before in one coordinate
 */
public record Morris(int axes, List<double[]> points) {
    private static final int LEVELS = 4;
    private static final double STEP = LEVELS / (2.0 * (LEVELS - 1));

    /**
     * What an input does.
     *
     * @param mean the mean elementary effect: the change of the answer over the whole axis
     * @param meanSize the mean of its absolute value: how much the input matters, even when ups and downs cancel
     * @param deviation its standard deviation: 0 when the answer is linear in the input and the input interacts with no other
     */
    public record Effect(double mean, double meanSize, double deviation) {}

    /** Keeps its own list. */
    public Morris {
        points = List.copyOf(points);
    }

    /**
     * Draws trajectories.
     *
     * @param axes how many inputs, 1 or more
     * @param trajectories 2 or more; 10 to 50 are usual
     */
    public static Morris of(int axes, int trajectories, long seed) {
        if (axes < 1 || trajectories < 2) {
            throw new IllegalArgumentException(
                    "axes (" + axes + ") must be 1 or more, trajectories (" + trajectories + ") 2 or more");
        }
        RandomStream stream = RandomStreams.of(seed).stream("morris");
        List<double[]> points = new ArrayList<>();
        for (int t = 0; t < trajectories; t++) {
            double[] point = new double[axes];
            int[] order = new int[axes];
            for (int i = 0; i < axes; i++) {
                point[i] = stream.nextInt(LEVELS) / (LEVELS - 1.0);
                int other = stream.nextInt(i + 1);
                order[i] = order[other];
                order[other] = i;
            }
            points.add(point.clone());
            for (int axis : order) {
                point[axis] += point[axis] < 0.5 ? STEP : -STEP;
                points.add(point.clone());
            }
        }
        return new Morris(axes, points);
    }

    /**
     * The effect of each input.
     *
     * @param answers at each point; a step from or to a NaN is left out
     * @throws IllegalArgumentException if there is not an answer for each point
     */
    public List<Effect> effects(double[] answers) {
        if (answers.length != points.size()) {
            throw new IllegalArgumentException(
                    "answers (" + answers.length + ") must be as many as points (" + points.size() + ")");
        }
        List<Effect> effects = new ArrayList<>();
        for (int axis = 0; axis < axes; axis++) {
            var signed = new SummaryStatistics();
            var sizes = new SummaryStatistics();
            for (int i = 1; i < answers.length; i++) {
                double step = points.get(i)[axis] - points.get(i - 1)[axis];
                double effect = (answers[i] - answers[i - 1]) / step;
                if (i % (axes + 1) != 0 && step != 0 && !Double.isNaN(effect)) {
                    signed.addValue(effect);
                    sizes.addValue(Math.abs(effect));
                }
            }
            effects.add(new Effect(signed.getMean(), sizes.getMean(), signed.getStandardDeviation()));
        }
        return effects;
    }

    /** Points for one input at a time: a middle, then for each axis its lower and its upper end with all others at the middle. */
    public static List<double[]> oneAtATime(int axes) {
        List<double[]> points = new ArrayList<>();
        double[] middle = new double[axes];
        java.util.Arrays.fill(middle, 0.5);
        points.add(middle);
        for (int axis = 0; axis < axes; axis++) {
            for (double end : new double[] {0, 1}) {
                double[] point = middle.clone();
                point[axis] = end;
                points.add(point);
            }
        }
        return points;
    }
}
