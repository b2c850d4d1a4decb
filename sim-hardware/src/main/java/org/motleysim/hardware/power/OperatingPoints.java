package org.motleysim.hardware.power;

import java.util.ArrayList;
import java.util.List;

/**
 * The clocks and voltages a device can run at, slowest first. Ratios to the point its datasheet describes; a table in megahertz and
 * millivolts, as chips publish it, becomes ratios with {@link #ofTable}.
 *
 * @param all one or more points, each with a higher clock than the one before it and no lower voltage
 */
public record OperatingPoints(List<OperatingPoint> all) {
    private static final OperatingPoints NOMINAL = new OperatingPoints(List.of(OperatingPoint.nominal()));

    /** @throws IllegalArgumentException if there are no points, or they are not in order */
    public OperatingPoints {
        all = List.copyOf(all);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("operating points ([]) must be one or more\nMaybe clock 1, voltage 1.");
        }
        for (int i = 1; i < all.size(); i++) {
            OperatingPoint low = all.get(i - 1);
            OperatingPoint high = all.get(i);
            if (!(high.clock() > low.clock() && high.voltage() >= low.voltage())) {
                throw new IllegalArgumentException("operating point " + i + " (clock " + high.clock() + ", voltage "
                        + high.voltage() + ") must have a higher clock than the point before it (clock " + low.clock()
                        + ", voltage " + low.voltage() + ") and no lower voltage\nMaybe sort them by clock.");
            }
        }
    }

    /** Returns the datasheet's point alone. */
    public static OperatingPoints nominal() {
        return NOMINAL;
    }

    /** Returns points in order of their clocks. */
    public static OperatingPoints of(OperatingPoint... points) {
        return new OperatingPoints(List.of(points));
    }

    /**
     * Returns a table as chips publish it; its last row is the nominal point.
     *
     * @param megahertz ascending
     * @param millivolts as many, not descending
     * @throws IllegalArgumentException if the lengths differ or the order is wrong
     */
    public static OperatingPoints ofTable(double[] megahertz, double[] millivolts) {
        if (megahertz.length != millivolts.length) {
            throw new IllegalArgumentException("megahertz (" + megahertz.length
                    + " numbers) must be as many as millivolts (" + millivolts.length + ")");
        }
        int last = megahertz.length - 1;
        List<OperatingPoint> points = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            points.add(new OperatingPoint(megahertz[i] / megahertz[last], millivolts[i] / millivolts[last]));
        }
        return new OperatingPoints(points);
    }

    /** Returns how many there are. */
    public int size() {
        return all.size();
    }

    /** Returns a point, 0 the slowest. */
    public OperatingPoint get(int index) {
        return all.get(index);
    }

    /** Returns the number of the fastest. */
    public int fastest() {
        return all.size() - 1;
    }

    /** Returns the number of the slowest point with at least that clock, or of the fastest if none has it. */
    public int atLeast(double clock) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).clock() >= clock) {
                return i;
            }
        }
        return fastest();
    }
}
