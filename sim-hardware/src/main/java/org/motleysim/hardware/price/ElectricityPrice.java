package org.motleysim.hardware.price;

import org.motleysim.hardware.device.DeviceSpec;

/**
 * Electricity: every device pays for what it draws.
 *
 * @param usdPerKilowattHour US dollars per kilowatt-hour, zero or more
 */
public record ElectricityPrice(double usdPerKilowattHour) implements PriceModel {
    /** @throws IllegalArgumentException if the price is negative, infinite or not a number */
    public ElectricityPrice {
        if (!(usdPerKilowattHour >= 0 && usdPerKilowattHour < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "usdPerKilowattHour (" + usdPerKilowattHour + ") must be a finite number, zero or more");
        }
    }

    @Override
    public Tariff tariff(DeviceSpec spec) {
        return new Tariff(0, usdPerKilowattHour / JOULES_PER_KILOWATT_HOUR);
    }
}
