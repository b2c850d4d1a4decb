package org.motleysim.workloads.llm;

import java.util.Arrays;
import java.util.List;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.llm.step.Iteration;

/**
 * The replicas of a service in one run, in order of their pools and devices.
 *
 * @param replicas all of them
 * @param weightBytes what each device of each of them holds of the model
 * @param blockBytes what each device of each of them holds of a KV block
 */
// Arrays, for they are indexed in hot paths; never compared.
@SuppressWarnings("ArrayRecordComponent")
record ServingFleet(ServingReplica[] replicas, long[] weightBytes, long[] blockBytes) {
    /** Lays the replicas out and takes their memory. */
    static ServingFleet of(
            LlmServing description, RunContext context, LiveRequests live, ServingReplica.Wiring wiring) {
        List<ReplicaPlan> plans = ReplicaPlan.of(description, context.cluster().description());
        int count = plans.stream().mapToInt(ReplicaPlan::replicas).sum();
        ServingReplica[] replicas = new ServingReplica[count];
        long[] weightBytes = new long[count];
        long[] blockBytes = new long[count];
        int index = 0;
        for (ReplicaPlan plan : plans) {
            List<Device> devices = context.cluster().devices(plan.group());
            int width = plan.pool().tensorParallel();
            StepPricing pricing = plan.pricing(description, context.cluster().description());
            for (int i = 0; i < devices.size(); i += width) {
                List<Device> mine = devices.subList(i, i + width);
                plan.reserve(description.model().name(), mine);
                replicas[index] = new ServingReplica(
                        index,
                        mine,
                        plan.pool(),
                        plan.cache(description, live),
                        plan.swapSpace(description),
                        pricing,
                        Iteration.of(description.model()),
                        wiring);
                weightBytes[index] = plan.memory().weights().value();
                blockBytes[index] = plan.blockBytes();
                index++;
            }
        }
        return new ServingFleet(replicas, weightBytes, blockBytes);
    }

    /** KV blocks of all replicas. */
    static long blocks(List<ReplicaPlan> plans) {
        return plans.stream()
                .mapToLong(plan -> (long) plan.replicas() * plan.kvBlocks())
                .sum();
    }

    /** The replicas that decode only, or all others. */
    ServingReplica[] that(boolean decodeOnly) {
        return Arrays.stream(replicas)
                .filter(replica -> (replica.role() == Pool.Role.DECODE) == decodeOnly)
                .toArray(ServingReplica[]::new);
    }
}
