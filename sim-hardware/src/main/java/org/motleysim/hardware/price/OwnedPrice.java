package org.motleysim.hardware.price;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.motleysim.hardware.device.DeviceSpec;

/**
 * Devices that were bought: the purchase is paid over its life, and running it costs a share of its price a year. Add
 * {@link PriceModel#electricity} for what it draws.
 *
 * @param usd purchase price by name of the device
 * @param financing how it is paid
 * @param operatingSharePerYear maintenance, space and staff a year as a share of the price, zero or more
 */
public record OwnedPrice(Map<String, Double> usd, Financing financing, double operatingSharePerYear)
        implements PriceModel {
    /** @throws IllegalArgumentException if a price is negative, infinite or not a number */
    public OwnedPrice {
        usd = Collections.unmodifiableMap(new LinkedHashMap<>(usd));
        usd.forEach((device, price) -> Check.notNegative("price of " + device, price));
        Check.notNegative("operatingSharePerYear", operatingSharePerYear);
    }

    @Override
    public Tariff tariff(DeviceSpec spec) {
        Double price = usd.get(spec.name());
        if (price == null) {
            throw new IllegalArgumentException("device (" + spec.name() + ") must have a purchase price; there are "
                    + usd.keySet() + "\nMaybe add its price in dollars under its name.");
        }
        double operating = price * operatingSharePerYear / (Financing.HOURS_PER_YEAR * 3_600);
        return new Tariff(financing.perSecond(price) + operating, 0);
    }
}
