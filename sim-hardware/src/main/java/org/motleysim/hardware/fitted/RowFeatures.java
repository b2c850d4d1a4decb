package org.motleysim.hardware.fitted;

import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.Shape;

/** Norms, softmax and work per element: traffic, and how rows are divided among the units. */
final class RowFeatures implements Features {
    private static final double LAUNCH_SECONDS = 2e-6;

    private final Machine machine;

    RowFeatures(Machine machine) {
        this.machine = machine;
    }

    @Override
    public int size() {
        return 5;
    }

    @Override
    public double fill(Kernel kernel, double[] x) {
        double rows;
        double columns;
        if (kernel.shape() instanceof Shape.Rows shape) {
            rows = Math.max(1, (double) shape.rows());
            columns = Math.max(1, (double) shape.columns());
        } else {
            rows = Math.max(1, (double) ((Shape.Elements) kernel.shape()).count());
            columns = 1;
        }
        double base = LAUNCH_SECONDS + machine.transferSeconds(kernel.bytes());
        x[0] = Log2.of(rows);
        x[1] = Log2.of(columns);
        x[2] = Log2.of(base);
        x[3] = Waves.waves(rows, machine.units());
        x[4] = Range.clip(Log2.of(kernel.bytes() / machine.cacheBytes() + 1e-9), -6, 3);
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
