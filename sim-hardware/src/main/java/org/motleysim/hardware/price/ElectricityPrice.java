package org.motleysim.hardware.price;

import org.motleysim.hardware.device.DeviceSpec;

/**
 * Electricity: every device pays for what it draws, and for what the building draws on top.
 *
 * @param usdPerKilowattHour US dollars per kilowatt-hour, zero or more
 * @param pue power usage effectiveness: energy of the whole building per energy of its computers, at least 1
 */
public record ElectricityPrice(double usdPerKilowattHour, double pue) implements PriceModel {
    /** @throws IllegalArgumentException if the price is negative, infinite or not a number, or the PUE below 1 */
    public ElectricityPrice {
        Check.notNegative("usdPerKilowattHour", usdPerKilowattHour);
        if (!(pue >= 1 && pue < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("pue (" + pue + ") must be at least 1"
                    + "\nMaybe 1.2: the energy of the building per energy of its computers.");
        }
    }

    /** Electricity at the plug of the device, without the building. */
    public ElectricityPrice(double usdPerKilowattHour) {
        this(usdPerKilowattHour, 1);
    }

    @Override
    public Tariff tariff(DeviceSpec spec) {
        return new Tariff(0, usdPerKilowattHour * pue / JOULES_PER_KILOWATT_HOUR);
    }
}
