package org.motleysim.hardware.power;

/**
 * Clock and voltage of a device, relative to those its datasheet describes.
 *
 * @param clock above 0; compute rates scale with it, memory bandwidth does not
 * @param voltage above 0; the energy of an operation scales with its square
 */
public record OperatingPoint(double clock, double voltage) {
    private static final OperatingPoint NOMINAL = new OperatingPoint(1, 1);

    /** @throws IllegalArgumentException if a ratio is not above 0 and at most 4 */
    public OperatingPoint {
        check("clock", clock);
        check("voltage", voltage);
    }

    /** Returns the point the datasheet describes. */
    public static OperatingPoint nominal() {
        return NOMINAL;
    }

    private static void check(String name, double ratio) {
        if (!(ratio > 0 && ratio <= 4)) {
            throw new IllegalArgumentException(
                    name + " (" + ratio + ") must be a ratio above 0 and at most 4\nMaybe 1, the nominal point.");
        }
    }
}
