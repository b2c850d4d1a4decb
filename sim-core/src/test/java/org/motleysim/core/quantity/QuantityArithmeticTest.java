package org.motleysim.core.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

class QuantityArithmeticTest {
    @Test
    void constructor_impossibleNumber_isRefused() {
        List<DoubleFunction<Object>> amounts = List.of(
                Bandwidth::new,
                Flops::new,
                FlopRate::new,
                Power::new,
                Energy::new,
                Rate::new,
                MoneyRate::new,
                Bytes::rounded);
        for (DoubleFunction<Object> amount : amounts) {
            for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1}) {
                assertThrows(IllegalArgumentException.class, () -> amount.apply(number));
            }
            assertEquals(amount.apply(0.0), amount.apply(-0.0));
        }
        assertThrows(IllegalArgumentException.class, () -> new Money(Double.NaN));
        assertEquals(-1, new Money(-1).usd());
    }

    @Test
    void bytes_overflow_isRefused() {
        Bytes large = Bytes.of(Long.MAX_VALUE);
        assertThrows(IllegalArgumentException.class, () -> large.plus(Bytes.of(1)));
        assertThrows(IllegalArgumentException.class, () -> large.times(2));
        assertThrows(IllegalArgumentException.class, () -> Bytes.tebibytes(1L << 23));
        assertThrows(IllegalArgumentException.class, () -> Bytes.of(1).times(-1));
        assertThrows(IllegalArgumentException.class, () -> Bytes.of(1).minus(Bytes.of(2)));
        assertThrows(IllegalArgumentException.class, () -> Bytes.rounded(0x1p63));
    }

    @Test
    void bytes_arithmetic_isExact() {
        Bytes odd = Bytes.of((1L << 60) + 1); // no double is this number
        assertEquals((1L << 61) + 2, odd.times(2).value());
        assertEquals((1L << 61) + 2, odd.plus(odd).value());
        assertEquals(1, odd.minus(Bytes.of(1L << 60)).value());
    }

    @Test
    void quantities_acrossUnits_byHand() {
        assertEquals(0.1, Bytes.gigabytes(1).secondsAt(Bandwidth.gigabitsPerSecond(80)));
        assertEquals(2, new Flops(4e12).secondsAt(FlopRate.teraflopsPerSecond(2)));
        assertEquals(0, Bytes.ZERO.secondsAt(Bandwidth.ZERO));
        assertEquals(Double.POSITIVE_INFINITY, Bytes.of(1).secondsAt(Bandwidth.ZERO));
        assertEquals(Energy.kilowattHours(1), Power.kilowatts(2).times(Duration.ofMinutes(30)));
        assertEquals(Power.watts(50), Energy.joules(100).dividedBy(Duration.ofSeconds(2)));
        assertEquals(
                1.25, MoneyRate.usdPerHour(2.5).times(Duration.ofMinutes(30)).usd(), 1e-15);
        assertEquals(0.25, Rate.perSecond(4).meanSeconds());
    }

    @Test
    void compareTo_ordersByAmount() {
        assertTrue(Bytes.gigabytes(80).compareTo(Bytes.gibibytes(80)) < 0);
        assertTrue(Bandwidth.gigabytesPerSecond(1).compareTo(Bandwidth.gigabitsPerSecond(1)) > 0);
        assertEquals(0, Power.kilowatts(1).compareTo(Power.watts(1000)));
    }

    @Test
    void minus_belowZero_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Energy.joules(1).minus(Energy.joules(2)));
        assertEquals(Money.usd(-1), Money.usd(1).minus(Money.usd(2)));
        assertThrows(IllegalArgumentException.class, () -> Power.watts(1).dividedBy(0));
    }
}
