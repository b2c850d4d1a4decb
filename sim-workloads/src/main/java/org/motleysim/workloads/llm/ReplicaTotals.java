package org.motleysim.workloads.llm;

/** Sums over the replicas at the end of a run, for the conservation laws. */
record ReplicaTotals(
        long iterations,
        long preemptions,
        long swappedOut,
        long prefillTokens,
        long prefillLeft,
        long enqueuedPrompt,
        long recomputed,
        long cached,
        long displacedPrefill,
        long outputTokens,
        long blocksUsed,
        long blocksHeld,
        long requests,
        double joules,
        double usd) {
    static ReplicaTotals of(ServingReplica[] replicas) {
        ReplicaTotals sum = new ReplicaTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (ServingReplica replica : replicas) {
            sum = sum.plus(replica);
        }
        return sum;
    }

    private ReplicaTotals plus(ServingReplica replica) {
        return new ReplicaTotals(
                iterations + replica.iterations,
                preemptions + replica.batch.preemptions,
                swappedOut + replica.swap.swappedOut,
                prefillTokens + replica.prefillTokens,
                prefillLeft + replica.batch.prefillStillLeft(),
                enqueuedPrompt + replica.enqueuedPrompt,
                recomputed + replica.batch.recomputed,
                cached + replica.batch.cached,
                displacedPrefill + replica.batch.displacedPrefill,
                outputTokens + replica.outputTokens,
                blocksUsed + replica.kv.used(),
                blocksHeld + replica.batch.blocksHeld(),
                requests
                        + replica.batch.running()
                        + replica.waiting.size()
                        + replica.parked().ready(),
                joules + replica.chargedJoules,
                usd + replica.chargedUsd);
    }
}
