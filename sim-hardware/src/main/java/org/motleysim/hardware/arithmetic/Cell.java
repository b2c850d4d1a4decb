package org.motleysim.hardware.arithmetic;

/**
 * Standard cells that arithmetic is made of, with their area in a public 45 nm library (NanGate FreePDK45 Open Cell Library, smallest
 * drive). Other processes scale all of them alike to within a few per cent, so ratios of areas carry over.
 */
public enum Cell {
    /** Two inputs. */
    AND(1.064),
    /** Two inputs. */
    OR(1.064),
    /** Two inputs. */
    XOR(1.596),
    /** Two to one. */
    MULTIPLEXER(1.862),
    /** Adds two bits. */
    HALF_ADDER(2.660),
    /** Adds three bits. */
    FULL_ADDER(4.256);

    private final double area;

    Cell(double area) {
        this.area = area;
    }

    /** Returns the area in square micrometres. */
    public double area() {
        return area;
    }
}
