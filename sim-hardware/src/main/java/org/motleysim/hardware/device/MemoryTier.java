package org.motleysim.hardware.device;

import java.util.Optional;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;

/**
 * One level of a device's memory. What the datasheet leaves blank is empty here, and asking for it with {@link #capacity()} or
 * {@link #bandwidth()} is an error that names the blank.
 *
 * @param name such as {@code "HBM3"}
 * @param knownCapacity bytes a program can address, more than zero; empty when not published
 * @param knownBandwidth the vendor's peak, more than zero; empty when not published
 */
public record MemoryTier(String name, Optional<Bytes> knownCapacity, Optional<Bandwidth> knownBandwidth) {
    /** @throws IllegalArgumentException if the name is blank, or capacity or bandwidth is zero */
    public MemoryTier {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a memory tier (\"" + name + "\") must not be blank");
        }
        if (knownCapacity.isPresent() && knownCapacity.get().value() == 0) {
            throw new IllegalArgumentException("capacity of memory " + name + " (" + knownCapacity.get()
                    + ") must be more than zero\nMaybe leave it out: what is not known stays blank.");
        }
        if (knownBandwidth.isPresent() && knownBandwidth.get().bytesPerSecond() == 0) {
            throw new IllegalArgumentException("bandwidth of memory " + name + " (" + knownBandwidth.get()
                    + ") must be more than zero\nMaybe leave it out: what is not known stays blank.");
        }
    }

    /** A tier of which both numbers are known. */
    public MemoryTier(String name, Bytes capacity, Bandwidth bandwidth) {
        this(name, Optional.of(capacity), Optional.of(bandwidth));
    }

    /**
     * Returns the bytes a program can address.
     *
     * @throws IllegalArgumentException if the datasheet does not say; {@link DeviceSpec#memoryCapacity()} also names the device
     */
    public Bytes capacity() {
        return knownCapacity.orElseThrow(() -> blank("capacity"));
    }

    /**
     * Returns the vendor's peak.
     *
     * @throws IllegalArgumentException if the datasheet does not say; {@link DeviceSpec#memoryBandwidth()} also names the device
     */
    public Bandwidth bandwidth() {
        return knownBandwidth.orElseThrow(() -> blank("bandwidth"));
    }

    private IllegalArgumentException blank(String what) {
        return new IllegalArgumentException(
                "memory (" + name + ") has no " + what + "\nMaybe add it in your own device file.");
    }
}
