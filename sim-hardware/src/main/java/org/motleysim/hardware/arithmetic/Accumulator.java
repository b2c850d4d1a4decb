package org.motleysim.hardware.arithmetic;

/** Where sums are kept. */
public enum Accumulator {
    /** A 32-bit integer. */
    INT32(0, 31),
    /** IEEE half precision. */
    FP16(5, 10),
    /** IEEE single precision. */
    FP32(8, 23),
    /** IEEE double precision. */
    FP64(11, 52);

    private final int exponentBits;
    private final int fractionBits;

    Accumulator(int exponentBits, int fractionBits) {
        this.exponentBits = exponentBits;
        this.fractionBits = fractionBits;
    }

    /** Returns the adder, in square micrometres of {@link Cell}s. */
    public double area() {
        return isFloating()
                ? Circuits.floatingAdder(exponentBits, fractionBits)
                : Circuits.adder(1 + exponentBits + fractionBits);
    }

    /** Returns the bits of a number without sign and exponent, the hidden one included. */
    public int significandBits() {
        return fractionBits + 1;
    }

    /** Returns whether it is a floating-point one. */
    public boolean isFloating() {
        return exponentBits > 0;
    }
}
