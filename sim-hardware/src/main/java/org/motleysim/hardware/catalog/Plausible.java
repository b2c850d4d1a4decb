package org.motleysim.hardware.catalog;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Durations;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.MoneyRate;
import org.motleysim.core.quantity.Power;

/**
 * Parsers of the numbers of a device file that refuse what no device is near. Each limit leaves the largest known machine room of a factor
 * of ten (a rack of 72 GPUs sold as one: 1.4 EFLOP/s, 130 kW; the Cerebras WSE-3: 21 PB/s), so that only a wrong unit meets it.
 */
final class Plausible {
    private static final double MOST_FLOPS_PER_SECOND = 2e19;
    private static final double MOST_WATTS = 2e6;
    private static final double MOST_BYTES_PER_SECOND = 1e18;
    private static final long MOST_BYTES = 10_000_000_000_000_000L;
    private static final double MOST_USD_PER_HOUR = 10_000;
    private static final Duration MOST_LATENCY = Duration.ofSeconds(10);

    private static final Pattern BITS =
            Pattern.compile("\\s*([0-9.]+(?:[eE][+-]?[0-9]{1,3})?)\\s*([kMGTPE]i?)?(?:bits?|b)\\s*");

    private Plausible() {}

    static FlopRate rate(String text) {
        FlopRate rate = FlopRate.parse(text);
        check(
                "rate",
                text,
                rate.flopsPerSecond() <= MOST_FLOPS_PER_SECOND,
                new FlopRate(MOST_FLOPS_PER_SECOND),
                new FlopRate(rate.flopsPerSecond() / 1000));
        return rate;
    }

    static Power power(String text) {
        Power power = Power.parse(text);
        check("power", text, power.watts() <= MOST_WATTS, Power.watts(MOST_WATTS), Power.watts(power.watts() / 1000));
        return power;
    }

    static MoneyRate price(String text) {
        MoneyRate price = MoneyRate.parse(text);
        check(
                "price",
                text,
                price.usdPerHour() <= MOST_USD_PER_HOUR,
                MoneyRate.usdPerHour(MOST_USD_PER_HOUR),
                MoneyRate.usdPerHour(price.usdPerHour() / 1000));
        return price;
    }

    static Bandwidth bandwidth(String text) {
        Bandwidth bandwidth = Bandwidth.parse(text);
        check(
                "bandwidth",
                text,
                bandwidth.bytesPerSecond() <= MOST_BYTES_PER_SECOND,
                Bandwidth.of(MOST_BYTES_PER_SECOND),
                bandwidth.dividedBy(1000.0));
        return bandwidth;
    }

    static Bytes bytes(String text) {
        Matcher bits = BITS.matcher(text);
        if (bits.matches()) {
            String prefix = bits.group(2) == null ? "" : bits.group(2);
            String eighth = new BigDecimal(bits.group(1))
                    .divide(new BigDecimal(8))
                    .stripTrailingZeros()
                    .toPlainString();
            throw new IllegalArgumentException("bytes (\"" + text + "\") must be in bytes, and are in bits\nMaybe \""
                    + eighth + " " + prefix + "B\": 8 bits are a byte.");
        }
        Bytes bytes = Bytes.parse(text);
        check("bytes", text, bytes.value() <= MOST_BYTES, Bytes.of(MOST_BYTES), Bytes.of(bytes.value() / 1000));
        return bytes;
    }

    static Duration latency(String text) {
        Duration latency = Durations.parse(text);
        check(
                "latency",
                text,
                latency.compareTo(MOST_LATENCY) <= 0,
                Durations.format(MOST_LATENCY),
                Durations.format(latency.dividedBy(1000)));
        return latency;
    }

    static int count(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("count (\"" + text + "\") must be a whole number", e);
        }
    }

    private static void check(String what, String text, boolean plausible, Object most, Object smaller) {
        if (!plausible) {
            throw new IllegalArgumentException(what + " (\"" + text + "\") must be at most " + most + "\nMaybe \""
                    + smaller + "\": the unit may be a thousand times too large.");
        }
    }
}
