package org.motleysim.hardware.price;

import org.motleysim.core.quantity.MoneyRate;
import org.motleysim.hardware.device.DeviceSpec;

/** The price models of this package; records, so that equal descriptions are equal. */
final class Prices {
    private Prices() {}

    record Hourly() implements PriceModel {
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

    record PerJoule(double usdPerJoule) implements PriceModel {
        PerJoule {
            if (!(usdPerJoule >= 0 && usdPerJoule < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "usdPerJoule (" + usdPerJoule + ") must be a finite number, zero or more");
            }
        }

        @Override
        public Tariff tariff(DeviceSpec spec) {
            return new Tariff(0, usdPerJoule);
        }
    }

    record Sum(PriceModel first, PriceModel second) implements PriceModel {
        @Override
        public Tariff tariff(DeviceSpec spec) {
            return first.tariff(spec).plus(second.tariff(spec));
        }
    }
}
