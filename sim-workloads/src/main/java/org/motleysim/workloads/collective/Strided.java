package org.motleysim.workloads.collective;

import java.time.Duration;
import java.util.Optional;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.strided.StridedBlocks;

/**
 * Buffers that lie in blocks a stride apart, to be brought together before they are sent and put back after.
 *
 * @param block bytes of a block, one or more
 * @param stride from one block to the next, at least a block
 * @param perCopy what a copy takes the host when each block is copied by itself; empty when one kernel packs them
 */
public record Strided(Bytes block, Bytes stride, Optional<Duration> perCopy) {
    /** @throws IllegalArgumentException if a number is out of its range */
    public Strided {
        if (block.value() < 1 || stride.value() < block.value()) {
            throw new IllegalArgumentException(
                    "block (" + block + ") must be one byte or more and stride (" + stride + ") at least a block");
        }
        if (perCopy.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("perCopy (" + perCopy.get() + ") must be zero or more");
        }
    }

    /** Returns how long a device takes to bring so many bytes together, or to put them back. */
    long nanos(Device device, long bytes) {
        StridedBlocks blocks =
                new StridedBlocks((bytes + block.value() - 1) / block.value(), block.value(), stride.value());
        double seconds = perCopy.isPresent()
                ? blocks.copiesSeconds(
                        perCopy.get(), device.spec().memory().get(0).bandwidth())
                : blocks.packSeconds(device::cost);
        return SimTime.nanos(seconds);
    }
}
