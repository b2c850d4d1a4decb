package org.motleysim.hardware.fitted;

import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.Shape;

/**
 * Matrix products. The estimate is the larger of arithmetic and traffic at their peaks, plus the time of a launch. The correction sees the
 * sides, both times, traffic beside the cache, and for three sizes of tile how many waves there are and what the last one wastes.
 */
final class ProductFeatures implements Features {
    private static final double LAUNCH_SECONDS = 3e-6;
    private static final int[][] TILES = {{64, 64}, {128, 128}, {128, 256}};

    private static final int PADDING = 7 + 2 * TILES.length;

    private final Machine machine;
    private final boolean paddingCounts;

    ProductFeatures(Machine machine, Physics physics) {
        this.machine = machine;
        this.paddingCounts = physics.paddingCounts();
    }

    @Override
    public int size() {
        return PADDING + 4;
    }

    @Override
    public double fill(Kernel kernel, double[] x) {
        Shape.Product product = (Shape.Product) kernel.shape();
        double compute = computeSeconds(kernel);
        double traffic = machine.transferSeconds(kernel.bytes());
        double base = LAUNCH_SECONDS + Math.max(compute, traffic);
        double m = Math.max(1, (double) product.m());
        double n = Math.max(1, (double) product.n());
        x[0] = Log2.of(m);
        x[1] = Log2.of(n);
        x[2] = Log2.of(Math.max(1, (double) product.k()));
        x[3] = Log2.of(base);
        x[4] = Log2.of(compute + 1e-9);
        x[5] = Log2.of(traffic + 1e-9);
        x[6] = Range.clip(Log2.of(kernel.bytes() / machine.cacheBytes() + 1e-9), -6, 3);
        for (int i = 0; i < TILES.length; i++) {
            double tiles = Waves.parts(m, TILES[i][0]) * Waves.parts(n, TILES[i][1]);
            x[7 + 2 * i] = Waves.loss(tiles, machine.units());
            x[8 + 2 * i] = Waves.waves(tiles, machine.units());
        }
        x[PADDING] = paddingCounts ? alignment(product.n()) : 0;
        x[PADDING + 1] = paddingCounts ? alignment(product.k()) : 0;
        x[PADDING + 2] = paddingCounts ? Log2.of(Waves.parts(m, 64) * 64 / m) : 0;
        x[PADDING + 3] = paddingCounts ? Log2.of(Waves.parts(m, 16) * 16 / m) : 0;
        return base;
    }

    /** The power of two that divides a side, from 32 to 256. */
    private static double alignment(long side) {
        return Range.clip(Long.numberOfTrailingZeros(side), 5, 8);
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
