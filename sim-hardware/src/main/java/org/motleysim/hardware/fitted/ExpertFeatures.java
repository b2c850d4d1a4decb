package org.motleysim.hardware.fitted;

import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.Shape;

/**
 * The routed experts of a layer as one fused kernel. Each expert that any token chose is read, and its rows are padded to whole tiles, so
 * that few tokens cost as much as a tile of them.
 */
final class ExpertFeatures implements Features {
    private static final double LAUNCH_SECONDS = 2e-5;

    private final Machine machine;

    ExpertFeatures(Machine machine) {
        this.machine = machine;
    }

    @Override
    public int size() {
        return 13;
    }

    @Override
    public double fill(Kernel kernel, double[] x) {
        Shape.Experts shape = (Shape.Experts) kernel.shape();
        double compute = computeSeconds(kernel);
        double traffic = machine.transferSeconds(kernel.bytes());
        double base = LAUNCH_SECONDS + Math.max(compute, traffic);
        double tokens = Math.max(1, (double) shape.tokens());
        double experts = Math.max(1, (double) shape.experts());
        // Flops say how many pairs of token and expert arrive here; the shape's tokens may go to other devices too.
        double pairs = Math.max(
                1,
                kernel.flops()
                        / Math.max(1, 6.0 * (double) shape.hidden() * Math.max(1, (double) shape.intermediate())));
        double visited = Math.min(experts, pairs);
        double rows = pairs / visited;
        double tiles = visited * Waves.parts(rows, 64) * Waves.parts((double) shape.intermediate(), 128);
        x[0] = Log2.of(tokens);
        x[1] = Log2.of(Math.max(1, (double) shape.hidden()));
        x[2] = Log2.of(Math.max(1, (double) shape.intermediate()));
        x[3] = Log2.of(Math.max(1, (double) shape.chosen()));
        x[4] = Log2.of(experts);
        x[5] = Log2.of(rows);
        x[6] = Log2.of(base);
        x[7] = Log2.of(compute + 1e-9);
        x[8] = Log2.of(traffic + 1e-9);
        x[9] = shape.skew();
        x[10] = Waves.waves(tiles, machine.units());
        x[11] = Waves.loss(tiles, machine.units());
        x[12] = Range.clip(Log2.of(kernel.bytes() / machine.cacheBytes() + 1e-9), -6, 3);
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
