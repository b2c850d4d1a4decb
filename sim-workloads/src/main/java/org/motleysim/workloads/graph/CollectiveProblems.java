package org.motleysim.workloads.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.motleysim.core.name.NearestName;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.workloads.Problem;

/** What keeps the collectives of a graph from running on some groups of devices. */
final class CollectiveProblems {
    private static final int MOST = 10;

    private final TaskGraph graph;
    private final List<DeviceGroup> groups;
    private final int devices;
    private final List<Problem> problems = new ArrayList<>();

    private CollectiveProblems(TaskGraph graph, List<DeviceGroup> groups) {
        this.graph = graph;
        this.groups = groups;
        this.devices = groups.stream().mapToInt(DeviceGroup::count).sum();
    }

    static List<Problem> of(TaskGraph graph, List<DeviceGroup> groups) {
        var found = new CollectiveProblems(graph, groups);
        Map<String, Boolean> told = new LinkedHashMap<>(); // graphs repeat a few collectives
        for (int task = 0; task < graph.size() && found.problems.size() < MOST; task++) {
            if (graph.task(task) instanceof Task.Collective together) {
                String like = together.operation() + " " + together.algorithm().label() + " " + together.groups() + " "
                        + graph.inDegree(task);
                if (told.putIfAbsent(like, true) == null) {
                    found.look(task, together);
                }
            }
        }
        return found.problems;
    }

    private void look(int task, Task.Collective together) {
        if (together.groups().isEmpty()) {
            if (graph.inDegree(task) == 0) {
                add(
                        "collective (" + together.name()
                                + ") must wait for tasks whose devices take part, or name groups",
                        "Maybe add edges to it.");
                return;
            }
            // The scheduler decides on how many devices these tasks are.
            refuse(together, 1, Math.min(graph.inDegree(task), devices));
            return;
        }
        int count = 0;
        for (String name : together.groups()) {
            Optional<DeviceGroup> group =
                    groups.stream().filter(each -> each.name().equals(name)).findFirst();
            if (group.isEmpty()) {
                List<String> known = groups.stream().map(DeviceGroup::name).toList();
                add(
                        "group (\"" + name + "\") of collective " + together.name() + " must be one of " + known,
                        NearestName.of(name, known)
                                .map(nearest -> "Maybe \"" + nearest + "\".")
                                .orElse(""));
                return;
            }
            count += group.get().count();
        }
        refuse(together, count, count);
    }

    private void refuse(Task.Collective together, int fewest, int most) {
        for (int count = fewest; count <= most; count++) {
            Optional<String> refusal = together.refusal(count);
            if (refusal.isPresent()) {
                String[] lines = refusal.get().split("\n", 2);
                String over = fewest == most
                        ? ""
                        : " (it may come to be over any number of devices up to " + most + ": the scheduler decides)";
                add(
                        "collective (" + together.name() + ") cannot be done over " + count + " devices: " + lines[0]
                                + over,
                        lines.length > 1 ? lines[1] : "");
                return;
            }
        }
    }

    private void add(String message, String hint) {
        problems.add(new Problem("$.graph", message, hint));
    }
}
