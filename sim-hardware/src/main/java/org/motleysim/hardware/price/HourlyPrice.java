package org.motleysim.hardware.price;

import org.motleysim.core.quantity.MoneyRate;
import org.motleysim.hardware.device.DeviceSpec;

/** Rent: each device at the hourly price of its datasheet, busy or not. */
public record HourlyPrice() implements PriceModel {
    @Override
    public Tariff tariff(DeviceSpec spec) {
        MoneyRate price = spec.pricePerHour()
                .orElseThrow(() -> new IllegalArgumentException("device (" + spec.name()
                        + ") has no pricePerHour, which PriceModel.hourly() needs"
                        + "\nMaybe price the cluster with PriceModel.electricity(0.15) or PriceModel.free(), or set the price with"
                        + " DeviceSpec.toBuilder()."));
        return new Tariff(price.usdPerSecond(), 0);
    }
}
