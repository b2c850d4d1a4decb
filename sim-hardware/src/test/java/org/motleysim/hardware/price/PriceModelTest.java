package org.motleysim.hardware.price;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.MoneyRate;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;

class PriceModelTest {
    private static final DeviceSpec RENTED = DeviceSpec.builder("rented", DeviceKind.GPU)
            .pricePerHour(MoneyRate.usdPerHour(3.60))
            .build();
    private static final DeviceSpec OWNED =
            DeviceSpec.builder("owned", DeviceKind.GPU).build();

    @Test
    void usd_anHourAtAKilowatt_isRentPlusOneKilowattHour() {
        assertEquals(3.60, PriceModel.hourly().tariff(RENTED).usd(3600, 3.6e6), 1e-12);
        assertEquals(0.15, PriceModel.electricity(0.15).tariff(OWNED).usd(3600, 3.6e6), 1e-12);
        assertEquals(
                3.75,
                PriceModel.hourly()
                        .plus(PriceModel.electricity(0.15))
                        .tariff(RENTED)
                        .usd(3600, 3.6e6),
                1e-12);
        assertEquals(0, PriceModel.free().tariff(OWNED).usd(3600, 3.6e6));
    }

    @Test
    void hourly_withoutPrice_saysWhichDeviceAndWhatToDo() {
        var error = assertThrows(
                IllegalArgumentException.class, () -> PriceModel.hourly().tariff(OWNED));

        String message = String.valueOf(error.getMessage());
        assertTrue(message.startsWith("device (owned) has no pricePerHour"), message);
        assertTrue(message.contains("Maybe"), message);
    }

    @Test
    void models_ofEqualNumbers_areEqual() {
        assertEquals(PriceModel.hourly(), PriceModel.hourly());
        assertEquals(
                PriceModel.hourly().plus(PriceModel.electricity(0.1)),
                PriceModel.hourly().plus(PriceModel.electricity(0.1)));
        assertThrows(IllegalArgumentException.class, () -> PriceModel.electricity(-1));
    }
}
