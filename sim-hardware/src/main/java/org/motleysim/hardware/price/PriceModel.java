package org.motleysim.hardware.price;

import java.util.Optional;
import org.motleysim.hardware.device.DeviceSpec;

/**
 * What devices cost. Stateless.
 *
 * <pre>{@code
 * PriceModel owned = PriceModel.electricity(0.15);              // your own machines
 * PriceModel both = PriceModel.hourly().plus(PriceModel.electricity(0.15));
 * PriceModel flat = spec -> new Tariff(0.50 / 3600, 0);         // your own model
 * }</pre>
 */
@FunctionalInterface
public interface PriceModel {
    /** Joules in a kilowatt-hour. */
    double JOULES_PER_KILOWATT_HOUR = 3.6e6;

    /**
     * Returns the tariff of a device.
     *
     * @throws IllegalArgumentException if the datasheet lacks a number this model needs, naming it
     */
    Tariff tariff(DeviceSpec spec);

    /**
     * Returns the tariff of a device while spot capacity costs that share of the price on demand; 0 while it is taken away. The same as
     * {@link #tariff(DeviceSpec)} for whatever is not bought on a spot market.
     */
    default Tariff tariff(DeviceSpec spec, double spotLevel) {
        return tariff(spec);
    }

    /** Returns the spot market that devices are bought on, if they are. */
    default Optional<SpotMarket> market() {
        return Optional.empty();
    }

    /**
     * Returns the sum of this model and another.
     *
     * @throws IllegalArgumentException if both are bought on a spot market
     */
    default PriceModel plus(PriceModel other) {
        return new PriceSum(this, other);
    }

    /** Returns rent: each device at the hourly price of its datasheet, busy or not. This is the default of a cluster. */
    static PriceModel hourly() {
        return new HourlyPrice();
    }

    /**
     * Returns electricity at a price per kilowatt-hour of what the device draws.
     *
     * @throws IllegalArgumentException if the price is negative, infinite or not a number
     */
    static PriceModel electricity(double usdPerKilowattHour) {
        return new ElectricityPrice(usdPerKilowattHour);
    }

    /**
     * Returns electricity for computers in a building that needs some itself.
     *
     * @param pue energy of the building per energy of its computers, at least 1
     * @throws IllegalArgumentException if a number is out of its range
     */
    static PriceModel electricity(double usdPerKilowattHour, double pue) {
        return new ElectricityPrice(usdPerKilowattHour, pue);
    }

    /** Returns rent on a spot market: a share of the hourly price that moves, and devices that may be taken away. */
    static PriceModel spot(SpotMarket market) {
        return new SpotPrice(market);
    }

    /** Returns a model in which nothing costs anything. */
    static PriceModel free() {
        return new ElectricityPrice(0);
    }
}
