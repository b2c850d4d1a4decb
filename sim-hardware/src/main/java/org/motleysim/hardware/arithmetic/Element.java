package org.motleysim.hardware.arithmetic;

/**
 * One number of a format: a sign, an exponent and a fraction.
 *
 * @param exponentBits 0 for integers
 * @param fractionBits without sign and hidden bit; of an integer all bits but the sign
 */
public record Element(int exponentBits, int fractionBits) {
    /** @throws IllegalArgumentException if a number of bits is negative or there are more than 64 with the sign */
    public Element {
        if (exponentBits < 0 || fractionBits < 0 || 1 + exponentBits + fractionBits > 64) {
            throw new IllegalArgumentException("bits (" + exponentBits + " of exponent, " + fractionBits
                    + " of fraction) must be zero or more, and 63 or fewer together");
        }
    }

    /** Returns a signed integer of so many bits, such as 8. */
    public static Element integer(int bits) {
        return new Element(0, bits - 1);
    }

    /** Returns a floating-point number, such as E4M3 with 4 and 3. */
    public static Element floating(int exponentBits, int fractionBits) {
        return new Element(exponentBits, fractionBits);
    }

    /** Returns whether there is an exponent. */
    public boolean isFloating() {
        return exponentBits > 0;
    }

    /** Returns the stored bits. */
    public int bits() {
        return 1 + exponentBits + fractionBits;
    }

    /** Returns the bits that are multiplied: hidden bit and fraction, or all bits of an integer. */
    public int factorBits() {
        return fractionBits + 1;
    }

    /**
     * Returns the bits of the integer, without sign, that holds every value of the format: the fraction moved by each exponent. The lowest
     * exponent is shared with the numbers below the normal ones.
     */
    public int expandedBits() {
        return isFloating() ? factorBits() + Math.max(0, (1 << exponentBits) - 2) : factorBits();
    }
}
