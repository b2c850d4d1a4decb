package org.motleysim.hardware.fitted;

import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.Shape;

/**
 * An all-reduce in one node. The estimate is a ring's: 2 (p - 1) / p of the message on the link, 2 (p - 1) hops. Devices
 * without links to each other go through the host: two find the way free, more share it. Libraries change algorithm and protocol with
 * size; the correction learns where.
 */
final class MessageFeatures implements Features {
    private static final double LAUNCH_SECONDS = 8e-6;

    private final Machine machine;

    MessageFeatures(Machine machine) {
        this.machine = machine;
    }

    @Override
    public int size() {
        return 4;
    }

    @Override
    public double fill(Kernel kernel, double[] x) {
        Shape.Message message = (Shape.Message) kernel.shape();
        double ranks = message.ranks();
        double base = LAUNCH_SECONDS + trafficSeconds(kernel);
        x[0] = Log2.of(Math.max(1, message.bytes()));
        x[1] = Log2.of(ranks);
        x[2] = Log2.of(base);
        x[3] = Log2.of(Math.max(1, message.bytes() / ranks));
        return base;
    }

    @Override
    public double computeSeconds(Kernel kernel) {
        return 0;
    }

    @Override
    public double trafficSeconds(Kernel kernel) {
        int ranks = ((Shape.Message) kernel.shape()).ranks();
        double sharing = machine.linkIsShared() ? Math.max(1, ranks / 2.0) : 1;
        return sharing * kernel.bytes() / machine.linkBytesPerSecond() + 2 * (ranks - 1) * machine.hopSeconds();
    }
}
