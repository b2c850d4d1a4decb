package org.motleysim.hardware.power;

/** Always the fastest point, or always the slowest. */
enum ConstantGovernor implements Governor {
    PERFORMANCE,
    POWERSAVE;

    @Override
    public int choose(DeviceLoad load) {
        return this == PERFORMANCE ? load.points().fastest() : 0;
    }
}
