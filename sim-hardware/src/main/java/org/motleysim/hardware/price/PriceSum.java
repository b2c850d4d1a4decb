package org.motleysim.hardware.price;

import java.util.Optional;
import org.motleysim.hardware.device.DeviceSpec;

/**
 * Two prices paid together, such as rent and electricity.
 *
 * @param first one of them
 * @param second the other
 */
public record PriceSum(PriceModel first, PriceModel second) implements PriceModel {
    /** @throws IllegalArgumentException if both are bought on a spot market */
    public PriceSum {
        if (first.market().isPresent() && second.market().isPresent()) {
            throw new IllegalArgumentException("only one price of a sum may be that of a spot market");
        }
    }

    @Override
    public Tariff tariff(DeviceSpec spec) {
        return first.tariff(spec).plus(second.tariff(spec));
    }

    @Override
    public Tariff tariff(DeviceSpec spec, double spotLevel) {
        return first.tariff(spec, spotLevel).plus(second.tariff(spec, spotLevel));
    }

    @Override
    public Optional<SpotMarket> market() {
        return first.market().or(second::market);
    }
}
