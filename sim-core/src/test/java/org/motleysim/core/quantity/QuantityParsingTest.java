package org.motleysim.core.quantity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityParsingTest {
    @Test
    void parse_eachQuantity_readsItsUnits() {
        assertEquals(12.5e9, Bandwidth.parse("100 Gbit/s").bytesPerSecond());
        assertEquals(3.35e12, Bandwidth.parse("3.35 TB/s").bytesPerSecond());
        assertEquals(1024.0 * 1024, Bandwidth.parse("1 MiB/s").bytesPerSecond());
        assertEquals(85_899_345_920L, Bytes.parse("80 GiB").value());
        assertEquals(80_000_000_000L, Bytes.parse("80GB").value());
        assertEquals(989e12, FlopRate.parse("989 TFLOP/s").flopsPerSecond());
        assertEquals(3.8e24, Flops.parse("3.8 YFLOP").value(), Math.ulp(3.8e24));
        assertEquals(700, Power.parse("700 W").watts());
        assertEquals(0.0125, Power.parse("12.5 mW").watts());
        assertEquals(3.6e6, Energy.parse("1 kWh").joules());
        assertEquals(4e-12, Energy.parse("4 pJ").joules());
        assertEquals(12, Rate.parse("12 /s").perSecond());
        assertEquals(0.5, Rate.parse("30/min").perSecond());
        assertEquals(2.5 / 3600, MoneyRate.parse("2.5 USD/h").usdPerSecond());
        assertEquals(-3, Money.parse("-3 USD").usd());
    }

    @Test
    void parse_durations_areExact() {
        assertEquals(Duration.ofMillis(500), Durations.parse("500 ms"));
        assertEquals(Duration.ofMinutes(30), Durations.parse("30 min"));
        assertEquals(Duration.ofNanos(10_000), Durations.parse("10 us"));
        assertEquals(Duration.ofNanos(10_000), Durations.parse("10 \u00b5s"));
        assertEquals(Duration.ofNanos(100_000_001), Durations.parse("0.100000001 s"));
        assertEquals(Duration.ofHours(36), Durations.parse("1.5 d"));
    }

    @Test
    void parse_andFactory_agreeToTheLastBit() {
        for (double number : new double[] {1, 3.35, 0.1, 100, 25.6, 1.0 / 3}) {
            assertEquals(Bandwidth.gigabitsPerSecond(number), Bandwidth.parse(number + " Gbit/s"));
            assertEquals(Bandwidth.terabytesPerSecond(number), Bandwidth.parse(number + " TB/s"));
            assertEquals(FlopRate.teraflopsPerSecond(number), FlopRate.parse(number + " TFLOP/s"));
            assertEquals(MoneyRate.usdPerHour(number), MoneyRate.parse(number + " USD/h"));
            assertEquals(Energy.picojoules(number), Energy.parse(number + " pJ"));
        }
    }

    @Test
    void parse_bareNumber_saysThatAUnitIsDue() {
        String message = refusal(() -> Bytes.parse("80"));
        assertTrue(message.startsWith("bytes (\"80\") needs a unit; allowed units: B, kB, MB"), message);
        assertTrue(message.endsWith("\nMaybe \"80 GiB\"."), message);
    }

    @Test
    void parse_unknownUnit_namesTheNearestOne() {
        assertSuggests("100 Gbit/s", Bandwidth::parse, "100 Gb/s");
        assertSuggests("100 Gbit/s", Bandwidth::parse, "100 Gbps");
        assertSuggests("100 GB/s", Bandwidth::parse, "100 GBps");
        assertSuggests("100 GB/s", Bandwidth::parse, "100 GB");
        assertSuggests("80 GiB", Bytes::parse, "80 Gib");
        assertSuggests("80 GB", Bytes::parse, "80 gb");
        assertSuggests("5 min", Durations::parse, "5 mins");
        assertSuggests("5 ms", Durations::parse, "5 msec");
        assertSuggests("2 USD/h", MoneyRate::parse, "2 $/h");
        assertSuggests("989 TFLOP/s", FlopRate::parse, "989 TFLOPS");
    }

    private static void assertSuggests(String suggestion, Function<String, Object> parse, String text) {
        String message = refusal(() -> parse.apply(text));
        assertTrue(message.contains("(\"" + text + "\")"), message);
        assertTrue(message.endsWith("\nMaybe \"" + suggestion + "\"."), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "GB",
                "NaN GB",
                "Infinity GB",
                "1e GB",
                "1.2.3 GB",
                "0x10 GB",
                "1,000 GB",
                "- 5 GB",
                "\u0661 GB"
            })
    void parse_noNumber_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Bytes.parse(text));
        assertThrows(IllegalArgumentException.class, () -> Bandwidth.parse(text));
        assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
    }

    @Test
    void parse_hugeText_isRefusedBriefly() {
        String message = refusal(() -> Bytes.parse("9".repeat(1_000_000) + " GB"));
        assertTrue(message.length() < 300);
        assertThrows(IllegalArgumentException.class, () -> Bytes.parse("1e999 GB"));
        assertThrows(IllegalArgumentException.class, () -> Power.parse("1e999 W"));
    }

    @Test
    void parse_outOfRange_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Bytes.parse("-1 GB"));
        assertThrows(IllegalArgumentException.class, () -> Bytes.parse("0.5 B"));
        assertThrows(IllegalArgumentException.class, () -> Bytes.parse("10 EB"));
        assertThrows(IllegalArgumentException.class, () -> Power.parse("-1 W"));
        assertThrows(IllegalArgumentException.class, () -> Durations.parse("-1 s"));
        assertThrows(IllegalArgumentException.class, () -> Durations.parse("200000 d"));
        assertEquals(Bytes.of(1_500), Bytes.parse("1.5 kB"));
        assertEquals(Bytes.of(Long.MAX_VALUE), Bytes.parse("9223372036854775807 B"));
    }

    @Test
    void toString_inAnyLocale_printsTheSame() {
        Locale before = Locale.getDefault();
        try {
            for (String tag : new String[] {"de-DE", "ar-EG", "hi-IN", "tr-TR"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertEquals("3.35 TB/s", Bandwidth.gigabytesPerSecond(3350).toString());
                assertEquals("1.5 GB", Bytes.parse("1.5 GB").toString());
                assertSuggests("80 MiB", Bytes::parse, "80 MIB");
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void toString_printsReadably() {
        assertEquals("80 GiB", Bytes.gibibytes(80).toString());
        assertEquals("80 GB", Bytes.gigabytes(80).toString());
        assertEquals("1536 MiB", Bytes.mebibytes(1536).toString());
        assertEquals("70.272 kB", Bytes.of(70_272).toString());
        assertEquals("0 B", Bytes.ZERO.toString());
        assertEquals("12.3457 MB", Bytes.of(12_345_679).toString());
        assertEquals("9.22337 EB", Bytes.of(Long.MAX_VALUE).toString());
        assertEquals("989 TFLOP/s", FlopRate.teraflopsPerSecond(989).toString());
        assertEquals("1 MW", new Power(999_999.96).toString());
        assertEquals("0 W", new Power(-0.0).toString());
        assertEquals("350 mW", new Power(0.35).toString());
        assertEquals("0.02 pJ", new Energy(2e-14).toString());
        assertEquals("2.5 USD/h", MoneyRate.usdPerHour(2.5).toString());
        assertEquals("-0.000123 USD", new Money(-0.000123).toString());
        assertEquals("12 /s", new Rate(12).toString());
        assertEquals("412 ms", Durations.formatSeconds(0.412));
        assertEquals("1800 s", Durations.formatSeconds(1800));
        assertEquals("-3 us", Durations.formatSeconds(-3e-6));
    }

    @Test
    void toString_thenParse_isTheSameToSixDigits() {
        for (double number = 1e-15; number < 1e27; number *= 7.3) {
            assertEquals(1, Bandwidth.parse(new Bandwidth(number).toString()).dividedBy(new Bandwidth(number)), 1e-5);
            assertEquals(1, Flops.parse(new Flops(number).toString()).dividedBy(new Flops(number)), 1e-5);
            assertEquals(1, Power.parse(new Power(number).toString()).dividedBy(new Power(number)), 1e-5);
            assertEquals(1, Energy.parse(new Energy(number).toString()).dividedBy(new Energy(number)), 1e-5);
            assertEquals(1, Rate.parse(new Rate(number).toString()).dividedBy(new Rate(number)), 1e-5);
            assertEquals(1, Money.parse(new Money(number).toString()).dividedBy(new Money(number)), 1e-5);
            assertEquals(1, MoneyRate.parse(new MoneyRate(number).toString()).dividedBy(new MoneyRate(number)), 1e-5);
        }
    }

    @Test
    void format_duration_readsBackUnchanged() {
        assertEquals("30 min", Durations.format(Duration.ofMinutes(30)));
        assertEquals("2 h", Durations.format(Duration.ofHours(2)));
        assertEquals("90 s", Durations.format(Duration.ofSeconds(90)));
        assertEquals("0 s", Durations.format(Duration.ZERO));
        for (long nanos = 1; nanos > 0 && nanos < Long.MAX_VALUE / 14; nanos *= 13) {
            Duration duration = Duration.ofNanos(nanos);
            assertEquals(duration, Durations.parse(Durations.format(duration)));
        }
    }

    private static String refusal(Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
