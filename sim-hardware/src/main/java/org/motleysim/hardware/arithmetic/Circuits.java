package org.motleysim.hardware.arithmetic;

/**
 * Area of the circuits of arithmetic in square micrometres of {@link Cell}s. Textbook structures (Weste and Harris, CMOS VLSI Design, 4th
 * edition, chapter 11; Muller et al., Handbook of Floating-Point Arithmetic, 2nd edition, chapter 8): the smallest, not the fastest.
 */
public final class Circuits {
    private Circuits() {}

    /** Returns an adder of two numbers: a full adder a bit. */
    public static double adder(int bits) {
        return bits * Cell.FULL_ADDER.area();
    }

    /** Returns what adds one, as rounding does: a half adder a bit. */
    public static double incrementer(int bits) {
        return bits * Cell.HALF_ADDER.area();
    }

    /** Returns an array multiplier: an AND gate for each pair of bits, and rows of adders, one half adder in each row. */
    public static double multiplier(int bits, int otherBits) {
        int rows = Math.min(bits, otherBits);
        int columns = Math.max(bits, otherBits);
        double products = (double) rows * columns * Cell.AND.area();
        if (rows <= 1) {
            return products;
        }
        return products + (columns * (rows - 1) - rows) * Cell.FULL_ADDER.area() + rows * Cell.HALF_ADDER.area();
    }

    /** Returns what finds the larger of two numbers. */
    public static double comparator(int bits) {
        return bits * (Cell.XOR.area() + Cell.AND.area() + Cell.OR.area());
    }

    /** Returns a shifter of a full word by any distance within it: a multiplexer for each bit in each of its stages. */
    public static double barrelShifter(int bits) {
        return (double) bits * stages(bits) * Cell.MULTIPLEXER.area();
    }

    /**
     * Returns a shifter that places a short field anywhere in a wider window. The short distances come first, so that the word is still
     * short; a bit that the field can reach in one way only needs a gate, not a multiplexer.
     */
    public static double placer(int fieldBits, int windowBits) {
        int width = Math.min(fieldBits, windowBits);
        double area = 0;
        for (int stage = 0; stage < stages(windowBits); stage++) {
            int distance = 1 << stage;
            int next = Math.min(windowBits, width + distance);
            int both = Math.max(0, width - distance);
            area += both * Cell.MULTIPLEXER.area() + (next - both) * Cell.AND.area();
            width = next;
        }
        return area;
    }

    /** Returns what counts leading zeros and shifts them out. */
    public static double normaliser(int bits) {
        return bits * (Cell.OR.area() + Cell.MULTIPLEXER.area()) + barrelShifter(bits);
    }

    /** Returns a tree that adds numbers of so many bits; sums grow by a bit a level. */
    public static double adderTree(int numbers, int bits) {
        double area = 0;
        int width = bits;
        for (int left = numbers; left > 1; ) {
            int adders = left / 2;
            area += adders * adder(width);
            left -= adders;
            width++;
        }
        return area;
    }

    /** Returns the bits of the sum of so many numbers. */
    public static int sumBits(int numbers, int bits) {
        return bits + stages(numbers);
    }

    /**
     * Returns a floating-point adder of one path: compare, swap, align with three more bits for rounding, add or subtract, normalise,
     * correct the exponent, round.
     */
    public static double floatingAdder(int exponentBits, int fractionBits) {
        int significand = fractionBits + 1;
        int width = significand + 3;
        return comparator(exponentBits)
                + adder(exponentBits)
                + 2.0 * significand * Cell.MULTIPLEXER.area()
                + barrelShifter(width)
                + width * Cell.XOR.area()
                + adder(width + 1)
                + normaliser(width + 1)
                + adder(exponentBits)
                + incrementer(significand);
    }

    /** Returns what forms the exact product of two floating-point numbers: significands, exponents and signs. */
    public static double exactProduct(Element element) {
        double factors = multiplier(element.factorBits(), element.factorBits());
        return element.isFloating() ? factors + adder(element.exponentBits()) + Cell.XOR.area() : factors;
    }

    /** Returns a floating-point multiplier: the exact product, normalised by a bit, rounded, its exponent corrected. */
    public static double floatingMultiplier(int exponentBits, int fractionBits) {
        int significand = fractionBits + 1;
        return exactProduct(Element.floating(exponentBits, fractionBits))
                + adder(exponentBits)
                + significand * Cell.MULTIPLEXER.area()
                + incrementer(significand);
    }

    /** Stages of a shifter, or levels of a tree: the logarithm of two, rounded up. */
    private static int stages(int size) {
        return size <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(size - 1);
    }
}
