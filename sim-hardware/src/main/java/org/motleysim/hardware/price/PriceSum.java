package org.motleysim.hardware.price;

import org.motleysim.hardware.device.DeviceSpec;

/**
 * Two prices paid together, such as rent and electricity.
 *
 * @param first one of them
 * @param second the other
 */
public record PriceSum(PriceModel first, PriceModel second) implements PriceModel {
    @Override
    public Tariff tariff(DeviceSpec spec) {
        return first.tariff(spec).plus(second.tariff(spec));
    }
}
