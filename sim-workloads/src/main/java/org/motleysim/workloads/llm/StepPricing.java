package org.motleysim.workloads.llm;

import java.util.Optional;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.step.Iteration;
import org.motleysim.workloads.llm.step.IterationCost;
import org.motleysim.workloads.llm.step.IterationResult;

/**
 * What the replicas of one device group can do: the cost of their iterations, the peaks they are measured against, and the speed by which
 * routers compare them.
 *
 * @param cost of iterations; shared by the replicas, which run on one thread
 * @param peakFlopsPerSecond of all devices of a replica in the format in which the model computes; NaN when the datasheet does not say
 * @param peakBytesPerSecond memory bandwidth of all devices of a replica
 * @param secondsPerPrefillToken in an iteration full of prompts
 * @param secondsPerOutputToken in an iteration full of decodes
 * @param points the costs at other operating points than the nominal one; empty when the devices have no power setup
 */
record StepPricing(
        IterationCost cost,
        double peakFlopsPerSecond,
        double peakBytesPerSecond,
        double secondsPerPrefillToken,
        double secondsPerOutputToken,
        Optional<PointCosts> points) {
    /** Tokens in the cache of a sequence that decodes, where a router has to assume some number. */
    private static final int TYPICAL_CONTEXT = 1_024;

    /** Tokens of the prompts in an iteration, where a router has to assume some number. */
    private static final int TYPICAL_PREFILL = 2_048;

    static StepPricing of(
            ModelSpec model,
            Pool pool,
            DeviceSpec device,
            IterationCost cost,
            long kvTokens,
            Optional<PointCosts> points) {
        int ranks = pool.tensorParallel();
        double flops = device.computeFormat(model.computeFormat())
                .flatMap(device::peak)
                .map(rate -> rate.flopsPerSecond())
                .orElse(Double.NaN);
        IterationResult result = new IterationResult();

        int tokens = Math.min(TYPICAL_PREFILL, pool.batching().limits().maxBatchedTokens());
        Iteration prompts = Iteration.of(model);
        prompts.prefill(tokens, 0, true);
        cost.cost(prompts, result);
        double perPrefillToken = result.seconds() / tokens;

        long fits = Math.max(1, kvTokens / TYPICAL_CONTEXT);
        int sequences = (int) Math.min(fits, pool.batching().limits().maxSequences());
        Iteration decodes = Iteration.of(model);
        for (int i = 0; i < sequences; i++) {
            decodes.decode(TYPICAL_CONTEXT);
        }
        cost.cost(decodes, result);
        return new StepPricing(
                cost,
                flops * ranks,
                device.memoryBandwidth().bytesPerSecond() * ranks,
                perPrefillToken,
                result.seconds() / sequences,
                points);
    }
}
