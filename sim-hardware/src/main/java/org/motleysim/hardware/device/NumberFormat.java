package org.motleysim.hardware.device;

import java.util.List;
import java.util.Locale;

/**
 * How one number is stored and multiplied.
 *
 * <p>A device that lacks a format computes in the first of {@link #fallbacks()} that it has, while bytes still count in the stored
 * format. This is how weight-only quantisation behaves on machines without the narrow multiplier; the cost of converting is not
 * counted.
 */
public enum NumberFormat {
    /** IEEE 754 double precision. */
    FP64(64),
    /** IEEE 754 single precision. */
    FP32(32),
    /** Single precision rounded to 19 bits inside the multiplier; stored in 32 bits. */
    TF32(32),
    /** IEEE 754 half precision. */
    FP16(16),
    /** Brain floating point: the exponent of FP32 with 7 bits of fraction. */
    BF16(16),
    /** 8-bit floating point, E4M3 or E5M2; scales not counted. */
    FP8(8),
    /** 4-bit floating point, E2M1; scales not counted. */
    FP4(4),
    /** 8-bit integer. */
    INT8(8),
    /** 4-bit integer; scales not counted. */
    INT4(4);

    private final int bits;

    NumberFormat(int bits) {
        this.bits = bits;
    }

    /** Returns the bits that one stored element takes. */
    public int bitsPerElement() {
        return bits;
    }

    /** Returns the bytes that one stored element takes; a half for 4-bit formats. */
    public double bytesPerElement() {
        return bits / 8.0;
    }

    /**
     * Returns the whole bytes that {@code elements} take, the last one filled up.
     *
     * @throws ArithmeticException if the number of bits does not fit in a {@code long}
     */
    public long bytes(long elements) {
        return Math.addExact(Math.multiplyExact(elements, bits), 7L) >> 3;
    }

    /** Returns the formats to compute in, in this order, on a device that has no multiplier for this one. */
    public List<NumberFormat> fallbacks() {
        return switch (this) {
            case FP64 -> List.of();
            case FP32 -> List.of(FP64);
            case TF32 -> List.of(FP32, FP64);
            case FP16 -> List.of(BF16, FP32, FP64);
            case BF16 -> List.of(FP16, FP32, FP64);
            case FP8, INT8 -> List.of(FP16, BF16, FP32, FP64);
            case FP4 -> List.of(FP8, FP16, BF16, FP32, FP64);
            case INT4 -> List.of(INT8, FP16, BF16, FP32, FP64);
        };
    }

    /** Returns the name used in files, such as {@code "bf16"}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
