package org.motleysim.workloads.llm.optable;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;

/** Time as a function of one size, known at some points. Immutable. */
final class Curve {
    /** The chance that a bootstrap sample of a long table has a given row of it. */
    private static final double KEPT = 1 - StrictMath.exp(-1);

    /** What is left to say when so much of the chance has been dealt out. */
    private static final double NEGLIGIBLE = 1e-6;

    private final Interpolation interpolation;
    private final double[] sizes;
    private final double[] values;
    private final double[] rows;

    /**
     * Makes a curve.
     *
     * @param points value by size, at least one
     * @param rows how many rows of the table each point is the mean of, by size; one where it is not told
     */
    Curve(SortedMap<Double, Double> points, Map<Double, Integer> rows, Interpolation interpolation) {
        this.interpolation = interpolation;
        this.sizes = points.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        this.values = points.values().stream().mapToDouble(Double::doubleValue).toArray();
        this.rows = points.keySet().stream()
                .mapToDouble(size -> rows.getOrDefault(size, 1))
                .toArray();
    }

    Curve(SortedMap<Double, Double> points, Interpolation interpolation) {
        this(points, Map.of(), interpolation);
    }

    double[] sizes() {
        return sizes.clone();
    }

    double at(double size) {
        int last = sizes.length - 1;
        if (size <= sizes[0]) {
            return interpolation == Interpolation.FOREST ? smeared(size) : values[0];
        }
        if (size > sizes[last]) {
            return values[last] * size / sizes[last];
        }
        if (interpolation == Interpolation.FOREST) {
            return smeared(size);
        }
        int found = Arrays.binarySearch(sizes, size);
        if (found >= 0) {
            return values[found];
        }
        int above = -found - 1;
        int below = above - 1;
        if (interpolation == Interpolation.NEAREST) {
            return size - sizes[below] <= sizes[above] - size ? values[below] : values[above];
        }
        double share = (size - sizes[below]) / (sizes[above] - sizes[below]);
        return values[below] + share * (values[above] - values[below]);
    }

    /** As {@link #at} by a straight line, which goes on before the first and after the last point, down to a share of the value there. */
    double extended(double size, double leastShare) {
        int last = sizes.length - 1;
        if (last == 0) {
            return values[0];
        }
        int found = Arrays.binarySearch(sizes, size);
        if (found >= 0) {
            return values[found];
        }
        int above = Math.min(Math.max(-found - 1, 1), last);
        int below = above - 1;
        double share = (size - sizes[below]) / (sizes[above] - sizes[below]);
        double value = values[below] + share * (values[above] - values[below]);
        if (share < 0) {
            return Math.max(value, leastShare * values[0]);
        }
        return share > 1 ? Math.max(value, leastShare * values[last]) : value;
    }

    private double smeared(double size) {
        int found = Arrays.binarySearch(sizes, size);
        int above = found >= 0 ? found : -found - 1;
        int below = above - 1;
        double left = 1;
        double sum = 0;
        while (left > NEGLIGIBLE && (below >= 0 || above < sizes.length)) {
            boolean lower = above >= sizes.length || (below >= 0 && size - sizes[below] <= sizes[above] - size);
            int nearest = lower ? below-- : above++;
            double seen = rows[nearest] == 1 ? KEPT : 1 - StrictMath.exp(-rows[nearest]);
            sum += left * seen * values[nearest];
            left *= 1 - seen;
        }
        return sum / (1 - left);
    }
}
