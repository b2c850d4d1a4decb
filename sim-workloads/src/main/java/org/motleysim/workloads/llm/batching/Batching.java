package org.motleysim.workloads.llm.batching;

/**
 * A batching policy: it decides, before each iteration of a replica, which sequences are in it and with how many tokens.
 *
 * <p>A policy is an immutable description shared by all replicas and runs; all state it may look at is in the plan. One of your own is
 * a lambda, or a class when it has other {@link #limits}. This one never lets a prompt delay a decode:
 *
 * <pre>{@code
 * Batching decodesOnly = plan -> {
 *     for (int i = 0; i < plan.running(); i++) {
 *         plan.decode(i);
 *     }
 *     if (plan.running() == 0 && plan.waiting() > 0) {
 *         plan.admit(plan.nextPrefill());
 *     }
 * };
 * }</pre>
 *
 * <p>A replica whose plan stays empty sleeps until the next request reaches it.
 */
@FunctionalInterface
public interface Batching {
    /** Fills the next iteration. */
    void plan(BatchPlan next);

    /** The limits that the replica's books enforce. */
    default BatchLimits limits() {
        return BatchLimits.DEFAULT;
    }

    /**
     * Whether an iteration is planned when the one before it begins, not when it ends: requests that arrive meanwhile and places that become
     * free are then seen one iteration later.
     */
    default boolean asyncScheduling() {
        return false;
    }

    /** The name of the policy in scenario files and reports. */
    default String label() {
        return "custom";
    }

    /**
     * Static batching: a batch of so many sequences, with at most 16,384 tokens of prompts, runs until its last sequence has finished; then
     * the next is let in.
     */
    static StaticBatching fixedBatch(int maxSequences) {
        return new StaticBatching(
                BatchLimits.DEFAULT.withMaxSequences(maxSequences).withMaxBatchedTokens(16_384));
    }

    /** Continuous batching with prefill priority, as vLLM 0.4 to 0.6 do by default, with this token limit. */
    static ContinuousBatching continuous(int maxBatchedTokens) {
        return new ContinuousBatching(BatchLimits.DEFAULT.withMaxBatchedTokens(maxBatchedTokens));
    }

    /** Mixed batching with asynchronous scheduling, as vLLM v1 does by default, with this token limit. */
    static MixedBatching mixed(int maxBatchedTokens) {
        return new MixedBatching(MixedBatching.DEFAULT_LIMITS.withMaxBatchedTokens(maxBatchedTokens), true);
    }

    /** Chunked prefill, as Sarathi-Serve: decodes first, then as much prefill as the token limit allows. */
    static ChunkedPrefill chunkedPrefill(int maxBatchedTokens) {
        return new ChunkedPrefill(BatchLimits.DEFAULT.withMaxBatchedTokens(maxBatchedTokens));
    }
}
