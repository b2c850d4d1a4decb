package org.motleysim.hardware.catalog;

import java.util.Optional;

/**
 * One field in which a device differs from that of the same name in a catalogue.
 *
 * @param device the name of both
 * @param field its path, such as {@code "memory.HBM3.capacity"}
 * @param before what the catalogue says; empty when it is blank there
 * @param after what the device says; empty when it is blank now
 */
public record DeviceChange(String device, String field, Optional<String> before, Optional<String> after) {
    @Override
    public String toString() {
        return device + " " + field + ": " + before.orElse("blank") + " -> " + after.orElse("blank");
    }
}
