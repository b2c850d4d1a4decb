package org.motleysim.workloads.llm.optable;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Time as a function of two sizes, known at points that need not form a grid: for each first size there is a row of second sizes of its own.
 * Straight lines within the rows, which go on beyond their ends, and between them; beyond the last row time grows in proportion.
 */
final class RaggedTable {
    /** A line that is drawn on beyond the end of a row ends at this share of the row's end. */
    private static final double LEAST_SHARE = 0.3;

    private final double[] firsts;
    private final Curve[] rows;

    RaggedTable(SortedMap<Double, SortedMap<Double, Double>> points) {
        this.firsts = points.keySet().stream().mapToDouble(Double::doubleValue).toArray();
        this.rows = points.values().stream()
                .map(row -> new Curve(row, Interpolation.LINEAR))
                .toArray(Curve[]::new);
    }

    static void put(Map<Double, SortedMap<Double, Double>> points, double first, double second, double value) {
        points.computeIfAbsent(first, none -> new TreeMap<>()).put(second, value);
    }

    boolean isEmpty() {
        return firsts.length == 0;
    }

    double at(double first, double second) {
        int last = firsts.length - 1;
        int found = Arrays.binarySearch(firsts, first);
        if (found >= 0) {
            return row(found, second);
        }
        int above = -found - 1;
        if (above == 0) {
            return row(0, second);
        }
        if (above > last) {
            return row(last, second) * first / firsts[last];
        }
        double low = row(above - 1, second);
        double share = (first - firsts[above - 1]) / (firsts[above] - firsts[above - 1]);
        return low + share * (row(above, second) - low);
    }

    private double row(int index, double second) {
        return rows[index].extended(second, LEAST_SHARE);
    }
}
