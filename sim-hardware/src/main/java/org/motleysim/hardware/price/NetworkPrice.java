package org.motleysim.hardware.price;

import org.motleysim.hardware.device.DeviceSpec;

/**
 * A network that was bought: each device pays for the share of its endpoints.
 *
 * @param bill the parts
 * @param prices what they cost
 * @param endpointsPerDevice ports that a device takes, above zero; less than 1 where devices share one
 * @param financing how it is paid
 */
public record NetworkPrice(NetworkBill bill, NetworkBill.Prices prices, double endpointsPerDevice, Financing financing)
        implements PriceModel {
    /** @throws IllegalArgumentException if a device takes no ports, or more than there are */
    public NetworkPrice {
        if (!(endpointsPerDevice > 0 && endpointsPerDevice <= bill.endpoints())) {
            throw new IllegalArgumentException("endpointsPerDevice (" + endpointsPerDevice
                    + ") must be above zero and at most the endpoints (" + bill.endpoints() + ")");
        }
    }

    @Override
    public Tariff tariff(DeviceSpec spec) {
        return new Tariff(financing.perSecond(bill.usd(prices) * endpointsPerDevice / bill.endpoints()), 0);
    }
}
