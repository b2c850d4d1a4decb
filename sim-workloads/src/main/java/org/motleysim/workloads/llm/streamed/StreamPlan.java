package org.motleysim.workloads.llm.streamed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.cluster.HostSpec;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.model.Shard;
import org.motleysim.workloads.llm.step.ReplicaMemory;

/**
 * Where the layers of the model are, for the devices of one group.
 *
 * <p>Embeddings, head and norms, the KV cache of the batch and the activations always are on the device. So are as many layers as fit beside
 * the window, spread evenly, so that the time they compute hides the movement of those between them. The others fill the tiers of the host
 * in the order given.
 *
 * @param layerBytes of one layer: an equal share of all matrices
 * @param fixedBytes always on the device, without layers
 * @param source per layer: the tier of the host that holds it, as a number in {@link StreamedLayers#from}; -1 on the device
 */
record StreamPlan(long layerBytes, long fixedBytes, List<Integer> source) {
    StreamPlan {
        source = List.copyOf(source);
    }

    static final int RESIDENT = -1;

    static StreamPlan of(StreamedLayers workload, DeviceGroup group) {
        Sizes sizes = Sizes.of(workload, group);
        int layers = workload.model().layers();
        int resident = sizes.resident(workload);
        List<Integer> source = new ArrayList<>(layers);
        int tier = 0;
        long room = room(workload, group, 0, sizes);
        for (int i = 0; i < layers; i++) {
            if ((i + 1L) * resident / layers > (long) i * resident / layers) {
                source.add(RESIDENT);
                continue;
            }
            while (room == 0 && tier + 1 < workload.from().size()) {
                room = room(workload, group, ++tier, sizes);
            }
            source.add(tier);
            room--;
        }
        return new StreamPlan(sizes.layer, sizes.fixed, source);
    }

    int streamed() {
        return (int) source.stream().filter(tier -> tier != RESIDENT).count();
    }

    int resident() {
        return source.size() - streamed();
    }

    /** Returns the layers that a tier of the host holds. */
    long layersIn(int tier) {
        return source.stream().filter(each -> each == tier).count();
    }

    /** Layers that a tier of the host has room for. */
    private static long room(StreamedLayers workload, DeviceGroup group, int tier, Sizes sizes) {
        return group.host()
                .flatMap(host -> host.tier(workload.from().get(tier)))
                .map(spec -> spec.capacity().value() / sizes.layer)
                .orElse(0L);
    }

    /** Everything that keeps it from running on a group, relative to the workload. */
    static List<Problem> problems(StreamedLayers workload, DeviceGroup group) {
        List<Problem> problems = new ArrayList<>();
        ModelSpec model = workload.model();
        Sizes sizes = Sizes.of(workload, group);
        int wanted = workload.residentLayers().orElse(0);
        if (wanted > model.layers()) {
            problems.add(new Problem(
                    "$.residentLayers",
                    "residentLayers (" + wanted + ") must not exceed the " + model.layers() + " layers of "
                            + model.name(),
                    ""));
        } else if (sizes.free < sizes.buffers(workload, wanted) + wanted * sizes.layer) {
            problems.add(new Problem(
                    "$.window",
                    "a window of " + workload.window() + " layers and " + wanted + " resident ones ("
                            + Bytes.of(sizes.layer)
                            + " each) must fit in the memory of group " + group.name() + " ("
                            + group.spec().name()
                            + "): " + sizes.arithmetic,
                    "Maybe a smaller window, fewer bits per weight, or a smaller batch."));
        }
        if (model.contextLimit() < (long) workload.promptTokens() + workload.outputTokens()) {
            problems.add(new Problem(
                    "$.promptTokens",
                    "prompt and output (" + workload.promptTokens() + " + " + workload.outputTokens()
                            + " tokens) must not exceed the context of " + model.name() + " (" + model.contextLimit()
                            + ")",
                    ""));
        }
        Optional<HostSpec> host = group.host();
        if (host.isEmpty()) {
            problems.add(new Problem(
                    "$.from",
                    "from (" + String.join(", ", workload.from()) + ") must be memory tiers of the host of group "
                            + group.name() + ", which has no host",
                    "Maybe add \"host\" to the group."));
            return problems;
        }
        List<MemoryTier> tiers = new ArrayList<>();
        for (int i = 0; i < workload.from().size(); i++) {
            String name = workload.from().get(i);
            Optional<MemoryTier> tier = host.get().tier(name);
            if (tier.isEmpty() || tiers.contains(tier.get())) {
                problems.add(new Problem(
                        "$.from[" + i + "]",
                        "from (" + name + ") must be a memory tier of the host of group " + group.name()
                                + (tier.isEmpty() ? "" : ", each named once"),
                        tier.isEmpty() ? host.get().hint(name) : ""));
            }
            tier.ifPresent(tiers::add);
        }
        if (problems.isEmpty()) {
            long needed = (long) model.layers() - sizes.resident(workload);
            long room = tiers.stream()
                    .mapToLong(tier -> tier.capacity().value() / sizes.layer)
                    .sum();
            if (room < needed) {
                problems.add(new Problem(
                        "$.from",
                        needed + " layers of " + model.name() + " (" + Bytes.of(sizes.layer) + " each) must fit in "
                                + String.join(" and ", workload.from()) + " of the host of group " + group.name()
                                + ", where there is room for " + room,
                        "Maybe name a larger tier after them."));
            }
        }
        return problems;
    }

    /** Bytes of the parts. */
    private record Sizes(long layer, long fixed, long free, String arithmetic) {
        static Sizes of(StreamedLayers workload, DeviceGroup group) {
            ModelSpec model = workload.model();
            Shard shard = new Shard(model, 1);
            long layer = model.weightFormat().bytes(shard.matrixParameters()) / model.layers();
            long others = shard.weightBytes().value() - layer * model.layers();
            long tokens = (long) workload.promptTokens() + workload.outputTokens();
            long kv = workload.batch() * tokens * shard.kvBytesPerToken();
            ReplicaMemory memory = ReplicaMemory.of(
                    shard,
                    group.spec(),
                    workload.memoryUtilization(),
                    (int) Math.min(Integer.MAX_VALUE, (long) workload.batch() * workload.promptTokens()),
                    workload.batch());
            long fixed = others + kv + memory.activations().value();
            long free = memory.usable().value() - fixed;
            String left = free < 0 ? Bytes.of(-free) + " short" : Bytes.of(free) + " for layers";
            return new Sizes(
                    layer,
                    fixed,
                    free,
                    memory.usable() + " usable - " + Bytes.of(others) + " embeddings, head and norms - " + Bytes.of(kv)
                            + " KV cache - " + memory.activations() + " activations = " + left);
        }

        /** Bytes of the window when so many layers stay. */
        long buffers(StreamedLayers workload, int resident) {
            return Math.min(workload.window(), workload.model().layers() - resident) * layer;
        }

        /** Layers that stay on the device: as many as asked for, or as fit. */
        int resident(StreamedLayers workload) {
            int layers = workload.model().layers();
            if (workload.residentLayers().isPresent()) {
                return workload.residentLayers().getAsInt();
            }
            return free / layer >= layers ? layers : (int) Math.max(0, free / layer - workload.window());
        }
    }
}
