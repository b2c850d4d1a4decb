package org.motleysim.hardware.power;

/**
 * Always the slowest point of at least one clock; see {@link Governor#fixed}.
 *
 * @param clock relative to the datasheet, above 0 and at most 4
 */
public record FixedGovernor(double clock) implements Governor {
    /** @throws IllegalArgumentException if the clock is out of range */
    public FixedGovernor {
        if (!(clock > 0 && clock <= 4)) {
            throw new IllegalArgumentException("clock (" + clock + ") must be a ratio above 0 and at most 4");
        }
    }

    @Override
    public int choose(DeviceLoad load) {
        return load.points().atLeast(clock);
    }
}
