package org.motleysim.core.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How much a set of points achieves in several objectives at once: the volume of the space that is worse than some point of the set and
 * better than a reference point (Zitzler and Thiele, "Multiobjective optimization using evolutionary algorithms", PPSN 1998). Less is
 * better in each coordinate.
 *
 * <p>Exact, by exclusive volumes (While, Bradstreet, Barone, "A fast way of calculating exact hypervolumes", IEEE TEC 16(1), 2012): the
 * volume of a point that the points after it do not have. Two objectives take n log n; more grow quickly, some hundred points of four are
 * no matter.
 */
public final class Hypervolume {
    private Hypervolume() {}

    /**
     * Returns the volume between points and the reference.
     *
     * @param points of the same length as the reference; one with a NaN counts nothing, as does one not below the reference in all
     *     coordinates
     * @param reference the worst point that counts
     * @throws IllegalArgumentException if a point has another length than the reference, or the reference is not finite
     */
    public static double of(List<double[]> points, double... reference) {
        for (double bound : reference) {
            if (!Double.isFinite(bound)) {
                throw new IllegalArgumentException("reference (" + Arrays.toString(reference) + ") must be finite");
            }
        }
        for (double[] point : points) {
            if (point.length != reference.length) {
                throw new IllegalArgumentException("point (" + Arrays.toString(point)
                        + ") must have as many numbers as " + "the reference (" + Arrays.toString(reference) + ")");
            }
        }
        return volume(
                front(points.stream().filter(point -> below(point, reference)).toList()), reference);
    }

    /**
     * Returns the share of the box between the best and the worst mean of each objective that the front of an experiment beats.
     *
     * @param constraints variants whose mean breaks one do not count, neither for the front nor for the box
     * @return from 0 to 1; empty when no variant has all metrics, or all have the same value of one
     */
    public static OptionalDouble ofFront(
            ExperimentResult result, List<Objective> objectives, List<Constraint> constraints) {
        List<double[]> points = ParetoFront.costs(result, objectives, constraints).stream()
                .filter(point -> Arrays.stream(point).allMatch(Double::isFinite))
                .toList();
        if (points.isEmpty()) {
            return OptionalDouble.empty();
        }
        var best = new double[objectives.size()];
        var worst = new double[objectives.size()];
        for (int k = 0; k < best.length; k++) {
            int of = k;
            best[k] = points.stream().mapToDouble(point -> point[of]).min().orElseThrow();
            worst[k] = points.stream().mapToDouble(point -> point[of]).max().orElseThrow();
            if (best[k] == worst[k]) {
                return OptionalDouble.empty();
            }
        }
        List<double[]> shares = points.stream()
                .map(point -> {
                    var share = new double[point.length];
                    for (int k = 0; k < share.length; k++) {
                        share[k] = (point[k] - best[k]) / (worst[k] - best[k]);
                    }
                    return share;
                })
                .toList();
        var one = new double[best.length];
        Arrays.fill(one, 1);
        return OptionalDouble.of(of(shares, one));
    }

    private static boolean below(double[] point, double[] reference) {
        for (int i = 0; i < point.length; i++) {
            if (!(point[i] < reference[i]) || point[i] == Double.NEGATIVE_INFINITY) {
                return false;
            }
        }
        return true;
    }

    /** Those that count, without doubles, the worst in the last coordinate first: the sets that are compared with then stay small. */
    private static List<double[]> front(List<double[]> points) {
        List<double[]> front = new ArrayList<>();
        for (int i : ParetoFront.of(points)) {
            double[] candidate = points.get(i);
            if (front.stream().noneMatch(other -> Arrays.equals(other, candidate))) {
                front.add(candidate);
            }
        }
        front.sort(Comparator.comparingDouble((double[] point) -> -point[point.length - 1]));
        return front;
    }

    private static double volume(List<double[]> front, double[] reference) {
        if (reference.length == 2) {
            return area(front, reference);
        }
        double volume = 0;
        for (int i = 0; i < front.size(); i++) {
            double[] point = front.get(i);
            double own = 1;
            for (int k = 0; k < reference.length; k++) {
                own *= reference[k] - point[k];
            }
            List<double[]> shared = new ArrayList<>();
            for (double[] later : front.subList(i + 1, front.size())) {
                var worse = new double[point.length];
                for (int k = 0; k < worse.length; k++) {
                    worse[k] = Math.max(point[k], later[k]);
                }
                shared.add(worse);
            }
            volume += own - (shared.isEmpty() ? 0 : volume(front(shared), reference));
        }
        return volume;
    }

    /** Of a front, the worst in the second coordinate first, and so the best in the first. */
    private static double area(List<double[]> front, double[] reference) {
        double area = 0;
        double top = reference[1];
        for (double[] point : front) {
            area += (reference[0] - point[0]) * (top - point[1]);
            top = point[1];
        }
        return area;
    }
}
