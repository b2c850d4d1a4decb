package org.motleysim.hardware.device;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.motleysim.hardware.arithmetic.DotProductUnit.Scale;
import org.motleysim.hardware.arithmetic.Element;

/**
 * How formats without a name of their own are written: an element, and {@code -b<elements><scale>} if blocks share a scale.
 *
 * <pre>
 * int3            uint5            e3m4             plain ones
 * int4-b128s16    4-bit integers, 16 bits of scale for 128 of them
 * int6-b32e5      6-bit integers, a power of two of 5 bits for 32 of them: block floating point
 * fp8-b128s32     the element of a named format
 * </pre>
 */
final class FormatText {
    private static final Pattern INTEGER = Pattern.compile("(u?)int([1-8])");
    private static final Pattern FLOATING = Pattern.compile("e([1-9]|1[01])m([0-9]|[1-4][0-9]|5[0-2])");
    private static final Pattern SCALE = Pattern.compile("([es])([1-9]|[1-5][0-9]|6[0-4])");
    private static final Pattern BLOCK = Pattern.compile("(.+)-b([1-9][0-9]{0,6})(" + SCALE.pattern() + ")");

    private FormatText() {}

    /**
     * Returns the format a text describes.
     *
     * @param named formats by their names and other names
     */
    static Optional<NumberFormat> parse(String text, Function<String, Optional<NumberFormat>> named) {
        Matcher block = BLOCK.matcher(text);
        if (!block.matches()) {
            return plain(text);
        }
        Optional<NumberFormat> element =
                named.apply(block.group(1)).or(() -> plain(block.group(1))).filter(format -> !format.isBlock());
        return element.map(of -> {
            String label = of.label() + text.substring(block.end(1));
            var builder = NumberFormat.builder(label, of.element())
                    .storedBits(of.elementBits())
                    .special(of.special())
                    .block(Integer.parseInt(block.group(2)), block.group(3))
                    .multiplier(of)
                    .source("the element of " + of.label());
            return (of.isSigned() ? builder : builder.unsigned()).build();
        });
    }

    private static Optional<NumberFormat> plain(String text) {
        if (!isElement(text)) {
            return Optional.empty();
        }
        var builder = NumberFormat.builder(text, text).source("as its name says");
        // Multipliers of integers take unsigned ones of as many bits too.
        return Optional.of(isUnsigned(text) ? builder.multiplier(signed(text)).build() : builder.build());
    }

    private static NumberFormat signed(String unsigned) {
        String label = unsigned.substring(1);
        return NumberFormat.builtIn().stream()
                .filter(format -> format.label().equals(label))
                .findFirst()
                .orElseGet(() -> NumberFormat.builder(label, label)
                        .source("as its name says")
                        .build());
    }

    private static boolean isElement(String text) {
        return text.equals("binary")
                || INTEGER.matcher(text).matches()
                || FLOATING.matcher(text).matches();
    }

    static boolean isUnsigned(String element) {
        return element.startsWith("u");
    }

    static Element element(String text) {
        Matcher integer = INTEGER.matcher(text);
        if (integer.matches()) {
            return Element.integer(Integer.parseInt(integer.group(2)));
        }
        Matcher floating = FLOATING.matcher(text);
        if (floating.matches()) {
            return Element.floating(Integer.parseInt(floating.group(1)), Integer.parseInt(floating.group(2)));
        }
        if (text.equals("binary")) {
            return Element.integer(1);
        }
        throw new IllegalArgumentException("element (\"" + text
                + "\") must be int1 to int8, uint1 to uint8, binary, or exponent and fraction of a floating-point number"
                + "\nMaybe \"int4\" or \"e4m3\".");
    }

    static String of(Element element, boolean signed) {
        if (element.isFloating()) {
            return "e" + element.exponentBits() + "m" + element.fractionBits();
        }
        if (element.bits() == 1 && signed) {
            return "binary";
        }
        return (signed ? "int" : "uint") + element.bits();
    }

    static Scale scale(String text) {
        return matched(text).group(1).equals("e") ? Scale.POWER_OF_TWO : Scale.FLOATING;
    }

    static int scaleBits(String text) {
        return Integer.parseInt(matched(text).group(2));
    }

    static String of(Scale scale, int bits) {
        return (scale == Scale.POWER_OF_TWO ? "e" : "s") + bits;
    }

    private static Matcher matched(String scale) {
        Matcher matcher = SCALE.matcher(scale);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("scale (\"" + scale
                    + "\") must be e or s and 1 to 64 bits: e for a power of two, s for any other number"
                    + "\nMaybe \"e8\" or \"s16\".");
        }
        return matcher;
    }
}
