package org.motleysim.workloads;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.motleysim.core.name.NearestName;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;

/**
 * The device groups that a workload asks for.
 *
 * @param asked names of groups; empty: all groups of the cluster
 */
public record OccupiedGroups(Set<String> asked) {
    /** Copies the names, in their order. */
    public OccupiedGroups {
        asked = Collections.unmodifiableSet(new LinkedHashSet<>(asked));
    }

    /** Returns those that a cluster has, in its order. */
    public List<DeviceGroup> of(Cluster cluster) {
        return cluster.groups().stream()
                .filter(group -> asked.isEmpty() || asked.contains(group.name()))
                .toList();
    }

    /** Returns the names of those that a cluster has, in its order. */
    public Set<String> names(Cluster cluster) {
        return of(cluster).stream().map(DeviceGroup::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns a problem at {@code $.groups} for each that a cluster has not. */
    public List<Problem> problems(Cluster cluster) {
        List<String> names = cluster.groups().stream().map(DeviceGroup::name).toList();
        List<Problem> problems = new ArrayList<>();
        for (String group : asked) {
            if (!names.contains(group)) {
                problems.add(new Problem(
                        "$.groups",
                        "group (\"" + group + "\") must be a device group of the cluster: " + String.join(", ", names),
                        NearestName.of(group, names)
                                .map(nearest -> "Maybe \"" + nearest + "\".")
                                .orElse("")));
            }
        }
        return problems;
    }
}
