package org.motleysim.hardware.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motleysim.hardware.arithmetic.DotProductUnit.Scale;
import org.motleysim.hardware.arithmetic.Element;

class NumberFormatTest {
    /** OCP Microscaling Formats specification 1.0, table 1: blocks of 32, a scale of 8 bits; NVFP4: blocks of 16. */
    @ParameterizedTest
    @CsvSource({
        "mxfp8, 8.25",
        "mxfp8-e5m2, 8.25",
        "mxfp6, 6.25",
        "mxfp6-e3m2, 6.25",
        "mxfp4, 4.25",
        "mxint8, 8.25",
        "nvfp4, 4.5",
        "msfp12, 4.5",
        "binary, 1",
        "int3, 3",
        "uint5, 5",
        "int4-b128s16, 4.125",
        "tf32, 32"
    })
    void bitsPerElement_withScales_areThoseOfTheSpecification(String name, double bits) {
        NumberFormat format = NumberFormats.builtIn().get(name);

        assertEquals(bits, format.bitsPerElement());
        assertEquals(bits / 8, format.bytesPerElement());
    }

    /** OCP MX 1.0, tables 2 to 5, and IEEE 754. */
    @ParameterizedTest
    @CsvSource({
        "fp8, 448",
        "fp8-e5m2, 57344",
        "fp6, 7.5",
        "fp6-e3m2, 28",
        "fp4, 6",
        "fp16, 65504",
        "fp32, 3.4028234663852886e38",
        "fp64, 1.7976931348623157e308",
        "int8, 127",
        "uint8, 255",
        "int4, 7",
        "binary, 1"
    })
    void largest_ofAnElement_isThatOfTheSpecification(String name, double largest) {
        assertEquals(largest, NumberFormats.builtIn().get(name).largest());
    }

    /** 33 elements begin two blocks of 32: 33 x 4 bits and 2 x 8, 148 bits. */
    @Test
    void bytes_ofBegunBlocks_holdAScaleEach() {
        assertEquals(0, NumberFormat.MXFP4.bytes(0));
        assertEquals(2, NumberFormat.MXFP4.bytes(1));
        assertEquals(17, NumberFormat.MXFP4.bytes(32));
        assertEquals(19, NumberFormat.MXFP4.bytes(33));
        assertEquals(9, NumberFormat.NVFP4.bytes(16));
        assertEquals(2, NumberFormats.builtIn().get("int3").bytes(5));
        assertEquals(1, NumberFormat.BINARY.bytes(8));
        assertThrows(IllegalArgumentException.class, () -> NumberFormat.BF16.bytes(-1));
        assertThrows(ArithmeticException.class, () -> NumberFormat.BINARY.bytes(Long.MAX_VALUE));
    }

    /** Plain formats count no scales, as they always have. */
    @Test
    void fallbacks_ofPlainFormats_areInTheOrderOfWidth() {
        assertEquals("[]", NumberFormat.FP64.fallbacks().toString());
        assertEquals("[fp64]", NumberFormat.FP32.fallbacks().toString());
        assertEquals("[fp32, fp64]", NumberFormat.TF32.fallbacks().toString());
        assertEquals("[bf16, fp32, fp64]", NumberFormat.FP16.fallbacks().toString());
        assertEquals("[fp16, fp32, fp64]", NumberFormat.BF16.fallbacks().toString());
        assertEquals("[fp16, bf16, fp32, fp64]", NumberFormat.FP8.fallbacks().toString());
        assertEquals("[fp16, bf16, fp32, fp64]", NumberFormat.INT8.fallbacks().toString());
        assertEquals(
                "[fp6, fp8, fp16, bf16, fp32, fp64]",
                NumberFormat.FP4.fallbacks().toString());
        assertEquals(
                "[int8, fp16, bf16, fp32, fp64]", NumberFormat.INT4.fallbacks().toString());
    }

    @Test
    void fallbacks_ofBlocks_beginWithTheirElements() {
        assertEquals(
                "[fp4, fp6, fp8, fp16, bf16, fp32, fp64]",
                NumberFormat.MXFP4.fallbacks().toString());
        assertEquals(
                "[int8, fp16, bf16, fp32, fp64]",
                NumberFormat.MXINT8.fallbacks().toString());
    }

    /** E3M4 is wider than E4M3 in its fraction; 8-bit integers do not hold unsigned ones of 8 bits, but their multiplier does. */
    @Test
    void fallbacks_ofElementsThatDoNotFit_skipTheNarrow() {
        NumberFormats formats = NumberFormats.builtIn();

        assertEquals("[fp16, bf16, fp32, fp64]", formats.get("e3m4").fallbacks().toString());
        assertEquals(
                "[int8, fp16, bf16, fp32, fp64]",
                formats.get("uint8").fallbacks().toString());
        assertEquals(
                "[int3, int4, int8, fp16, bf16, fp32, fp64]",
                formats.get("uint3").fallbacks().toString());
    }

    @Test
    void multiplier_ofE5m2AndBlocks_isThatOfTheElements() {
        assertEquals(NumberFormat.FP8, NumberFormats.builtIn().get("fp8-e5m2").multiplier());
        assertEquals(NumberFormat.FP8, NumberFormat.MXFP8.multiplier());
        assertEquals(NumberFormat.FP4, NumberFormat.NVFP4.multiplier());
        assertEquals(NumberFormat.BF16, NumberFormat.BF16.multiplier());
    }

    /** Units of 32 lanes synthesised in sky130 (github.com/SiHeonOh/FormatScope, results/area.csv), over int8. */
    @ParameterizedTest
    @CsvSource({"int4, 0.279, 0.01", "mxint8, 1.105, 0.01", "mxfp4, 0.359, 0.05", "fp8, 1.111, 0.1"})
    void relativeArea_ofUnits_isNearTheSynthesisedOne(String name, double synthesised, double within) {
        assertEquals(synthesised, NumberFormats.builtIn().get(name).relativeArea(), within * synthesised);
    }

    /** Energies of a multiply-accumulate (Horowitz, ISSCC 2014): FP32 4.6 pJ, FP16 1.5 pJ, so 3.1 to one. */
    @Test
    void relativeArea_ofWiderFormats_grows() {
        List<NumberFormat> wider = List.of(
                NumberFormat.BINARY,
                NumberFormat.INT4,
                NumberFormat.INT8,
                NumberFormat.BF16,
                NumberFormat.FP16,
                NumberFormat.FP32,
                NumberFormat.FP64);
        for (int i = 1; i < wider.size(); i++) {
            assertTrue(
                    wider.get(i - 1).relativeArea() < wider.get(i).relativeArea(),
                    wider.get(i).label());
        }
        double single = NumberFormat.FP32.relativeArea() / NumberFormat.FP16.relativeArea();
        assertEquals(4.6 / 1.5, single, 0.1 * single);
    }

    @Test
    void order_ofFormats_isThatOfTheResourceThenOfNames() {
        NumberFormats formats = NumberFormats.builtIn();
        var sorted = new TreeSet<>(List.of(
                formats.get("int3"), NumberFormat.INT4, NumberFormat.FP4, formats.get("e3m4"), NumberFormat.FP64));

        assertEquals("[fp64, fp4, int4, e3m4, int3]", sorted.toString());
    }

    @Test
    void equals_sameNameAndNumbers_isByValue() {
        NumberFormat one = NumberFormat.builder("mine", Element.floating(2, 2)).build();

        assertEquals(
                one, NumberFormat.builder("mine", "e2m2").source("elsewhere").build());
        assertNotEquals(one, NumberFormat.builder("mine", "e2m3").build());
        assertNotEquals(one, NumberFormat.builder("other", "e2m2").build());
        assertNotEquals(
                one,
                NumberFormat.builder("mine", "e2m2")
                        .block(16, Scale.POWER_OF_TWO, 8)
                        .build());
    }

    @Test
    void builder_wrongNumbers_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> NumberFormat.builder("Mine", "int4"));
        assertThrows(IllegalArgumentException.class, () -> NumberFormat.builder("mine", "int9"));
        assertThrows(IllegalArgumentException.class, () -> NumberFormat.builder("mine", "int4")
                .block(0, "e8"));
        assertThrows(IllegalArgumentException.class, () -> NumberFormat.builder("mine", "int4")
                .block(32, "8"));
        assertThrows(IllegalArgumentException.class, () -> NumberFormat.builder("mine", "int4")
                .storedBits(3));
        assertThrows(IllegalArgumentException.class, () -> NumberFormat.builder("mine", "e4m3")
                .unsigned());
    }
}
