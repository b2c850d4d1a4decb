package org.motleysim.workloads.federated.population;

import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.power.ChargeWindows;

/**
 * How clients' batteries are charged and used. The energy of a full battery is an attribute of the device
 * ({@link org.motleysim.hardware.population.Attribute#BATTERY}); a device that has none is at the mains. The law of charging is that of
 * {@link org.motleysim.hardware.power.Battery}.
 *
 * @param charger power drawn from the grid while charging, more than zero
 * @param efficiency stored per drawn, above 0 and at most 1
 * @param windows when a client is plugged in, by its own clock
 * @param initialShare of the full battery at the start, each client drawing its own; cut to 0 and 1
 * @param minimumShare below which a client is not asked, from 0 to 1
 * @param standby power that the device draws all the time for other things
 */
public record ClientBattery(
        Power charger,
        double efficiency,
        ChargeWindows windows,
        Distribution initialShare,
        double minimumShare,
        Power standby) {
    /** @throws IllegalArgumentException if a number is out of range */
    public ClientBattery {
        if (!(charger.watts() > 0)) {
            throw new IllegalArgumentException("charger (" + charger + ") must be more than zero");
        }
        if (!(efficiency > 0 && efficiency <= 1)) {
            throw new IllegalArgumentException("efficiency (" + efficiency + ") must be above 0 and at most 1");
        }
        if (!(minimumShare >= 0 && minimumShare <= 1)) {
            throw new IllegalArgumentException("minimumShare (" + minimumShare + ") must be from 0 to 1");
        }
    }

    /** Returns full batteries that are never charged, used to the end, with nothing else drawn from them. */
    public static ClientBattery full() {
        return new ClientBattery(Power.watts(5), 1, ChargeWindows.never(), Distribution.constant(1), 0, Power.ZERO);
    }
}
