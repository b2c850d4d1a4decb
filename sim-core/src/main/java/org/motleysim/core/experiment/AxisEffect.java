package org.motleysim.core.experiment;

import java.util.List;

/**
 * What moving along one axis does to a metric, averaged over all other axes.
 *
 * @param axis the axis
 * @param metric the metric
 * @param levels at each level of the axis, in order of the variants: the mean over all variants at that level
 */
public record AxisEffect(String axis, String metric, List<Level> levels) {
    /**
     * One level.
     *
     * @param value the level
     * @param summary over the replications, of the mean over the variants at that level: variants share their random numbers, so they
     *     must not count as independent
     */
    public record Level(String value, Summary summary) {}

    /** Keeps its own copy. */
    public AxisEffect {
        levels = List.copyOf(levels);
    }

    /** From the lowest mean of a level to the highest; 0 when there are none. */
    public double spread() {
        double low = levels.stream()
                .mapToDouble(level -> level.summary().mean())
                .min()
                .orElse(0);
        double high = levels.stream()
                .mapToDouble(level -> level.summary().mean())
                .max()
                .orElse(0);
        return high - low;
    }
}
