package org.motleysim.workloads.llm.step;

import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.workloads.llm.model.FeedForward;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.model.Shard;

/**
 * How the memory of one device of a replica is divided: weights, room for activations, and what is left for the KV cache.
 *
 * <p>As vLLM does: of the memory only the share {@code gpuMemoryUtilization} is used; weights and the peak of the activations of the
 * largest iteration are subtracted from it. Memory of the driver, of communication buffers and of captured graphs is not counted.
 *
 * @param usable the share of the device's memory
 * @param weights of the model on this device
 * @param activations reserved for the largest iteration
 * @param kvBytesPerToken bytes that one token takes in the KV cache on this device
 */
public record ReplicaMemory(Bytes usable, Bytes weights, Bytes activations, long kvBytesPerToken) {
    /** The share that vLLM uses by default ({@code gpu_memory_utilization}, versions 0.2 to 0.11). */
    public static final double DEFAULT_UTILIZATION = 0.9;

    /**
     * Divides the memory of a device.
     *
     * @param shard what the device holds of the model
     * @param device its datasheet
     * @param gpuMemoryUtilization share of the memory that is used, above 0 and at most 1
     * @param maxBatchedTokens most tokens in an iteration; 0 reserves nothing for activations
     * @param maxSequences most sequences in an iteration
     * @throws IllegalArgumentException if the share is out of range
     */
    public static ReplicaMemory of(
            Shard shard, DeviceSpec device, double gpuMemoryUtilization, int maxBatchedTokens, int maxSequences) {
        if (!(gpuMemoryUtilization > 0 && gpuMemoryUtilization <= 1)) {
            throw new IllegalArgumentException(
                    "gpuMemoryUtilization (" + gpuMemoryUtilization + ") must be above 0 and at most 1");
        }
        double capacity = device.memoryCapacity().value();
        return new ReplicaMemory(
                new Bytes((long) (capacity * gpuMemoryUtilization)),
                shard.weightBytes(),
                new Bytes(activationBytes(shard, maxBatchedTokens, maxSequences)),
                shard.kvBytesPerToken());
    }

    /**
     * The largest set of activations that live at once: two residual vectors a token, and with them either the input and output of the
     * feed-forward activation or (experts) those of all visits; or else, at the end, the logits of all sequences in 32 bits, twice.
     */
    private static long activationBytes(Shard shard, int maxBatchedTokens, int maxSequences) {
        ModelSpec model = shard.model();
        FeedForward block = model.feedForward();
        long width = block.width() / shard.ranks();
        long inside = block.inputColumns(width) + width;
        if (block.experts().isPresent()) {
            FeedForward.Experts mixture = block.experts().get();
            long expertWidth = mixture.width() / shard.ranks();
            long visit = block.inputColumns(expertWidth) + expertWidth + model.hidden();
            inside = Math.max(inside, mixture.perToken() * visit);
        }
        long tokens = maxBatchedTokens;
        long layer = model.activationFormat().bytes(tokens * (2L * model.hidden() + inside));
        long logits = 8L * Math.min(tokens, maxSequences) * model.vocabulary();
        return Math.max(layer, logits);
    }

    /** Tokens that the KV cache has room for; 0 when not even the rest fits. */
    public long kvTokens() {
        return Math.max(0, kvBytes()) / kvBytesPerToken;
    }

    /** Whether there is room for the KV cache of at least so many tokens. */
    public boolean fits(long tokens) {
        return kvTokens() >= tokens;
    }

    /** Returns the arithmetic in words, for messages. */
    public String arithmetic() {
        return usable + " usable - " + weights + " weights - " + activations + " activations "
                + (kvBytes() < 0
                        ? "leaves nothing: " + new Bytes(-kvBytes()) + " short"
                        : "= " + new Bytes(kvBytes()) + " for the KV cache, " + kvTokens() + " tokens of "
                                + new Bytes(kvBytesPerToken));
    }

    private long kvBytes() {
        return usable.value() - weights.value() - activations.value();
    }
}
