package org.motleysim.hardware.fitted;

import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;

/**
 * How unlike two devices are: the sum of the differences, in powers of two, of arithmetic per byte of bandwidth, of arithmetic and of cache
 * per multiprocessor. Devices of one generation are near whatever their number of multiprocessors.
 */
final class Likeness {
    /** Beyond this, a device says too little about another. */
    static final double NEAR = 1.5;

    private Likeness() {}

    static double distance(DeviceSpec one, DeviceSpec other) {
        if (one.kind() != other.kind()
                || !Machine.describes(one, NumberFormat.BF16)
                || !Machine.describes(other, NumberFormat.BF16)) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            sum += Math.abs(Log2.of(trait(one, i)) - Log2.of(trait(other, i)));
        }
        return sum;
    }

    private static double trait(DeviceSpec spec, int which) {
        Machine machine = Machine.of(spec, NumberFormat.BF16, Physics.USUAL);
        return switch (which) {
            case 0 -> machine.flopsPerSecond() / machine.bytesPerSecond();
            case 1 -> machine.flopsPerSecond() / machine.units();
            default -> machine.cacheBytes() / machine.units();
        };
    }
}
