package org.motleysim.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimTimeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1000000000",
        "0.1, 100000000",
        "0.5e-9, 0",
        "1.5e-9, 2",
        "2.5e-9, 2",
        "9.2e9, 9200000000000000000"
    })
    void nanos_seconds_roundsHalfToEven(double seconds, long nanos) {
        assertEquals(nanos, SimTime.nanos(seconds));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-12, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 9.3e9})
    void nanos_impossibleSeconds_areRefused(double seconds) {
        assertThrows(IllegalArgumentException.class, () -> SimTime.nanos(seconds));
    }

    @Test
    void nanos_durations_areExact() {
        assertEquals(60_000_000_001L, SimTime.nanos(Duration.ofSeconds(60, 1)));
        assertThrows(IllegalArgumentException.class, () -> SimTime.nanos(Duration.ofNanos(-1)));
        assertThrows(IllegalArgumentException.class, () -> SimTime.nanos(Duration.ofDays(110_000)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 s", "1, 0.000000001 s", "1500000000, 1.5 s", "10000000000, 10 s", "1000000010, 1.00000001 s"})
    void format_nanos_allDigitsAndNoMore(long nanos, String text) {
        assertEquals(text, SimTime.format(nanos));
    }
}
