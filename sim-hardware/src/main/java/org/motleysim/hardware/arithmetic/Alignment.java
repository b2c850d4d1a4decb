package org.motleysim.hardware.arithmetic;

/** How the products of floating-point numbers are brought to one exponent before they are added as integers. */
public enum Alignment {
    /** A shifter as wide as the window in each lane, all of its multiplexers counted. */
    FULL,
    /** A shifter that knows the product to be short, as synthesis leaves it. */
    PLACED,
    /** None: numbers become integers before they are multiplied. Small for one or two bits of exponent, huge beyond. */
    EXPANDED
}
