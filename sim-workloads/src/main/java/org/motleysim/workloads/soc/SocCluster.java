package org.motleysim.workloads.soc;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A cluster of equal cores on a chip, or of equal accelerators. They share a clock and a voltage.
 *
 * @param name of the cluster, and of its device group
 * @param type what sort of cores these are: "BIG", "LTL" or another word for an accelerator
 * @param cores how many
 * @param millivolts by frequency in MHz: its operating points
 * @param watts by frequency in MHz: power of the cluster when one core is active, when two are, and so on, all of them at that frequency
 */
public record SocCluster(
        String name,
        String type,
        int cores,
        NavigableMap<Integer, Double> millivolts,
        NavigableMap<Integer, List<Double>> watts) {
    /** @throws IllegalArgumentException if there is no core or no operating point */
    public SocCluster {
        if (cores < 1) {
            throw new IllegalArgumentException("cores (" + cores + ") of cluster " + name + " must be one or more");
        }
        if (millivolts.isEmpty()) {
            throw new IllegalArgumentException("cluster (" + name + ") must have an operating point");
        }
        millivolts = java.util.Collections.unmodifiableNavigableMap(new TreeMap<>(millivolts));
        watts = java.util.Collections.unmodifiableNavigableMap(new TreeMap<>(watts));
    }

    /** Returns its highest frequency, for which times of tasks are given. */
    public int highestMegahertz() {
        return millivolts.lastKey();
    }

    /**
     * Returns the voltage at a frequency; that of the next higher operating point between two.
     *
     * @throws IllegalArgumentException if the frequency is above the highest
     */
    public double volts(int megahertz) {
        var point = millivolts.ceilingEntry(megahertz);
        if (point == null) {
            throw new IllegalArgumentException("frequency (" + megahertz + " MHz) of cluster " + name
                    + " must not be above " + highestMegahertz() + " MHz");
        }
        return point.getValue() / 1000;
    }

    /** Returns whether it is made of small cores, which leak a quarter of what big ones do. */
    boolean isLittle() {
        return type.equals("LTL");
    }
}
