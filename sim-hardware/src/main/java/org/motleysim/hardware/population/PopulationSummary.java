package org.motleysim.hardware.population;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A fleet in a few numbers.
 *
 * @param devices how many devices there are
 * @param bytesPerDevice memory of what grows with the devices, by device
 * @param classes how many devices there are of each class
 * @param quantiles of each attribute that devices have
 */
public record PopulationSummary(
        int devices, double bytesPerDevice, List<ClassCount> classes, Map<Attribute, Quantiles> quantiles) {
    /**
     * The devices of a class.
     *
     * @param name of the class
     * @param devices how many there are
     */
    public record ClassCount(String name, int devices) {}

    /**
     * The spread of an attribute over the devices that have it.
     *
     * @param devices that have it; others are at the mains, or nobody said
     */
    public record Quantiles(int devices, double min, double p10, double p50, double p90, double max) {}

    /** Keeps its own copies. */
    public PopulationSummary {
        classes = List.copyOf(classes);
        quantiles = java.util.Collections.unmodifiableMap(new EnumMap<>(quantiles));
    }

    /** Sums up a fleet; takes a number of 8 bytes a device meanwhile. */
    public static PopulationSummary of(Population fleet) {
        int[] counts = new int[fleet.table().classes().size()];
        for (int device = 0; device < fleet.size(); device++) {
            counts[fleet.deviceClass(device)]++;
        }
        List<ClassCount> classes = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            classes.add(new ClassCount(fleet.table().classes().get(i), counts[i]));
        }
        Map<Attribute, Quantiles> quantiles = new EnumMap<>(Attribute.class);
        double[] values = new double[fleet.size()];
        for (Attribute attribute : Attribute.values()) {
            int having = 0;
            for (int device = 0; device < fleet.size(); device++) {
                double value = fleet.value(attribute, device);
                if (value < Double.POSITIVE_INFINITY) { // not for NaN either
                    values[having++] = value;
                }
            }
            if (having > 0) {
                Arrays.sort(values, 0, having);
                quantiles.put(
                        attribute,
                        new Quantiles(
                                having,
                                values[0],
                                at(values, having, 0.1),
                                at(values, having, 0.5),
                                at(values, having, 0.9),
                                values[having - 1]));
            }
        }
        return new PopulationSummary(fleet.size(), (double) fleet.arrayBytes() / fleet.size(), classes, quantiles);
    }

    /** The smallest value that at least this share of all is at or below. */
    private static double at(double[] sorted, int size, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * size) - 1)];
    }
}
