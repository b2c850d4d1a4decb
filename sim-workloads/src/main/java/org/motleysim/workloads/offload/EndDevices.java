package org.motleysim.workloads.offload;

import java.util.Optional;
import org.motleysim.core.quantity.Energy;
import org.motleysim.hardware.radio.RadioPower;

/**
 * Devices of one kind.
 *
 * @param name for reports, one of a kind
 * @param count one or more
 * @param processor that tasks run on when they stay; absent for sensors, which cannot compute
 * @param radio what its radio draws
 * @param battery full at the start, and not charged; absent for mains
 * @param mobility how it changes from site to site
 */
public record EndDevices(
        String name,
        int count,
        Optional<Processor> processor,
        RadioPower radio,
        Optional<Energy> battery,
        Mobility mobility) {
    /** @throws IllegalArgumentException if there is no device, or a battery is empty */
    public EndDevices {
        if (count < 1) {
            throw new IllegalArgumentException("count (" + count + ") of " + name + " must be 1 or more");
        }
        if (battery.isPresent() && !(battery.get().joules() > 0)) {
            throw new IllegalArgumentException("battery (" + battery.get() + ") of " + name + " must hold something");
        }
    }

    /** Returns devices on the mains that stay where they are. */
    public static EndDevices of(String name, int count, Processor processor, RadioPower radio) {
        return new EndDevices(name, count, Optional.of(processor), radio, Optional.empty(), Mobility.none());
    }

    /** Returns the same devices with a battery. */
    public EndDevices battery(Energy full) {
        return new EndDevices(name, count, processor, radio, Optional.of(full), mobility);
    }

    /** Returns the same devices on the move. */
    public EndDevices moving(Mobility other) {
        return new EndDevices(name, count, processor, radio, battery, other);
    }
}
