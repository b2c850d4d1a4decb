package org.motleysim.core.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The variants that no other beats: whoever wants less of one metric has to take more of another. */
public final class ParetoFront {
    private ParetoFront() {}

    /**
     * The front over the means of an experiment. A variant that lacks one of the metrics is never on it.
     *
     * @param constraints variants whose mean breaks one are left out
     * @return numbers of variants, rising
     */
    public static List<Integer> of(ExperimentResult result, List<Objective> objectives, List<Constraint> constraints) {
        return of(costs(result, objectives, constraints));
    }

    /** The means of the variants, turned so that less is better; all NaN for one that breaks a constraint. */
    static List<double[]> costs(ExperimentResult result, List<Objective> objectives, List<Constraint> constraints) {
        List<double[]> costs = new ArrayList<>();
        for (int variant = 0; variant < result.variants().size(); variant++) {
            int index = variant;
            boolean allowed = constraints.stream().allMatch(constraint -> result.summary(index, constraint.metric())
                    .filter(summary -> constraint.keeps(summary.mean()))
                    .isPresent());
            costs.add(objectives.stream()
                    .mapToDouble(objective -> {
                        Optional<Summary> summary = result.summary(index, objective.metric());
                        return allowed && summary.isPresent()
                                ? objective.cost(summary.get().mean())
                                : Double.NaN;
                    })
                    .toArray());
        }
        return costs;
    }

    /**
     * The points that no other is at least as low as in all coordinates and lower in one. Of equal points all are on the front. Takes time
     * in proportion to the points times the size of the front.
     *
     * @param points of the same length; one with a NaN is left out
     * @return numbers of points, rising
     */
    public static List<Integer> of(List<double[]> points) {
        // In this order a point can only be beaten by one before it.
        List<Integer> order = IntStream.range(0, points.size())
                .filter(i -> IntStream.range(0, points.get(i).length).noneMatch(k -> Double.isNaN(points.get(i)[k])))
                .boxed()
                .sorted(Comparator.comparing(points::get, java.util.Arrays::compare))
                .toList();
        List<Integer> front = new ArrayList<>();
        for (int candidate : order) {
            if (front.stream().noneMatch(other -> beats(points.get(other), points.get(candidate)))) {
                front.add(candidate);
            }
        }
        front.sort(null);
        return front;
    }

    private static boolean beats(double[] a, double[] b) {
        boolean lower = false;
        for (int i = 0; i < a.length; i++) {
            if (a[i] > b[i]) {
                return false;
            }
            lower |= a[i] < b[i];
        }
        return lower;
    }
}
