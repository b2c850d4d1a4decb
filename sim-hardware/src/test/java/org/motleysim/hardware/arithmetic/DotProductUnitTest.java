package org.motleysim.hardware.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.motleysim.hardware.arithmetic.DotProductUnit.Scale;

/**
 * Against areas of synthesised units of 32 lanes in another process (sky130, github.com/SiHeonOh/FormatScope, results/area.csv, no timing
 * constraint), over that of int8.
 */
class DotProductUnitTest {
    private static final DotProductUnit INT8 = DotProductUnit.of(Element.integer(8), 32, Accumulator.INT32);

    @Test
    void int4_isAsSmallAsSynthesised() {
        assertEquals(27905.5 / 100177.3, ratio(DotProductUnit.of(Element.integer(4), 32, Accumulator.INT32)), 0.03);
    }

    @Test
    void mxint8_isAsLargeAsSynthesised() {
        var unit = DotProductUnit.of(Element.integer(8), 32, Accumulator.FP32).scaled(Scale.POWER_OF_TWO);

        assertEquals(110692.4 / 100177.3, ratio(unit), 0.03);
    }

    @Test
    void mxfp4_expandedToIntegers_isAsLargeAsSynthesised() {
        var unit = DotProductUnit.of(Element.floating(2, 1), 32, Accumulator.FP32)
                .aligned(Alignment.EXPANDED)
                .scaled(Scale.POWER_OF_TWO);

        assertEquals(35967.0 / 100177.3, ratio(unit), 0.05);
    }

    @Test
    void fp8_withTwoWindows_isWithinAnEighthOfSynthesised() {
        var narrow = DotProductUnit.of(Element.floating(4, 3), 32, Accumulator.FP32);

        assertEquals(111259.2 / 100177.3, ratio(narrow), 0.14);
        assertEquals(131956.6 / 100177.3, ratio(narrow.window(34)), 0.165);
    }

    @Test
    void multiply_ofInt8_hasTheShareOfTheSynthesisedUnit() {
        // 76637 of 100177 square micrometres (results/breakdown.csv).
        assertEquals(0.765, INT8.parts().getOrDefault("multiply", 0.0) / INT8.area(), 0.05);
    }

    @Test
    void singleLane_ofIntegers_isMultiplierAndAdder() {
        double area =
                DotProductUnit.of(Element.integer(8), 1, Accumulator.INT32).area();

        assertEquals(Circuits.multiplier(8, 8) + Circuits.adder(32), area, 1e-9);
    }

    @Test
    void bitsPerElement_ofBlockFormats_countTheScale() {
        assertEquals(4.25, new BlockFormat(Element.floating(2, 1), 8, 32).bitsPerElement(), 0);
        assertEquals(4.5, new BlockFormat(Element.floating(2, 1), 8, 16).bitsPerElement(), 0);
        assertEquals(8.25, new BlockFormat(Element.integer(8), 8, 32).bitsPerElement(), 0);
    }

    @Test
    void of_mixedKinds_isRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DotProductUnit(
                        Element.integer(8),
                        Element.floating(4, 3),
                        4,
                        26,
                        Alignment.PLACED,
                        Accumulator.FP32,
                        Scale.NONE));
    }

    private static double ratio(DotProductUnit unit) {
        return unit.area() / INT8.area();
    }
}
