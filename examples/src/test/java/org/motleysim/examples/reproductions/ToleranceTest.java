package org.motleysim.examples.reproductions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToleranceTest {
    @ParameterizedTest
    @CsvSource({
        "15%, 100, 115, true",
        "15%, 100, 84.9, false",
        "15%, -100, -110, true",
        "+-3, 46, 49, true",
        "+-3, 46, 42.9, false",
        "x2, 10, 20, true",
        "x2, 10, 4.9, false",
        "at most, 4, 3, true",
        "at most, 4, 4.1, false",
        "at least, 0.787, 0.8, true",
        "at least, 0.787, 0.7, false",
        "exact, 1, 1, true",
        "exact, 1, 0, false",
    })
    void covers_eachForm_asWritten(String text, double reported, double value, boolean expected) {
        assertEquals(expected, new Tolerance(text).covers(reported, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15", "15 points", "-15%", "x0.5", "xNaN", "+-Infinity"})
    void of_otherForm_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> new Tolerance(text));
    }

    @Test
    void verdict_band_saysWhetherTheReportedValueIsInside() {
        var paper = new Paper(1, "one", "");
        var claim = new Claim("A", "a", 5, "s", "here", new Tolerance("10%"), "");

        Outcome inside = Outcome.of(paper, claim, new Prediction(4, 6, ""));
        Outcome outside = Outcome.of(paper, claim, new Prediction(6, 8, "clock unknown"));

        assertEquals(Verdict.BAND, inside.verdict());
        assertEquals("reported value inside", inside.prediction().reason());
        assertEquals(
                "reported value outside; clock unknown", outside.prediction().reason());
        assertEquals(1.4, outside.ratio(), 1e-12);
        assertEquals(Optional.empty(), Outcome.notAttempted(paper).claim());
    }
}
