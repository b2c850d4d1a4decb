package org.motleysim.hardware.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NumberFormatsTest {
    private static final NumberFormats FORMATS = NumberFormats.builtIn();

    @Test
    void find_everyBuiltInName_isTheFormatAndHasASource() {
        for (NumberFormat format : NumberFormat.builtIn()) {
            assertSame(format, FORMATS.get(format.label()));
            assertFalse(format.source().isEmpty(), format.label());
        }
    }

    @Test
    void find_otherNames_areTheSameFormat() {
        assertSame(NumberFormat.FP8, FORMATS.get("fp8-e4m3"));
        assertSame(NumberFormat.FP8, FORMATS.get("E4M3"));
        assertSame(NumberFormat.BINARY, FORMATS.get("int1"));
        assertEquals(List.of("fp8-e4m3", "e4m3"), FORMATS.otherNames(NumberFormat.FP8));
    }

    @Test
    void find_textThatDescribesANamedFormat_isThatFormat() {
        assertSame(NumberFormat.MXINT8, FORMATS.get("int8-b32e8"));
        assertSame(NumberFormat.MXFP4, FORMATS.get("fp4-b32e8"));
        assertSame(NumberFormat.MXFP4, FORMATS.get("e2m1-b32e8"));
    }

    @Test
    void find_describedFormat_readsWhatItPrints() {
        for (String name :
                List.of("int3", "uint5", "e3m4", "int4-b128s16", "uint4-b128s20", "fp8-b128s32", "int6-b32e5")) {
            NumberFormat format = FORMATS.get(name);

            assertEquals(name, format.label());
            assertEquals(format, FORMATS.get(format.label()));
            assertFalse(NumberFormats.isOwn(format));
        }
        // Paper 70: a block of 6-bit mantissas and one exponent of 5 bits for 32 of them.
        assertEquals(6 + 5.0 / 32, FORMATS.get("int6-b32e5").bitsPerElement());
    }

    @Test
    void find_nonsense_isEmpty() {
        for (String name :
                List.of("", "int0", "int9", "uint", "e0m3", "int4-b0e8", "int4-b32", "mxfp4-b32e8", "-b32e8")) {
            assertEquals(Optional.empty(), FORMATS.find(name), name);
        }
    }

    @Test
    void get_misspelt_namesTheNearest() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> FORMATS.get("mxpf4"));

        assertTrue(String.valueOf(refusal.getMessage()).endsWith("Maybe \"mxfp4\"."), refusal.getMessage());
    }

    @Test
    void with_ownFormats_readsWhatIsWritten() {
        NumberFormat plain =
                NumberFormat.builder("my-fp5", "e2m2").source("mine").build();
        NumberFormat blocks = NumberFormat.builder("my-blocks", "uint4")
                .block(64, "s20")
                .tensorScaleBits(32)
                .multiplier(plain)
                .build();

        NumberFormats read = FORMATS.with("mine.json", NumberFormats.write(List.of(plain, blocks)));

        assertEquals(plain, read.get("my-fp5"));
        assertEquals(blocks, read.get("my-blocks"));
        assertTrue(NumberFormats.isOwn(plain));
        assertEquals("mine", read.get("my-fp5").source());
    }

    @Test
    void write_builtInFormats_areReadBackEqual() {
        NumberFormats read = FORMATS.with("again.json", NumberFormats.write(NumberFormat.builtIn()));

        assertEquals(NumberFormat.builtIn(), read.all());
    }

    @Test
    void with_wrongFile_tellsEverythingAtOnce() {
        String text = """
                {"motley-formats": 1, "formats": [
                  {"name": "a", "element": "int9"},
                  {"name": "b", "element": "int4", "blok": 32},
                  {"name": "c", "element": "int4", "block": 32},
                  {"name": "d", "element": "int4", "multiplier": "imt4"},
                  {"element": "int4"},
                  {"name": "e", "element": "e4m3", "special": "inf", "storedBits": 4}
                ]}
                """;

        var refusal = assertThrows(IllegalArgumentException.class, () -> FORMATS.with("mine.json", text));

        String message = String.valueOf(refusal.getMessage());
        for (String part : List.of(
                "$.formats[0] element (\"int9\")",
                "$.formats[1].blok",
                "Maybe \"block\".",
                "$.formats[2].scale (missing)",
                "$.formats[3].multiplier (\"imt4\")",
                "$.formats[4].name (missing)",
                "$.formats[5].special (\"inf\")",
                "$.formats[5].storedBits storedBits of e (4)")) {
            assertTrue(message.contains(part), part + " in " + message);
        }
    }

    @Test
    void with_nameOfAnother_isRefused() {
        NumberFormat impostor = NumberFormat.builder("fp8", "e2m5").build();

        assertThrows(IllegalArgumentException.class, () -> FORMATS.with(List.of(impostor)));
    }
}
