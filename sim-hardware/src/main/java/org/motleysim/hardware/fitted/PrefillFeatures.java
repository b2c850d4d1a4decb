package org.motleysim.hardware.fitted;

import org.motleysim.hardware.device.Kernel;

/**
 * Fused attention of prompts. Work is divided among the units by heads and blocks of queries (FlashAttention-2, Dao 2023, section 3.3),
 * so that a kernel takes at least as long as one block of queries against all keys on one unit.
 */
final class PrefillFeatures implements Features {
    private static final double LAUNCH_SECONDS = 5e-6;
    private static final double BLOCK = 128;

    /** Share of its peak that one unit reaches on one block. */
    private static final double UNIT_SHARE = 0.6;

    private final Machine machine;
    private final AttentionSizes sizes = new AttentionSizes();

    PrefillFeatures(Machine machine) {
        this.machine = machine;
    }

    @Override
    public int size() {
        return 19;
    }

    @Override
    public double fill(Kernel kernel, double[] x) {
        AttentionSizes it = sizes;
        it.read(kernel);
        double compute = computeSeconds(kernel);
        double traffic = machine.transferSeconds(kernel.bytes());
        double longest = 4
                * BLOCK
                * it.headDim
                * Waves.parts(it.context, BLOCK)
                * BLOCK
                / (machine.flopsPerSecond() / machine.units() * UNIT_SHARE);
        double base = LAUNCH_SECONDS + Math.max(longest, Math.max(compute, traffic));
        double pairs = kernel.flops() / (4 * it.heads * it.headDim * it.sequences * it.newTokens);
        double packed = it.newTokens * it.heads / it.keyValueHeads;
        x[0] = Log2.of(it.heads);
        x[1] = Log2.of(it.keyValueHeads);
        x[2] = Log2.of(it.headDim);
        x[3] = Log2.of(it.sequences);
        x[4] = Log2.of(it.newTokens);
        x[5] = Log2.of(it.context);
        x[6] = Log2.of(base);
        x[7] = Log2.of(compute + 1e-9);
        x[8] = Log2.of(traffic + 1e-9);
        x[9] = Range.clip(Log2.of(kernel.bytes() / machine.cacheBytes() + 1e-9), -6, 3);
        x[10] = Log2.of(Math.max(1, pairs));
        x[11] = Log2.of(it.context / it.newTokens);
        double coarse = Waves.parts(it.newTokens, BLOCK) * it.heads * it.sequences;
        double fine = Waves.parts(it.newTokens, 64) * it.heads * it.sequences;
        x[12] = Waves.waves(coarse, machine.units());
        x[13] = Waves.loss(coarse, machine.units());
        x[14] = Waves.waves(fine, machine.units());
        x[15] = Waves.loss(fine, machine.units());
        x[16] = Log2.of(longest);
        x[17] = Log2.of(Waves.parts(packed, 64) * 64 / packed);
        x[18] = Log2.of(Waves.parts(it.newTokens, BLOCK) * BLOCK / it.newTokens);
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
