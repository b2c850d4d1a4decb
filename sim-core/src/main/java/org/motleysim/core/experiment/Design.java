package org.motleysim.core.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

/** Which points of a space of axes are tried. Each method returns one map from axis to level for each variant, in a fixed order. */
public final class Design {
    private static final int SOBOL_MOST_AXES = 1_000;

    private Design() {}

    /**
     * Every level of every axis with every other; the last axis moves fastest.
     *
     * @throws IllegalArgumentException if that makes more than 10 million
     */
    public static List<Map<String, String>> grid(List<Axis> axes) {
        long size = 1;
        for (Axis axis : axes) {
            size *= axis.levels().size();
            if (size > 10_000_000) {
                throw new IllegalArgumentException("grid of " + axes.size()
                        + " axes must have at most 10000000 points\nMaybe a Latin hypercube or a Sobol sequence.");
            }
        }
        List<Map<String, String>> points = new ArrayList<>(List.of(Map.of()));
        for (Axis axis : axes) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> point : points) {
                for (String level : axis.levels()) {
                    Map<String, String> more = new LinkedHashMap<>(point);
                    more.put(axis.name(), level);
                    longer.add(more);
                }
            }
            points = longer;
        }
        return points;
    }

    /** Points of the unit cube as levels of the axes. */
    public static List<Map<String, String>> at(List<Axis> axes, List<double[]> points) {
        List<Map<String, String>> settings = new ArrayList<>();
        for (double[] point : points) {
            Map<String, String> setting = new LinkedHashMap<>();
            for (int i = 0; i < point.length; i++) {
                setting.put(axes.get(i).name(), axes.get(i).at(point[i]));
            }
            settings.add(setting);
        }
        return settings;
    }

    /**
     * Points of the unit cube, independent and uniform.
     *
     * @param axes how many coordinates a point has, 1 or more
     * @param count how many points, 1 or more
     */
    public static List<double[]> random(int axes, int count, long seed) {
        check(axes, count);
        RandomStream stream = RandomStreams.of(seed).stream("design");
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] point = new double[axes];
            Arrays.setAll(point, axis -> stream.nextDouble());
            points.add(point);
        }
        return points;
    }

    /**
     * A Latin hypercube: cut each axis into as many equal parts as there are points, and each part has exactly one point (McKay, Beckman
     * and Conover, "A comparison of three methods for selecting values of input variables", Technometrics 21(2), 1979).
     *
     * @param axes how many coordinates a point has, 1 or more
     * @param count how many points, 1 or more
     */
    public static List<double[]> latinHypercube(int axes, int count, long seed) {
        check(axes, count);
        RandomStream stream = RandomStreams.of(seed).stream("design");
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(new double[axes]);
        }
        for (int axis = 0; axis < axes; axis++) {
            int[] parts = new int[count];
            Arrays.setAll(parts, part -> part);
            for (int i = count - 1; i > 0; i--) {
                int other = stream.nextInt(i + 1);
                int part = parts[i];
                parts[i] = parts[other];
                parts[other] = part;
            }
            for (int i = 0; i < count; i++) {
                points.get(i)[axis] = (parts[i] + stream.nextDouble()) / count;
            }
        }
        return points;
    }

    /**
     * The first points of a Sobol sequence (direction numbers of Joe and Kuo, 2008), shifted digit by digit with random bits of the seed:
     * among the first 2^k points each of 2^k equal parts of an axis still has exactly one, and no point is special. A power of two is the
     * best count.
     *
     * @param axes how many coordinates a point has, 1 to 1,000
     * @param count how many points, 1 or more
     */
    public static List<double[]> sobol(int axes, int count, long seed) {
        check(axes, count);
        if (axes > SOBOL_MOST_AXES) {
            throw new IllegalArgumentException("axes (" + axes + ") of a Sobol sequence must be at most 1000");
        }
        RandomStream stream = RandomStreams.of(seed).stream("design");
        long[] shifts = new long[axes];
        Arrays.setAll(shifts, axis -> stream.nextLong() >>> 12);
        var sequence = new SobolSequenceGenerator(axes);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] point = sequence.nextVector();
            for (int axis = 0; axis < axes; axis++) {
                point[axis] = ((long) (point[axis] * 0x1p52) ^ shifts[axis]) * 0x1p-52;
            }
            points.add(point);
        }
        return points;
    }

    static void check(int axes, int count) {
        if (axes < 1 || count < 1) {
            throw new IllegalArgumentException("axes (" + axes + ") and points (" + count + ") must be 1 or more");
        }
    }
}
