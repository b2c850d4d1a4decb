package org.motleysim.hardware.radio;

import java.util.List;

/**
 * What all stations together get out of a shared medium, by how many of them are active: linear between given points, and constant beyond
 * the last.
 *
 * @param points in order of the stations, the first for one station
 */
public record Contention(List<Point> points) {
    /**
     * One point.
     *
     * @param stations that are active
     * @param kilobitsPerSecondEach what each of them gets
     */
    public record Point(int stations, double kilobitsPerSecondEach) {}

    /** @throws IllegalArgumentException if the points are not in order, the first is not for one station, or a rate is not above zero */
    public Contention {
        points = List.copyOf(points);
        if (points.isEmpty() || points.get(0).stations != 1) {
            throw new IllegalArgumentException("points (" + points + ") must begin with one station");
        }
        for (int i = 0; i < points.size(); i++) {
            if (!(points.get(i).kilobitsPerSecondEach > 0)
                    || (i > 0 && points.get(i).stations <= points.get(i - 1).stations)) {
                throw new IllegalArgumentException("point " + i + " (" + points.get(i)
                        + ") must have more stations than the one before, and a rate");
            }
        }
    }

    /**
     * Returns the contention of an IEEE 802.11 access point as measured for EdgeCloudSim (Sonmez, Ozgovde, Ersoy, 2018): 24 of the 101
     * rows of its table, where the table bends. The mean error on the other 77 rows is 0.6%, the largest 2.7%.
     */
    public static Contention wlan() {
        int[] stations = {1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 21, 24, 25, 26, 31, 36, 41, 46, 51, 61, 71, 81, 91, 101};
        double[] kilobits = {
            88040.279, 45150.982, 30303.641, 27617.211, 22242.296, 18744.889, 15690.455, 13522.408, 12135.161,
            10417.071, 9987.549, 8127.663, 7907.701, 7887.739, 6903.197, 5897.143, 4172.064, 3776.356, 3380.649,
            2320.273, 1955.825, 1865.455, 1542.756, 1500.631
        };
        var points = new Point[stations.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = new Point(stations[i], kilobits[i]);
        }
        return new Contention(List.of(points));
    }

    /** Returns what so many active stations get together, in bytes per second. */
    public double bytesPerSecond(int stations) {
        Point before = points.get(0);
        for (Point point : points) {
            if (point.stations >= stations) {
                double share = point.stations == before.stations
                        ? 0
                        : (double) (stations - before.stations) / (point.stations - before.stations);
                return 125 * (together(before) + share * (together(point) - together(before)));
            }
            before = point;
        }
        return 125 * together(before);
    }

    private static double together(Point point) {
        return point.stations * point.kilobitsPerSecondEach;
    }
}
