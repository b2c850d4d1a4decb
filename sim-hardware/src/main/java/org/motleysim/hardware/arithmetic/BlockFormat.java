package org.motleysim.hardware.arithmetic;

/**
 * Elements that share a scale (microscaling formats: OCP MX specification 1.0, 2023; block floating point).
 *
 * @param element each number
 * @param scaleBits one per block
 * @param block elements in a block
 */
public record BlockFormat(Element element, int scaleBits, int block) {
    /** @throws IllegalArgumentException if the block is empty or the scale has a negative number of bits */
    public BlockFormat {
        if (block < 1 || scaleBits < 0) {
            throw new IllegalArgumentException(
                    "block (" + block + " elements, " + scaleBits + " bits of scale) must have an element and a scale");
        }
    }

    /** Returns the bits that one element takes, its share of the scale included. */
    public double bitsPerElement() {
        return element.bits() + (double) scaleBits / block;
    }
}
