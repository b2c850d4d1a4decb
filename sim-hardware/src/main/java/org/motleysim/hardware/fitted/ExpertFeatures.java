package org.motleysim.hardware.fitted;

import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.Shape;

/**
 * The routed experts of a layer as one fused kernel. Each expert that any token chose is read, and its rows are padded to whole tiles, so
 * that few tokens cost as much as a tile of them. Gating, activation and the sum over experts pass over every pair of token and expert,
 * those of other devices' experts too.
 */
final class ExpertFeatures implements Features {
    private static final double LAUNCH_SECONDS = 2e-5;
    private static final double PADDING = 16;

    /** Bytes of the formats between the two products. */
    private static final double BETWEEN_BYTES = 2;

    /** Share of the pairs' traffic that is not hidden behind the products. */
    private static final double EXPOSED = 0.7;

    private final Machine machine;

    ExpertFeatures(Machine machine) {
        this.machine = machine;
    }

    @Override
    public int size() {
        return 18;
    }

    @Override
    public double fill(Kernel kernel, double[] x) {
        Shape.Experts shape = (Shape.Experts) kernel.shape();
        double compute = computeSeconds(kernel);
        double traffic = machine.transferSeconds(kernel.bytes());
        double tokens = Math.max(1, (double) shape.tokens());
        double experts = Math.max(1, (double) shape.experts());
        double hidden = Math.max(1, (double) shape.hidden());
        double intermediate = Math.max(1, (double) shape.intermediate());
        double all = tokens * Math.max(1, (double) shape.chosen());
        // Flops say how many pairs of token and expert arrive here; the shape's tokens may go to other devices too.
        double pairs = Math.max(1, kernel.flops() / (6 * hidden * intermediate));
        double visited = Math.min(experts, pairs);
        double rows = pairs / visited;
        double padded = visited * Waves.parts(rows, PADDING) * PADDING;
        double passes = machine.transferSeconds(all * BETWEEN_BYTES * (2 * hidden + 6 * intermediate));
        double base = LAUNCH_SECONDS + Math.max(compute * padded / pairs, traffic) + EXPOSED * passes;
        double tileRows = rows <= 16 ? 16 : rows <= 64 ? 64 : 128;
        double tiles = visited * Waves.parts(rows, tileRows);
        double up = tiles * Waves.parts(2 * intermediate, 128);
        x[0] = Log2.of(tokens);
        x[1] = Log2.of(hidden);
        x[2] = Log2.of(intermediate);
        x[3] = Log2.of(Math.max(1, (double) shape.chosen()));
        x[4] = Log2.of(experts);
        x[5] = Log2.of(rows);
        x[6] = Log2.of(base);
        x[7] = Log2.of(compute + 1e-9);
        x[8] = Log2.of(traffic + 1e-9);
        x[9] = shape.skew();
        x[10] = Waves.waves(up, machine.units());
        x[11] = Waves.loss(up, machine.units());
        x[12] = Range.clip(Log2.of(kernel.bytes() / machine.cacheBytes() + 1e-9), -6, 3);
        x[13] = Log2.of(all / pairs);
        x[14] = Log2.of(Waves.parts(intermediate, 64) * 64 / intermediate);
        x[15] = Waves.waves(tiles * Waves.parts(hidden, 128), machine.units());
        x[16] = Log2.of(passes + 1e-9);
        // Rows that are no multiple of 16 elements cannot be read by wide loads.
        x[17] = intermediate % 16 == 0 ? 0 : 1;
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
