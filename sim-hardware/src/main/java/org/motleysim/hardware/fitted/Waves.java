package org.motleysim.hardware.fitted;

/** Tiles of equal work that a number of units take in waves: 109 tiles on 108 units take as long as 216. */
final class Waves {
    private Waves() {}

    /** Returns how many parts of size {@code part} cover {@code size}. */
    static double parts(double size, double part) {
        return Math.ceil(size / part);
    }

    /** Returns the logarithm of the time that quantisation costs: 0 when the last wave is full. */
    static double loss(double tiles, int units) {
        return Log2.of(Math.ceil(tiles / units) * units / tiles);
    }

    /** Returns the logarithm of waves, fractions of one included. */
    static double waves(double tiles, int units) {
        return Log2.of(tiles / units);
    }
}
