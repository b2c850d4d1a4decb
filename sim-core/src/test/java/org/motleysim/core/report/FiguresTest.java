package org.motleysim.core.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.412      | s       | 412 ms",
                "0.0004117  | s       | 412 us",
                "0          | s       | 0 s",
                "1.5        | s       | 1.50 s",
                "119        | s       | 119 s",
                "1800       | s       | 30 min",
                "150        | s       | 2.50 min",
                "10800      | s       | 3 h",
                "3200       | J       | 3.20 kJ",
                "3249.7     | J       | 3.25 kJ",
                "999.7      | J       | 1.00 kJ",
                "999.4      | J       | 999 J",
                "-3200      | J       | -3.20 kJ",
                "700        | W       | 700 W",
                "80e9       | B       | 80 GB",
                "9.89e14    | FLOP/s  | 989 TFLOP/s",
                "0.31       | USD     | $0.31",
                "1234.567   | USD     | '$1,234.57'",
                "0.0012345  | USD     | $0.00123",
                "-2.5       | USD     | -$2.50",
                "0          | USD     | $0",
                "2.5        | USD/h   | $2.50/h",
                "19366      | 1       | '19,366'",
                "12         | 1       | 12",
                "12.34      | 1       | 12.3",
                "11.87      | 1/s     | 11.9 /s",
                "2731.4     | token/s | '2,731 token/s'",
                "0.5        | %       | 50%",
                "NaN        | s       | n/a",
                "Infinity   | s       | n/a",
                "1e30       | J       | 1.00E+12 EJ",
            })
    void quantity_ofThisValue_readsSo(double value, String unit, String expected) {
        assertEquals(expected, Figures.quantity(value, unit));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1|100%", "0.9999|99.99%", "0.99999|99.99%", "0.981|98.1%", "0|0%", "0.0042|0.420%", "NaN|n/a"})
    void percent_ofThisFraction_readsSo(double fraction, String expected) {
        assertEquals(expected, Figures.percent(fraction));
    }

    @Test
    void quantity_inAnotherDefaultLocale_readsTheSame() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals("$1,234.57", Figures.quantity(1234.567, "USD"));
            assertEquals("19,366", Figures.quantity(19_366, "1"));
        } finally {
            Locale.setDefault(before);
        }
    }
}
