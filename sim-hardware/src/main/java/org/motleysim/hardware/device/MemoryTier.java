package org.motleysim.hardware.device;

import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;

/**
 * One level of a device's memory.
 *
 * @param name such as {@code "HBM3"}
 * @param capacity bytes a program can address, more than zero
 * @param bandwidth the vendor's peak, more than zero
 */
public record MemoryTier(String name, Bytes capacity, Bandwidth bandwidth) {
    /** @throws IllegalArgumentException if the name is blank, or capacity or bandwidth is zero */
    public MemoryTier {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a memory tier (\"" + name + "\") must not be blank");
        }
        if (capacity.value() == 0) {
            throw new IllegalArgumentException(
                    "capacity of memory " + name + " (" + capacity + ") must be more than zero");
        }
        if (bandwidth.bytesPerSecond() == 0) {
            throw new IllegalArgumentException(
                    "bandwidth of memory " + name + " (" + bandwidth + ") must be more than zero");
        }
    }
}
