package org.motleysim.hardware.calibration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Positive values at points of a ragged grid, interpolated linearly between logarithms.
 *
 * <p>A tree with one level per axis: a node holds the coordinates that occur on its axis, ascending, and for each a node of the next
 * axis; leaves hold logarithms of values. A query goes down between the two nearest coordinates of each axis, so {@code 2^axes} values
 * are mixed at most, and a coordinate that was measured is not mixed at all. Axes are independent of each other below, so the grid need
 * not be complete; where one of the neighbours ends short of the point, the point is outside.
 *
 * <p>Repeated measurements of one point are averaged (geometric mean). Queries allocate nothing.
 */
final class LogGrid {
    private final double[] at;
    private final LogGrid[] below;
    private final double[] logs;

    private LogGrid(double[] at, LogGrid[] below, double[] logs) {
        this.at = at;
        this.below = below;
        this.logs = logs;
    }

    /** One value at one point; coordinates are logarithms already. */
    record Point(List<Double> at, double logValue) {}

    static LogGrid of(List<Point> points) {
        return of(points, 0);
    }

    private static LogGrid of(List<Point> points, int axis) {
        List<Point> sorted = new ArrayList<>(points);
        sorted.sort((one, other) -> Double.compare(one.at.get(axis), other.at.get(axis)));
        Map<Double, List<Point>> groups = new LinkedHashMap<>();
        sorted.forEach(point -> groups.computeIfAbsent(point.at.get(axis), key -> new ArrayList<>())
                .add(point));
        double[] at = groups.keySet().stream().mapToDouble(x -> x).toArray();
        if (axis == points.get(0).at.size() - 1) {
            double[] logs = groups.values().stream()
                    .mapToDouble(group -> group.stream()
                            .mapToDouble(Point::logValue)
                            .average()
                            .orElseThrow())
                    .toArray();
            return new LogGrid(at, new LogGrid[0], logs);
        }
        LogGrid[] below =
                groups.values().stream().map(group -> of(group, axis + 1)).toArray(LogGrid[]::new);
        return new LogGrid(at, below, new double[0]);
    }

    /** Returns the logarithm of the value at a point, NaN outside of what was measured. */
    double logAt(double[] point) {
        return logAt(point, 0);
    }

    private double logAt(double[] point, int axis) {
        double x = point[axis];
        int high = lowerBound(x);
        if (high == at.length) {
            return Double.NaN;
        }
        if (at[high] == x) {
            return value(high, point, axis);
        }
        if (high == 0) {
            return Double.NaN;
        }
        double upper = value(high, point, axis);
        double lower = value(high - 1, point, axis);
        double share = (x - at[high - 1]) / (at[high] - at[high - 1]);
        return lower + share * (upper - lower);
    }

    private double value(int index, double[] point, int axis) {
        return below.length == 0 ? logs[index] : below[index].logAt(point, axis + 1);
    }

    /** The first coordinate that is not below x. */
    private int lowerBound(double x) {
        int low = 0;
        int high = at.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at[middle] < x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
