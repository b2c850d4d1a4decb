package org.motleysim.workloads.llm;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.routing.Routing;

/**
 * Replicas that do the same: all of a service, or those that compute prompts, or those that decode.
 *
 * @param role what they do
 * @param path of the pool in the workload, for problems
 * @param groups the devices, in order of the cluster
 * @param tensorParallel devices per replica
 * @param batching of every replica
 * @param routing among them
 */
record Pool(Role role, String path, List<DeviceGroup> groups, int tensorParallel, Batching batching, Routing routing) {
    /** What the replicas of a pool do. */
    enum Role {
        BOTH,
        PREFILL,
        DECODE
    }

    /** The pools of a service, those that take requests first. */
    static List<Pool> of(LlmServing serving, Cluster cluster) {
        List<DeviceGroup> occupied = serving.occupied(cluster);
        if (serving.decodePool().isEmpty()) {
            return List.of(main(Role.BOTH, serving, occupied));
        }
        DecodePool decode = serving.decodePool().get();
        List<DeviceGroup> first = occupied.stream()
                .filter(group -> serving.groups().isEmpty()
                        ? !decode.groups().contains(group.name())
                        : serving.groups().contains(group.name()))
                .toList();
        List<DeviceGroup> second = occupied.stream()
                .filter(group -> decode.groups().contains(group.name()))
                .toList();
        return List.of(
                main(Role.PREFILL, serving, first),
                new Pool(
                        Role.DECODE,
                        "$.decodePool",
                        second,
                        decode.tensorParallel(),
                        decode.batching(),
                        decode.routing()));
    }

    private static Pool main(Role role, LlmServing serving, List<DeviceGroup> groups) {
        return new Pool(role, "$", groups, serving.tensorParallel(), serving.batching(), serving.routing());
    }

    /** All groups that a service asks for by name; empty when it wants all there are. */
    static Set<String> asked(LlmServing serving) {
        if (serving.groups().isEmpty() || serving.decodePool().isEmpty()) {
            return serving.groups();
        }
        Set<String> names = new LinkedHashSet<>(serving.groups());
        names.addAll(serving.decodePool().get().groups());
        return names;
    }

    /** The names of its groups. */
    String names() {
        return groups.stream().map(DeviceGroup::name).collect(Collectors.joining(", "));
    }
}
