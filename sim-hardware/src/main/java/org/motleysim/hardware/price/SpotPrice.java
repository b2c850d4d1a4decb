package org.motleysim.hardware.price;

import java.util.Optional;
import org.motleysim.hardware.device.DeviceSpec;

/**
 * Rent at the price of a spot market, which moves; a device that was taken away costs nothing until it is back.
 *
 * @param spot the market
 */
public record SpotPrice(SpotMarket spot) implements PriceModel {
    @Override
    public Tariff tariff(DeviceSpec spec) {
        return tariff(spec, spot.level().typical());
    }

    @Override
    public Tariff tariff(DeviceSpec spec, double spotLevel) {
        return new Tariff(new HourlyPrice().tariff(spec).usdPerSecond() * spotLevel, 0);
    }

    @Override
    public Optional<SpotMarket> market() {
        return Optional.of(spot);
    }
}
