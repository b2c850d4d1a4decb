package org.motleysim.hardware.power;

import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.Power;

/**
 * A battery between the grid and a device. While it is plugged in the charger draws its power until the battery is full, and from then on
 * what the device needs; every joule from the grid passes the charger, which loses some:
 *
 * <pre>
 * stored(t) = stored(0) + efficiency * drawn from the grid - drawn by the device,   0 &lt;= stored &lt;= capacity
 * </pre>
 *
 * <p>When it is empty the device is off and draws nothing, until the battery is charged to {@code restartShare}.
 *
 * @param capacity when full, more than zero
 * @param charger power drawn from the grid while charging, more than zero
 * @param efficiency stored per drawn, above 0 and at most 1
 * @param windows when it is plugged in
 * @param initialShare of the capacity at the start, from 0 to 1
 * @param restartShare of the capacity at which a device that went off starts again, above 0 and at most 1
 */
public record Battery(
        Energy capacity,
        Power charger,
        double efficiency,
        ChargeWindows windows,
        double initialShare,
        double restartShare) {
    /** @throws IllegalArgumentException if a number is out of range */
    public Battery {
        if (!(capacity.joules() > 0)) {
            throw new IllegalArgumentException("capacity (" + capacity + ") must be more than zero");
        }
        if (!(charger.watts() > 0)) {
            throw new IllegalArgumentException("charger (" + charger + ") must be more than zero");
        }
        if (!(efficiency > 0 && efficiency <= 1)) {
            throw new IllegalArgumentException("efficiency (" + efficiency + ") must be above 0 and at most 1");
        }
        if (!(initialShare >= 0 && initialShare <= 1)) {
            throw new IllegalArgumentException("initialShare (" + initialShare + ") must be from 0 to 1");
        }
        if (!(restartShare > 0 && restartShare <= 1)) {
            throw new IllegalArgumentException(
                    "restartShare (" + restartShare + ") must be above 0 and at most 1\nMaybe 0.05.");
        }
    }
}
