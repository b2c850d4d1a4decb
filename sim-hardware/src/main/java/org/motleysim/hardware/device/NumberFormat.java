package org.motleysim.hardware.device;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.arithmetic.DotProductUnit;
import org.motleysim.hardware.arithmetic.Element;

/**
 * How numbers are stored and multiplied: an element, and the scale that a block of elements shares if there is one. Immutable, with value
 * equality.
 *
 * <p>The built-in ones come from {@code formats.json}, where each has its source; {@link NumberFormats} finds formats by name, those of
 * the user and {@code "int3"} or {@code "int4-b128s16"} too. A new one needs a name and an element:
 *
 * <pre>{@code
 * NumberFormat mine = NumberFormat.builder("my-fp5", Element.floating(2, 2)).block(16, Scale.POWER_OF_TWO, 8).build();
 * }</pre>
 *
 * <p><b>Fallback.</b> A device multiplies a format natively if its datasheet has a peak for it or for its {@link #multiplier()}, the
 * format of the elements alone. Else it computes in the first of {@link #fallbacks()} that it has, and numbers are widened on the way from
 * memory to the multiplier: bytes count as stored, arithmetic as computed. {@code docs/models/formats.md} has the rule and what widening
 * costs.
 *
 * <p>Formats are ordered as in {@code formats.json}, others after them by name.
 */
public final class NumberFormat implements Comparable<NumberFormat> {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");

    /** All formats of the resource. Before the constants, which are taken from it. */
    private static final List<NumberFormat> BUILT_IN = FormatFile.builtIn();

    /** IEEE 754 double precision. */
    public static final NumberFormat FP64 = named("fp64");
    /** IEEE 754 single precision. */
    public static final NumberFormat FP32 = named("fp32");
    /** Single precision rounded to 19 bits inside the multiplier; stored in 32 bits. */
    public static final NumberFormat TF32 = named("tf32");
    /** IEEE 754 half precision. */
    public static final NumberFormat FP16 = named("fp16");
    /** Brain floating point: the exponent of FP32 with 7 bits of fraction. */
    public static final NumberFormat BF16 = named("bf16");
    /** 8-bit floating point, E4M3; scales not counted. What multiplies it multiplies E5M2 too. */
    public static final NumberFormat FP8 = named("fp8");
    /** 4-bit floating point, E2M1; scales not counted. */
    public static final NumberFormat FP4 = named("fp4");
    /** 8-bit integer. */
    public static final NumberFormat INT8 = named("int8");
    /** 4-bit integer; scales not counted. */
    public static final NumberFormat INT4 = named("int4");
    /** One bit: minus or plus one. */
    public static final NumberFormat BINARY = named("binary");
    /** E4M3 in blocks of 32 with a power of two (OCP MX 1.0): 8.25 bits. */
    public static final NumberFormat MXFP8 = named("mxfp8");
    /** E2M3 in blocks of 32 with a power of two (OCP MX 1.0): 6.25 bits. */
    public static final NumberFormat MXFP6 = named("mxfp6");
    /** E2M1 in blocks of 32 with a power of two (OCP MX 1.0): 4.25 bits. */
    public static final NumberFormat MXFP4 = named("mxfp4");
    /** 8-bit integers in blocks of 32 with a power of two (OCP MX 1.0): 8.25 bits. */
    public static final NumberFormat MXINT8 = named("mxint8");
    /** E2M1 in blocks of 16 with an E4M3 scale: 4.5 bits, and 32 bits for each tensor. */
    public static final NumberFormat NVFP4 = named("nvfp4");

    /** Integers that a narrower one can be computed in, and floating-point numbers likewise; narrowest first. */
    private static final List<NumberFormat> NARROW = List.of(INT4, INT8, FP4, named("fp6"), FP8);

    private static final List<NumberFormat> WIDE = List.of(FP16, BF16, FP32, FP64);

    /** What the highest exponent of a floating-point number is used for. */
    public enum Special {
        /** Infinity and what is no number, as in IEEE 754. */
        IEEE,
        /** Numbers, but for the highest fraction, which is no number (E4M3). */
        NAN,
        /** Numbers only. */
        NONE
    }

    private final String label;
    private final Element element;
    private final boolean signed;
    private final int storedBits;
    private final Special special;
    private final int block;
    private final DotProductUnit.Scale scale;
    private final int scaleBits;
    private final int tensorScaleBits;
    private final @Nullable NumberFormat multiplier;
    private final String source;
    private final int hash;

    private NumberFormat(Builder from) {
        this.label = from.label;
        this.element = from.element;
        this.signed = from.signed;
        this.storedBits = from.storedBits == 0 ? from.element.bits() : from.storedBits;
        this.special = from.special;
        this.block = from.block;
        this.scale = from.scale;
        this.scaleBits = from.scaleBits;
        this.tensorScaleBits = from.tensorScaleBits;
        this.multiplier = from.multiplier;
        this.source = from.source;
        this.hash = label.hashCode();
    }

    /** Returns the built-in formats in their order. */
    public static List<NumberFormat> builtIn() {
        return BUILT_IN;
    }

    /**
     * Starts a format.
     *
     * @param label its name in files: lower-case letters, digits, dots and hyphens, such as {@code "my-fp5"}
     * @throws IllegalArgumentException if the name is written otherwise
     */
    public static Builder builder(String label, Element element) {
        return new Builder(label, element);
    }

    /**
     * Starts a format by the text of its element: {@code "int8"}, {@code "uint4"}, {@code "binary"}, or {@code "e4m3"} for 4 bits of
     * exponent and 3 of fraction.
     *
     * @throws IllegalArgumentException if the name or the element is written otherwise
     */
    public static Builder builder(String label, String element) {
        Builder builder = new Builder(label, FormatText.element(element));
        return FormatText.isUnsigned(element) ? builder.unsigned() : builder;
    }

    /** Returns the name used in files, such as {@code "bf16"}. */
    public String label() {
        return label;
    }

    /** Returns one number without its scale. The multiplier takes an unsigned integer for a signed one of as many bits. */
    public Element element() {
        return element;
    }

    /** Returns the element as files have it, such as {@code "e4m3"}, {@code "int8"}, {@code "uint4"} or {@code "binary"}. */
    public String elementText() {
        return FormatText.of(element, signed);
    }

    /** Returns the scale as files have it: {@code "e8"} for a power of two of 8 bits, {@code "s16"} for 16 bits of another number. */
    public Optional<String> scaleText() {
        return isBlock() ? Optional.of(FormatText.of(scale, scaleBits)) : Optional.empty();
    }

    /** Returns whether numbers may be negative; false for unsigned integers only. */
    public boolean isSigned() {
        return signed;
    }

    /** Returns the bits of a stored element without any scale. */
    public int elementBits() {
        return storedBits;
    }

    /** Returns whether blocks of elements share a scale. */
    public boolean isBlock() {
        return scaleBits > 0;
    }

    /** Returns the elements that share a scale; 1 without blocks. */
    public int block() {
        return block;
    }

    /** Returns what kind of scale a block has. */
    public DotProductUnit.Scale scale() {
        return scale;
    }

    /** Returns the bits of a block's scale, zero points included; 0 without blocks. */
    public int scaleBits() {
        return scaleBits;
    }

    /** Returns the bits of a scale for the whole tensor, which no count of bytes here includes: 4 bytes a matrix. */
    public int tensorScaleBits() {
        return tensorScaleBits;
    }

    /** Returns the bits that an element takes with its share of the block's scale. */
    public double bitsPerElement() {
        return storedBits + (double) scaleBits / block;
    }

    /** Returns the bytes that an element takes with its share of the block's scale; a half for plain 4-bit formats. */
    public double bytesPerElement() {
        return bitsPerElement() / 8;
    }

    /**
     * Returns the whole bytes that {@code elements} take: a scale for each block that is begun, the last byte filled up.
     *
     * @throws IllegalArgumentException if there are fewer than zero
     * @throws ArithmeticException if the number of bits does not fit in a {@code long}
     */
    public long bytes(long elements) {
        if (elements < 0) {
            throw new IllegalArgumentException("elements (" + elements + ") must be zero or more");
        }
        long blocks = elements / block + (elements % block == 0 ? 0 : 1);
        long bits = Math.addExact(Math.multiplyExact(elements, storedBits), Math.multiplyExact(blocks, scaleBits));
        return Math.addExact(bits, 7L) >> 3;
    }

    /** Returns the format of the elements alone, by which datasheets name what multiplies them; itself for plain formats. */
    public NumberFormat multiplier() {
        return multiplier == null ? this : multiplier;
    }

    /**
     * Returns the formats to compute in, in this order, on a device that has no peak for this one: that of the elements alone; the
     * narrow formats of the same kind that hold every element (4 and 8-bit integers; FP4, FP6, FP8); FP16, BF16, FP32, FP64 if they are
     * as wide, and as precise when elements are integers. TF32 is never one of them.
     */
    public List<NumberFormat> fallbacks() {
        var formats = new LinkedHashSet<NumberFormat>();
        formats.add(multiplier());
        NARROW.stream().filter(this::isHeldBy).forEach(formats::add);
        WIDE.stream()
                .filter(wide -> element.bits() <= wide.element.bits())
                .filter(wide -> element.isFloating() || magnitudeBits() <= wide.element.factorBits())
                .forEach(formats::add);
        formats.remove(this);
        return List.copyOf(formats);
    }

    private boolean isHeldBy(NumberFormat narrow) {
        return element.isFloating()
                ? narrow.element.exponentBits() >= element.exponentBits()
                        && narrow.element.fractionBits() >= element.fractionBits()
                : !narrow.element.isFloating() && narrow.magnitudeBits() >= magnitudeBits();
    }

    private int magnitudeBits() {
        return signed && element.bits() > 1 ? element.fractionBits() : element.factorBits();
    }

    /** Returns the largest magnitude of an element before any scale. Integers count in units of their last bit. */
    public double largest() {
        if (!element.isFloating()) {
            return StrictMath.scalb(1.0, magnitudeBits()) - 1;
        }
        int bias = (1 << (element.exponentBits() - 1)) - 1;
        int exponent = (1 << element.exponentBits()) - (special == Special.IEEE ? 2 : 1) - bias;
        int missing = special == Special.NAN ? 2 : 1;
        return StrictMath.scalb(2 - StrictMath.scalb((double) missing, -element.fractionBits()), exponent);
    }

    /** Returns what the highest exponent is used for; it says nothing about integers. */
    public Special special() {
        return special;
    }

    /** Returns the unit that multiplies and adds such numbers, scales of blocks included. See {@link DotProductUnit#natural}. */
    public DotProductUnit dotProductUnit(int lanes) {
        return DotProductUnit.natural(element, lanes, scale);
    }

    /**
     * Returns the area of a multiply-accumulate in units of 32 lanes over that of 8-bit integers. So is its energy, because all gates
     * are taken to switch alike: see {@code docs/models/arithmetic.md}.
     */
    public double relativeArea() {
        return dotProductUnit(32).areaPerLane() / INT8.dotProductUnit(32).areaPerLane();
    }

    /** Returns where it is defined; empty when not said. */
    public String source() {
        return source;
    }

    @Override
    public int compareTo(NumberFormat other) {
        int order = Integer.compare(rank(), other.rank());
        return order != 0 ? order : label.compareTo(other.label);
    }

    private int rank() {
        for (int i = 0; i < BUILT_IN.size(); i++) {
            if (BUILT_IN.get(i).label.equals(label)) {
                return i;
            }
        }
        return BUILT_IN.size();
    }

    /** Formats are equal if they have the same name and are stored and multiplied alike; the source does not matter. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof NumberFormat that
                        && hash == that.hash
                        && label.equals(that.label)
                        && isLike(that));
    }

    /** Whether both are stored and multiplied alike, whatever they are called. */
    boolean isLike(NumberFormat that) {
        return element.equals(that.element)
                && signed == that.signed
                && storedBits == that.storedBits
                && special == that.special
                && block == that.block
                && scale == that.scale
                && scaleBits == that.scaleBits
                && tensorScaleBits == that.tensorScaleBits
                && Objects.equals(multiplier, that.multiplier);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return label;
    }

    private static NumberFormat named(String label) {
        for (NumberFormat format : BUILT_IN) {
            if (format.label.equals(label)) {
                return format;
            }
        }
        throw new IllegalStateException("formats.json lacks " + label);
    }

    /** Collects a format; not safe for use by two threads. */
    public static final class Builder {
        private final String label;
        private final Element element;
        private boolean signed = true;
        private int storedBits;
        private Special special;
        private int block = 1;
        private DotProductUnit.Scale scale = DotProductUnit.Scale.NONE;
        private int scaleBits;
        private int tensorScaleBits;
        private @Nullable NumberFormat multiplier;
        private String source = "";

        private Builder(String label, Element element) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException(
                        "name of a number format (\"" + label
                                + "\") must be lower-case letters and digits, joined by single hyphens or dots\nMaybe \"my-fp5\".");
            }
            this.label = label;
            this.element = element;
            this.special = element.bits() > 8 ? Special.IEEE : Special.NONE;
        }

        /**
         * Makes integers unsigned.
         *
         * @throws IllegalArgumentException if the element is a floating-point number
         */
        public Builder unsigned() {
            if (element.isFloating()) {
                throw new IllegalArgumentException(
                        "element of " + label + " (" + element + ") must be an integer to be unsigned");
            }
            signed = false;
            return this;
        }

        /**
         * Sets the bits that an element takes in memory; the default is those it has.
         *
         * @throws IllegalArgumentException if they are fewer than it has, or more than 64
         */
        public Builder storedBits(int bits) {
            if (bits < element.bits() || bits > 64) {
                throw new IllegalArgumentException("storedBits of " + label + " (" + bits + ") must be from "
                        + element.bits() + ", those of the element, to 64");
            }
            storedBits = bits;
            return this;
        }

        /** Sets what the highest exponent is used for; by default {@code IEEE} beyond 8 bits and {@code NONE} up to them. */
        public Builder special(Special special) {
            this.special = special;
            return this;
        }

        /**
         * Lets blocks share a scale.
         *
         * @param elements of a block
         * @param kind of scale
         * @param bits of a scale, a zero point included
         * @throws IllegalArgumentException if the block has no element, the scale no bit or more than 64, or its kind is none
         */
        public Builder block(int elements, DotProductUnit.Scale kind, int bits) {
            if (elements < 1 || bits < 1 || bits > 64 || kind == DotProductUnit.Scale.NONE) {
                throw new IllegalArgumentException("block of " + label + " (" + elements + " elements, " + bits
                        + " bits of scale, " + kind + ") must have an element and a scale of 1 to 64 bits");
            }
            block = elements;
            scale = kind;
            scaleBits = bits;
            return this;
        }

        /**
         * Lets blocks share a scale.
         *
         * @param elements of a block
         * @param scale {@code "e8"} for a power of two of 8 bits, {@code "s16"} for 16 bits of another number, a zero point included
         * @throws IllegalArgumentException if the block has no element or the scale is written otherwise
         */
        public Builder block(int elements, String scale) {
            return block(elements, FormatText.scale(scale), FormatText.scaleBits(scale));
        }

        /**
         * Sets the bits of a scale for the whole tensor.
         *
         * @throws IllegalArgumentException if they are not between 0 and 64
         */
        public Builder tensorScaleBits(int bits) {
            if (bits < 0 || bits > 64) {
                throw new IllegalArgumentException(
                        "tensorScaleBits of " + label + " (" + bits + ") must be between 0 and 64");
            }
            tensorScaleBits = bits;
            return this;
        }

        /** Sets the format whose multiplier does for this one too; by default a device must list this very format. */
        public Builder multiplier(NumberFormat of) {
            multiplier = of.multiplier();
            return this;
        }

        /** Notes where it is defined. */
        public Builder source(String source) {
            this.source = source;
            return this;
        }

        /** Returns the format. */
        public NumberFormat build() {
            return new NumberFormat(this);
        }
    }
}
