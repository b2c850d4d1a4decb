package org.motleysim.workloads.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How long types of tasks take on the device groups of a cluster, where that was measured. What is not in the table cannot run there.
 *
 * @param seconds by type of task, then by name of the device group
 */
public record MeasuredTimes(Map<String, Map<String, Double>> seconds) {
    private static final MeasuredTimes NONE = new MeasuredTimes(Map.of());

    /** @throws IllegalArgumentException if a time is negative, infinite or not a number */
    public MeasuredTimes {
        Map<String, Map<String, Double>> own = new LinkedHashMap<>();
        seconds.forEach((type, byGroup) -> {
            byGroup.forEach((group, time) -> {
                if (!(time >= 0 && time < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException(
                            "time (" + time + " s) of " + type + " on " + group + " must be finite, zero or more");
                }
            });
            own.put(type, Collections.unmodifiableMap(new LinkedHashMap<>(byGroup)));
        });
        seconds = Collections.unmodifiableMap(own);
    }

    /** Returns a table of nothing. */
    public static MeasuredTimes none() {
        return NONE;
    }

    /** Returns the time of a type on a group in seconds; empty when it cannot run there. */
    public OptionalDouble seconds(String type, String group) {
        Double time = seconds.getOrDefault(type, Map.of()).get(group);
        return time == null ? OptionalDouble.empty() : OptionalDouble.of(time);
    }
}
