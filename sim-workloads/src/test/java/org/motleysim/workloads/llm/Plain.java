package org.motleysim.workloads.llm;

import java.time.Duration;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.MoneyRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.model.Shard;
import org.motleysim.workloads.llm.step.ReplicaMemory;
import org.motleysim.workloads.llm.step.StepModel;

/** Machines and costs so plain that results can be worked out by hand. */
final class Plain {
    static final ModelSpec MODEL = ModelSpec.builtIn("llama-3-8b");
    static final double IDLE_WATTS = 100;
    static final double USD_PER_SECOND = 0.001;

    private Plain() {}

    /** A network on which everything arrives at once, as far as anybody can see. */
    static NetworkModel fastNetwork() {
        return NetworkModel.uniform(Bandwidth.gigabytesPerSecond(1e9), Duration.ZERO);
    }

    static DeviceSpec device(Bytes memory) {
        return DeviceSpec.builder("plain", DeviceKind.GPU)
                .peak(NumberFormat.BF16, FlopRate.teraflopsPerSecond(100))
                .memory("HBM", memory, Bandwidth.gigabytesPerSecond(1_000))
                .idle(Power.watts(IDLE_WATTS))
                .tdp(Power.watts(400))
                .pricePerHour(MoneyRate.usdPerHour(3_600 * USD_PER_SECOND))
                .build();
    }

    static Cluster cluster(int count) {
        return cluster(count, Bytes.gibibytes(80));
    }

    static Cluster cluster(int count, Bytes memory) {
        return Cluster.builder("plain")
                .add("gpu", count, device(memory))
                .network(fastNetwork())
                .build();
    }

    /** Memory in which, used fully, exactly so many KV blocks of 16 tokens are left. */
    static Bytes memoryForBlocks(int blocks, int maxBatchedTokens, int maxSequences) {
        ReplicaMemory full =
                ReplicaMemory.of(new Shard(MODEL, 1), device(Bytes.gibibytes(80)), 1, maxBatchedTokens, maxSequences);
        return new Bytes(full.weights().value() + full.activations().value() + 16L * blocks * full.kvBytesPerToken());
    }

    /** Iterations that take {@code perIteration} seconds and {@code perPrefillToken} more for each prompt token. */
    static StepModel steps(double perIteration, double perPrefillToken) {
        return (model, device, tensorParallel, kernels) -> (iteration, result) -> {
            double seconds = perIteration + perPrefillToken * iteration.prefillTokens();
            result.set(seconds, 200 * seconds, iteration.tokens() * 1e9, 1e9);
        };
    }
}
