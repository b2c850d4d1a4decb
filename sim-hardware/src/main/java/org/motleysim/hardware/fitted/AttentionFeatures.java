package org.motleysim.hardware.fitted;

import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.Shape;

/**
 * Fused attention of prompts and of single new tokens, with full or latent heads. Prompts are divided among the units by heads and blocks
 * of queries, new tokens by key-value heads and, when those are few, by blocks of keys (FlashAttention-2, Dao 2023, section 3.3;
 * flash-decoding).
 */
final class AttentionFeatures implements Features {
    private static final double LAUNCH_SECONDS = 5e-6;
    private static final double KEY_BLOCK = 256;

    private final Machine machine;
    private final boolean prefill;

    AttentionFeatures(Machine machine, KernelFamily family) {
        this.machine = machine;
        this.prefill = family == KernelFamily.ATTENTION_PREFILL;
    }

    @Override
    public int size() {
        return 16;
    }

    @Override
    public double fill(Kernel kernel, double[] x) {
        double heads;
        double keyValueHeads;
        double headDim;
        double sequences;
        double newTokens;
        double context;
        if (kernel.shape() instanceof Shape.Attention shape) {
            heads = (double) shape.queryHeads();
            keyValueHeads = Math.max(1, (double) shape.keyValueHeads());
            headDim = (double) shape.headDim();
            sequences = Math.max(1, (double) shape.sequences());
            newTokens = (double) shape.newTokens() / sequences;
            context = (double) shape.contextTokens() / sequences;
            if (shape.window() > 0) {
                context = Math.min(context, newTokens + shape.window());
            }
        } else {
            Shape.LatentAttention shape = (Shape.LatentAttention) kernel.shape();
            heads = (double) shape.heads();
            keyValueHeads = 1;
            headDim = shape.latentRank() + (double) shape.rotaryDim();
            sequences = Math.max(1, (double) shape.sequences());
            newTokens = (double) shape.newTokens() / sequences;
            context = (double) shape.contextTokens() / sequences;
        }
        double compute = computeSeconds(kernel);
        double traffic = machine.transferSeconds(kernel.bytes());
        double base = LAUNCH_SECONDS + Math.max(compute, traffic);
        x[0] = Log2.of(heads);
        x[1] = Log2.of(keyValueHeads);
        x[2] = Log2.of(headDim);
        x[3] = Log2.of(sequences);
        x[4] = Log2.of(Math.max(1, newTokens));
        x[5] = Log2.of(Math.max(1, context));
        x[6] = Log2.of(base);
        x[7] = Log2.of(compute + 1e-9);
        x[8] = Log2.of(traffic + 1e-9);
        x[9] = Range.clip(Log2.of(kernel.bytes() / machine.cacheBytes() + 1e-9), -6, 3);
        double pairs = kernel.flops() / (4 * heads * headDim * sequences * Math.max(1, newTokens));
        x[10] = Log2.of(Math.max(1, pairs));
        x[11] = Log2.of(context / Math.max(1, newTokens));
        double coarse = prefill ? Waves.parts(newTokens, 128) * heads * sequences : keyValueHeads * sequences;
        double fine = prefill
                ? Waves.parts(newTokens, 64) * heads * sequences
                : keyValueHeads * sequences * Waves.parts(context, KEY_BLOCK);
        x[12] = Waves.waves(coarse, machine.units());
        x[13] = Waves.loss(coarse, machine.units());
        x[14] = Waves.waves(fine, machine.units());
        x[15] = Waves.loss(fine, machine.units());
        return base;
    }

    @Override
    public double computeSeconds(Kernel kernel) {
        return kernel.flops() / machine.flopsPerSecond();
    }

    @Override
    public double trafficSeconds(Kernel kernel) {
        return kernel.bytes() / machine.bytesPerSecond();
    }
}
