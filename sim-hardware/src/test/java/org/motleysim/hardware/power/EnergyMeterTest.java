package org.motleysim.hardware.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnergyMeterTest {
    @Test
    void joules_piecewiseConstantPower_isTheIntegral() {
        EnergyMeter meter = new EnergyMeter(0, 100);
        meter.set(2_000_000_000L, 300);
        meter.set(2_500_000_000L, 0);

        // 100 W x 2 s + 300 W x 0.5 s + 0 W x 1.5 s
        assertEquals(350, meter.joules(4_000_000_000L));
        assertEquals(300, meter.peakWatts());
    }

    @Test
    void joules_aMillionChanges_staysExact() {
        long seed = 7;
        Random random = new Random(seed);
        EnergyMeter meter = new EnergyMeter(0, 0);
        BigDecimal exact = BigDecimal.ZERO;
        long now = 0;
        double watts = 0;
        for (int i = 0; i < 1_000_000; i++) {
            long step = random.nextInt(1_000_000);
            exact = exact.add(new BigDecimal(watts).multiply(BigDecimal.valueOf(step)));
            now += step;
            watts = random.nextDouble() * 700;
            meter.set(now, watts);
        }

        double expected = exact.doubleValue() / 1e9;
        assertEquals(expected, meter.joules(now), 1e-14 * expected, "seed " + seed);
    }

    @Test
    void set_badTimeOrPower_isRefused() {
        EnergyMeter meter = new EnergyMeter(10, 1);

        assertThrows(IllegalArgumentException.class, () -> meter.set(9, 1));
        assertThrows(IllegalArgumentException.class, () -> meter.set(11, -1));
        assertThrows(IllegalArgumentException.class, () -> meter.set(12, Double.NaN));
    }
}
