package org.motleysim.workloads.llm;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.batching.StaticBatching;
import org.motleysim.workloads.llm.routing.Routing;

/**
 * Devices that only decode: the others compute prompts and hand the keys and values over, through the network of the cluster. As in
 * Splitwise (Patel et al., ISCA 2024) and DistServe (Zhong et al., OSDI 2024); docs/models/disaggregation.md.
 *
 * @param groups names of the device groups, at least one
 * @param tensorParallel devices per replica, at least 1
 * @param batching the policy of every replica; it plans what it decodes, and what it must compute again after a preemption; not static
 * @param routing which replica gets a sequence whose prompt is computed
 * @param layerWise whether keys and values travel layer by layer while the last part of a prompt is computed (Splitwise, section 4.2), if
 *     there is room for them at that time; otherwise they travel when the prompt is done
 */
public record DecodePool(
        Set<String> groups, int tensorParallel, Batching batching, Routing routing, boolean layerWise) {
    /** @throws IllegalArgumentException if a part is out of its range */
    public DecodePool {
        groups = Collections.unmodifiableSet(new LinkedHashSet<>(groups));
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("groups of the decode pool (none) must be at least one"
                    + "\nMaybe name a device group of the cluster that the prefill pool does not use.");
        }
        if (tensorParallel < 1) {
            throw new IllegalArgumentException(
                    "tensorParallel of the decode pool (" + tensorParallel + ") must be at least 1");
        }
        Objects.requireNonNull(batching, "batching");
        Objects.requireNonNull(routing, "routing");
        if (batching instanceof StaticBatching) {
            throw new IllegalArgumentException("batching of the decode pool (" + batching.label()
                    + ") must not be one that takes memory for the whole output at the start, since prompts come one by one"
                    + "\nMaybe \"continuous\".");
        }
    }

    /** A pool of these groups: a device per replica, continuous batching, the fewest outstanding, transfer when the prompt is done. */
    public static DecodePool of(String... groups) {
        return new DecodePool(
                new LinkedHashSet<>(List.of(groups)), 1, Batching.continuous(2_048), Routing.leastOutstanding(), false);
    }

    /** The same with so many devices per replica. */
    public DecodePool withTensorParallel(int devices) {
        return new DecodePool(groups, devices, batching, routing, layerWise);
    }

    /** The same with another policy. */
    public DecodePool withBatching(Batching policy) {
        return new DecodePool(groups, tensorParallel, policy, routing, layerWise);
    }

    /** The same with another router. */
    public DecodePool withRouting(Routing router) {
        return new DecodePool(groups, tensorParallel, batching, router, layerWise);
    }

    /** The same with transfer layer by layer. */
    public DecodePool withLayerWiseTransfer() {
        return new DecodePool(groups, tensorParallel, batching, routing, true);
    }
}
