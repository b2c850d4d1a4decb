package org.motleysim.hardware.fitted;

import org.motleysim.hardware.device.Kernel;

/**
 * Fused attention of single new tokens. A block of work is one sequence and one key-value head, divided by keys when blocks are too few
 * ({@link KeySplits}). Besides traffic there are the time that any block takes and that of the longest block on one unit; a second
 * kernel combines the parts, and a copy regroups queries when several heads share keys (FlashAttention-2, {@code mha_varlen_fwd} in
 * flash_api.cpp).
 */
final class DecodeFeatures implements Features {
    private static final double LAUNCH_SECONDS = 5e-6;
    private static final double SECOND_LAUNCH_SECONDS = 1e-5;
    private static final double BLOCK_SECONDS = 2e-6;
    private static final double KEY_BLOCK = 128;
    private static final double GROUP = 16;

    /** Bandwidth that one unit draws alone, over its share of the whole. */
    private static final double ALONE = 3;

    private final Machine machine;
    private final boolean splitsAlways;
    private final KeySplits splits;
    private final AttentionSizes sizes = new AttentionSizes();

    DecodeFeatures(Machine machine, Physics physics) {
        this.machine = machine;
        this.splitsAlways = physics.splitsAlways();
        this.splits = new KeySplits(machine.units());
    }

    @Override
    public int size() {
        return 17;
    }

    @Override
    public double fill(Kernel kernel, double[] x) {
        AttentionSizes it = sizes;
        it.read(kernel);
        double units = machine.units();
        boolean grouped = splitsAlways || it.heads > it.keyValueHeads;
        double keyBlocks = Waves.parts(it.context, KEY_BLOCK);
        double whole = it.sequences * it.keyValueHeads;
        int parts = grouped ? splits.parts(whole, keyBlocks) : 1;
        double blocks = whole * parts;
        double compute = computeSeconds(kernel);
        double traffic = machine.transferSeconds(kernel.bytes());
        double blockTraffic = kernel.bytes() / whole * Waves.parts(keyBlocks, parts) / keyBlocks;
        double longest = Math.ceil(blocks / units) * blockTraffic / (machine.bytesPerSecond() / units * ALONE);
        double starts = blocks / units * BLOCK_SECONDS;
        double work = Math.max(compute, traffic);
        double base = LAUNCH_SECONDS + Math.sqrt(work * work + starts * starts + longest * longest);
        boolean copies = grouped && it.keyValueHeads > 1 && it.sequences > 1;
        x[0] = Log2.of(it.heads);
        x[1] = Log2.of(it.keyValueHeads);
        x[2] = Log2.of(it.headDim);
        x[3] = Log2.of(it.sequences);
        x[4] = Log2.of(it.context);
        x[5] = Log2.of(base);
        x[6] = Log2.of(compute + 1e-9);
        x[7] = Log2.of(traffic + 1e-9);
        x[8] = Range.clip(Log2.of(kernel.bytes() / machine.cacheBytes() + 1e-9), -6, 3);
        x[9] = Waves.waves(blocks, machine.units());
        x[10] = Waves.loss(blocks, machine.units());
        x[11] = Log2.of(parts);
        x[12] = Log2.of(longest + 1e-9);
        x[13] = copies ? Log2.of(1 + SECOND_LAUNCH_SECONDS / base) : 0;
        x[14] = parts > 1 ? Log2.of(1 + SECOND_LAUNCH_SECONDS / base) : 0;
        x[15] = grouped ? 1 : 0;
        x[16] = Log2.of(Waves.parts(it.heads / it.keyValueHeads, GROUP));
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
