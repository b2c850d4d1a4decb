package org.motleysim.hardware.population;

import java.util.Optional;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.FlopRate;

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
 */
public record DeviceClass(
        String name,
        double weight,
        FlopRate speed,
        Bytes memory,
        Bandwidth linkDown,
        Bandwidth linkUp,
        Optional<Energy> battery) {
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

    double value(Attribute attribute) {
        return switch (attribute) {
            case SPEED -> speed.flopsPerSecond();
            case MEMORY -> memory.value();
            case LINK_DOWN -> linkDown.bytesPerSecond();
            case LINK_UP -> linkUp.bytesPerSecond();
            case BATTERY -> battery.map(Energy::joules).orElse(Double.POSITIVE_INFINITY);
        };
    }
}
