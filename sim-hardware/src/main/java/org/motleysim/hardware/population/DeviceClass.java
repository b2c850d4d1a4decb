package org.motleysim.hardware.population;

import java.util.Optional;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;

/**
 * One kind of device in a population.
 *
 * @param name for people, unique among the classes
 * @param weight how common it is, relative to the others; above zero
 * @param speed compute rate
 * @param memory memory
 * @param linkDown what it receives
 * @param linkUp what it sends
 * @param battery energy of a full battery; none at the mains
 * @param memoryBandwidth bandwidth of the memory, where it matters
 * @param busyPower power at full work, where it matters
 */
public record DeviceClass(
        String name,
        double weight,
        FlopRate speed,
        Bytes memory,
        Bandwidth linkDown,
        Bandwidth linkUp,
        Optional<Energy> battery,
        Optional<Bandwidth> memoryBandwidth,
        Optional<Power> busyPower) {
    /** @throws IllegalArgumentException if the name is blank or the weight not above zero */
    public DeviceClass {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a device class (\"" + name + "\") must not be blank");
        }
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight (" + weight + ") of device class " + name
                    + " must be a finite number above zero\nMaybe leave out a class that nobody has.");
        }
    }

    /** A class of which the bandwidth of the memory and the power do not matter. */
    public DeviceClass(
            String name,
            double weight,
            FlopRate speed,
            Bytes memory,
            Bandwidth linkDown,
            Bandwidth linkUp,
            Optional<Energy> battery) {
        this(name, weight, speed, memory, linkDown, linkUp, battery, Optional.empty(), Optional.empty());
    }

    double value(Attribute attribute) {
        return switch (attribute) {
            case SPEED -> speed.flopsPerSecond();
            case MEMORY -> memory.value();
            case LINK_DOWN -> linkDown.bytesPerSecond();
            case LINK_UP -> linkUp.bytesPerSecond();
            case BATTERY -> battery.map(Energy::joules).orElse(attribute.absent());
            case MEMORY_BANDWIDTH ->
                memoryBandwidth.map(Bandwidth::bytesPerSecond).orElse(attribute.absent());
            case BUSY_POWER -> busyPower.map(Power::watts).orElse(attribute.absent());
        };
    }
}
