package org.motleysim.workloads.llm;

import org.motleysim.core.metric.MetricSet;

/** What prefix caches did in a run. */
final class PrefixMetrics {
    private PrefixMetrics() {}

    static void put(MetricSet.Builder metrics, ServingReplica[] replicas) {
        long found = 0;
        long computed = 0;
        long evictions = 0;
        for (ServingReplica replica : replicas) {
            found += replica.batch.cached;
            computed += replica.prefillTokens;
            evictions += replica.kv.evictions();
        }
        metrics.put("prefix.tokens.cached", (double) found, "1");
        metrics.put("prefix.tokens.computed", (double) computed, "1");
        metrics.put("prefix.hit_rate", (double) found / (found + computed), "1");
        metrics.put("prefix.evictions", (double) evictions, "1");
    }
}
