package org.motleysim.hardware.arithmetic;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Multiplies lanes of numbers, adds the products and adds their sum to an accumulator: the inside of a matrix engine. Floating-point
 * products are aligned to the largest exponent of the lanes and added as integers, so that they are normalised once.
 *
 * <p>All gates are taken to switch equally often, so energy goes with area; ratios of the one are ratios of the other. The 45 nm energies
 * of Horowitz (ISSCC 2014) over areas counted so spread by a third around their mean for adders and integer multipliers.
 *
 * <pre>{@code
 * var int8 = DotProductUnit.of(Element.integer(8), 32, Accumulator.INT32);
 * var fp8 = DotProductUnit.of(Element.floating(4, 3), 32, Accumulator.FP32);
 * double dearer = fp8.areaPerLane() / int8.areaPerLane();
 * }</pre>
 *
 * @param element numbers multiplied
 * @param otherElement numbers they are multiplied with; the same kind as {@code element}, integer or floating
 * @param lanes products a cycle, one or more
 * @param windowBits of the aligned products, not more than an exact sum needs; unused for integers
 * @param alignment of floating-point products
 * @param accumulator of sums
 * @param scale of blocks of numbers
 */
public record DotProductUnit(
        Element element,
        Element otherElement,
        int lanes,
        int windowBits,
        Alignment alignment,
        Accumulator accumulator,
        Scale scale) {
    /** Bits of an aligned product, guard and round bits included, when nothing else is said: those of single precision and two. */
    public static final int SINGLE_WINDOW = 26;

    /** The scale that a block of numbers shares. */
    public enum Scale {
        /** None. */
        NONE(0),
        /** A power of two (UE8M0): two exponents are added to that of the sum. */
        POWER_OF_TWO(2 * Circuits.adder(8)),
        /** A floating-point number (E4M3): the product of two scales, and that with the sum in single precision. */
        FLOATING(Circuits.exactProduct(Element.floating(4, 3)) + Circuits.multiplier(8, 24) + Circuits.adder(8));

        private final double area;

        Scale(double area) {
            this.area = area;
        }
    }

    /** @throws IllegalArgumentException if there is no lane or no window, or one factor is an integer and the other is not */
    public DotProductUnit {
        if (lanes < 1 || windowBits < 1) {
            throw new IllegalArgumentException(
                    "lanes (" + lanes + ") and windowBits (" + windowBits + ") must be 1 or more");
        }
        if (element.isFloating() != otherElement.isFloating()) {
            throw new IllegalArgumentException(
                    "otherElement (" + otherElement + ") must be an integer if the first is one");
        }
    }

    /** Returns a unit of one format without scales, as synthesis would leave it. */
    public static DotProductUnit of(Element element, int lanes, Accumulator accumulator) {
        return new DotProductUnit(element, element, lanes, SINGLE_WINDOW, Alignment.PLACED, accumulator, Scale.NONE);
    }

    /**
     * Returns the unit that a designer would build for a format: sums of plain integers in 32 bits, all others in single precision, or in
     * double precision if fractions are longer; two bits more in the window than a sum has; of {@link Alignment#PLACED} and {@link
     * Alignment#EXPANDED} the smaller.
     */
    public static DotProductUnit natural(Element element, int lanes, Scale scale) {
        boolean integers = !element.isFloating() && scale == Scale.NONE;
        Accumulator sums = integers
                ? Accumulator.INT32
                : element.factorBits() > Accumulator.FP32.significandBits() ? Accumulator.FP64 : Accumulator.FP32;
        int window = sums == Accumulator.FP64 ? sums.significandBits() + 2 : SINGLE_WINDOW;
        DotProductUnit placed = of(element, lanes, sums).window(window).scaled(scale);
        DotProductUnit expanded = placed.aligned(Alignment.EXPANDED);
        return element.isFloating() && expanded.area() < placed.area() ? expanded : placed;
    }

    /** Returns the same with another window. */
    public DotProductUnit window(int bits) {
        return new DotProductUnit(element, otherElement, lanes, bits, alignment, accumulator, scale);
    }

    /** Returns the same with another alignment. */
    public DotProductUnit aligned(Alignment how) {
        return new DotProductUnit(element, otherElement, lanes, windowBits, how, accumulator, scale);
    }

    /** Returns the same for blocks of numbers. */
    public DotProductUnit scaled(Scale by) {
        return new DotProductUnit(element, otherElement, lanes, windowBits, alignment, accumulator, by);
    }

    /** Returns the area in square micrometres of {@link Cell}s. */
    public double area() {
        return parts().values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Returns the area over the lanes: that of one multiply-accumulate a cycle. */
    public double areaPerLane() {
        return area() / lanes;
    }

    /** Returns the area of each part: multiply, align, add, accumulate. */
    public Map<String, Double> parts() {
        var parts = new LinkedHashMap<String, Double>();
        boolean align = element.isFloating() && alignment != Alignment.EXPANDED;
        int bits;
        if (align) {
            int window = Math.min(windowBits, exactBits());
            parts.put("multiply", lanes * product());
            parts.put("align", lanes * lane(window) + (lanes - 1) * largest());
            bits = window;
        } else {
            int a = element.expandedBits();
            int b = otherElement.expandedBits();
            parts.put("multiply", lanes * Circuits.multiplier(a, b));
            bits = a + b;
        }
        parts.put("add", Circuits.adderTree(lanes, bits));
        double sum = accumulator.area() + scale.area;
        // A sum of floating accumulators enters as a floating-point number; single products need no more than the adder
        // does itself.
        boolean convert = accumulator.isFloating() && lanes > 1;
        parts.put("accumulate", convert ? sum + Circuits.normaliser(Circuits.sumBits(lanes, bits)) : sum);
        return parts;
    }

    /** Bits that hold every product exactly: the fraction moved by each sum of exponents. */
    private int exactBits() {
        long moves = (1L << (element.exponentBits() + 1)) + element.fractionBits() + otherElement.fractionBits();
        return (int) Math.min(Integer.MAX_VALUE, moves);
    }

    private double product() {
        return Circuits.multiplier(element.factorBits(), otherElement.factorBits())
                + Circuits.adder(Math.max(element.exponentBits(), otherElement.exponentBits()))
                + Cell.XOR.area();
    }

    /** One step of the search for the largest exponent. */
    private double largest() {
        int bits = element.exponentBits() + 1;
        return Circuits.comparator(bits) + bits * Cell.MULTIPLEXER.area();
    }

    /** What each lane needs to align: the distance, the shift and the sign. A single lane leaves that to the accumulator. */
    private double lane(int window) {
        if (lanes == 1) {
            return 0;
        }
        double shift = alignment == Alignment.FULL
                ? Circuits.barrelShifter(window)
                : Circuits.placer(element.factorBits() + otherElement.factorBits(), window);
        return Circuits.adder(element.exponentBits() + 1) + shift + window * Cell.XOR.area();
    }
}
