package org.motleysim.hardware.power;

/** What a {@link Governor} may know of a device. */
public interface DeviceLoad {
    /** Returns the points to choose from, slowest first. */
    OperatingPoints points();

    /** Returns the number of the point at which the device ran last; the fastest before it ran. */
    int current();

    /** Returns the share of the last whole period in which it was busy, from 0 to 1; 1 while there was none. */
    double utilization();
}
