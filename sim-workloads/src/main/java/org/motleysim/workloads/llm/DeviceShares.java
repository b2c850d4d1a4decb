package org.motleysim.workloads.llm;

import org.motleysim.core.metric.MetricSet;
import org.motleysim.hardware.cluster.Device;

/** What the devices of a service drew and cost, idle time included, per unit of what they produced. */
final class DeviceShares {
    private DeviceShares() {}

    static void put(
            MetricSet.Builder metrics,
            ServingReplica[] replicas,
            long finished,
            long promptTokens,
            long outputTokens,
            boolean countsCarbon) {
        double joules = 0;
        double usd = 0;
        double grams = 0;
        for (ServingReplica replica : replicas) {
            for (Device device : replica.devices()) {
                grams += device.carbonGrams();
                joules += device.joules();
                usd += device.usd();
            }
        }
        if (finished > 0) {
            metrics.put("energy.per_request", joules / finished, "J");
            metrics.put("cost.per_request", usd / finished, "USD");
            if (countsCarbon) {
                metrics.put("carbon.per_request", grams / finished, "g");
            }
        }
        if (outputTokens > 0) {
            metrics.put("energy.per_output_token", joules / outputTokens, "J");
            if (countsCarbon) {
                metrics.put("carbon.per_output_token", grams / outputTokens, "g");
            }
            metrics.put("cost.per_million_output_tokens", usd / outputTokens * 1e6, "USD");
            metrics.put("cost.per_million_tokens", usd / (outputTokens + promptTokens) * 1e6, "USD");
        }
    }
}
