package org.motleysim.workloads.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.llm.batching.BatchLimits;
import org.motleysim.workloads.llm.kv.Contents;
import org.motleysim.workloads.llm.kv.CountedCache;
import org.motleysim.workloads.llm.kv.KvBlocks;
import org.motleysim.workloads.llm.kv.KvCache;
import org.motleysim.workloads.llm.kv.PrefixCache;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.model.Shard;
import org.motleysim.workloads.llm.step.IterationCost;
import org.motleysim.workloads.llm.step.ReplicaMemory;

/**
 * How the replicas of one device group are laid out: how many there are, and how the memory of each device is divided into weights and KV
 * blocks.
 *
 * <p>As in vLLM, a share of the memory ({@code gpu_memory_utilization}) belongs to the model; what weights and activations leave of it is
 * cut into KV blocks. A group of unlike devices does not exist, so all replicas of a group are alike.
 *
 * @param pool the replicas belong to
 * @param group the devices
 * @param replicas replicas in the group
 * @param memory how the memory of each device is divided
 * @param kvBlocks KV blocks of each replica
 */
record ReplicaPlan(Pool pool, DeviceGroup group, int replicas, ReplicaMemory memory, int kvBlocks) {
    /** The layout on each group that the workload occupies, pool by pool. Only when there are no problems. */
    static List<ReplicaPlan> of(LlmServing serving, Cluster cluster) {
        List<ReplicaPlan> plans = new ArrayList<>();
        for (Pool pool : Pool.of(serving, cluster)) {
            for (DeviceGroup group : pool.groups()) {
                plans.add(of(serving, pool, group));
            }
        }
        return plans;
    }

    private static ReplicaPlan of(LlmServing serving, Pool pool, DeviceGroup group) {
        BatchLimits limits = pool.batching().limits();
        ReplicaMemory memory = memory(serving, pool, group);
        long blocks = memory.kvTokens() / limits.blockTokens();
        return new ReplicaPlan(pool, group, group.count() / pool.tensorParallel(), memory, (int)
                Math.min(Integer.MAX_VALUE / limits.blockTokens(), blocks));
    }

    private static ReplicaMemory memory(LlmServing serving, Pool pool, DeviceGroup group) {
        BatchLimits limits = pool.batching().limits();
        return ReplicaMemory.of(
                new Shard(serving.model(), pool.tensorParallel()),
                group.spec(),
                serving.memoryUtilization(),
                limits.maxBatchedTokens(),
                limits.maxSequences());
    }

    /** What keeps the model from being served on the group, relative to the workload; empty when nothing does. */
    static Optional<Problem> problem(LlmServing serving, Pool pool, DeviceGroup group, Cluster cluster) {
        ModelSpec model = serving.model();
        int ranks = pool.tensorParallel();
        if (group.count() % ranks != 0) {
            return Optional.of(new Problem(
                    pool.path() + ".tensorParallel",
                    "tensorParallel (" + ranks + ") must divide the " + group.count() + " devices of group "
                            + group.name(),
                    "Maybe change the count, or serve on other groups only."));
        }
        try {
            group.spec().memoryCapacity();
        } catch (IllegalArgumentException blank) {
            return Optional.of(problem(pool.path() + ".groups", blank));
        }
        ReplicaPlan plan;
        try {
            plan = of(serving, pool, group);
        } catch (IllegalArgumentException unequal) {
            return Optional.of(problem(pool.path() + ".tensorParallel", unequal));
        }
        BatchLimits limits = pool.batching().limits();
        if (serving.swapSpace().isPresent() && SwapSpace.hostLink(group.spec()).isEmpty()) {
            return Optional.of(new Problem(
                    "$.swapSpace",
                    "device (" + group.spec().name() + ") of group " + group.name()
                            + " must have a link with the role \"host\", over which KV blocks are swapped",
                    "Maybe leave swapSpace out, so that preempted sequences are computed again."));
        }
        if (plan.kvBlocks - (int) (limits.watermark() * plan.kvBlocks) >= 1) {
            return plan.blank(serving, cluster).or(() -> serving.kvOffload()
                    .flatMap(law -> KvOffloading.problem(serving, group, plan.blockBytes(), ranks)));
        }
        String hint = ranks < group.count()
                ? "Maybe split it over " + ranks * 2
                        + " devices (tensorParallel), or store the weights in a narrower format."
                : "Maybe use devices with more memory, or store the weights in a narrower format.";
        return Optional.of(new Problem(
                "$.model",
                "model (" + model.name() + ") and a KV block of " + limits.blockTokens()
                        + " tokens must fit in the memory of "
                        + (ranks > 1 ? "each of " + ranks + " devices " : "") + group.name() + " ("
                        + group.spec().name()
                        + "): " + group.spec().memoryCapacity() + " x " + serving.memoryUtilization() + " = "
                        + plan.memory.arithmetic(),
                hint));
    }

    /** What each device of a replica holds of a KV block. */
    long blockBytes() {
        return (long) pool.batching().limits().blockTokens() * memory.kvBytesPerToken();
    }

    /** What keeps the autoscaler from its work, relative to the workload; empty when nothing does. */
    static Optional<Problem> scalingProblem(LlmServing serving, Cluster cluster) {
        List<DeviceGroup> groups = serving.occupied(cluster);
        if (serving.decodePool().isPresent() || groups.size() != 1) {
            return Optional.of(new Problem(
                    "$.autoscaler",
                    "an autoscaler must have replicas of one device group and one pool, not "
                            + (serving.decodePool().isPresent() ? "a decode pool" : groups.size() + " groups"),
                    "Maybe name one group in \"groups\"."));
        }
        int least = serving.autoscaler().orElseThrow().minReplicas();
        int replicas = groups.get(0).count() / serving.tensorParallel();
        return least <= replicas
                ? Optional.empty()
                : Optional.of(new Problem(
                        "$.autoscaler.minReplicas",
                        "minReplicas (" + least + ") must not be more than the " + replicas + " replicas of group "
                                + groups.get(0).name(),
                        "Maybe give the group more devices."));
    }

    /** What the datasheet lacks to price an iteration; empty when it says enough. */
    private Optional<Problem> blank(LlmServing serving, Cluster cluster) {
        try {
            pricing(serving, cluster);
            return Optional.empty();
        } catch (IllegalArgumentException blank) {
            return Optional.of(problem(pool.path() + ".groups", blank));
        }
    }

    private static Problem problem(String path, IllegalArgumentException cause) {
        String[] lines = String.valueOf(cause.getMessage()).split("\n", 2);
        return new Problem(path, lines[0], lines.length > 1 ? lines[1] : "");
    }

    /** Takes the memory of one replica. */
    void reserve(String modelName, List<Device> devices) {
        BatchLimits limits = pool.batching().limits();
        for (Device device : devices) {
            device.memory()
                    .reserve(
                            memory.weights().value() + memory.activations().value(),
                            "weights and activations of " + modelName);
            device.memory()
                    .reserve(
                            (long) kvBlocks * limits.blockTokens() * memory.kvBytesPerToken(),
                            "KV cache of " + modelName);
        }
    }

    /** The empty KV cache of one replica. */
    KvCache cache(LlmServing serving, Contents contents) {
        BatchLimits limits = pool.batching().limits();
        return serving.prefixCaching()
                ? new PrefixCache(kvBlocks, limits.blockTokens(), limits.watermark(), contents)
                : new CountedCache(new KvBlocks(kvBlocks, limits.blockTokens(), limits.watermark()));
    }

    /** The host memory of one replica for the preempted. */
    SwapSpace swapSpace(LlmServing serving) {
        return serving.swapSpace()
                .map(space -> SwapSpace.of(space, memory.kvBytesPerToken(), group.spec()))
                .orElseGet(SwapSpace::none);
    }

    /** What iterations on this group cost. */
    StepPricing pricing(LlmServing serving, Cluster cluster) {
        CostModel kernels = cluster.costModel(group);
        DeviceSpec device = group.spec();
        Function<CostModel, IterationCost> bind =
                model -> serving.stepModel().bind(serving.model(), device, pool.tensorParallel(), model);
        return StepPricing.of(
                serving.model(),
                pool,
                device,
                bind.apply(kernels),
                (long) kvBlocks * pool.batching().limits().blockTokens(),
                group.power().map(setup -> new PointCosts(setup.points(), point -> bind.apply(kernels.at(point)))));
    }
}
