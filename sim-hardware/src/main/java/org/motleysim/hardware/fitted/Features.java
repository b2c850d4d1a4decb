package org.motleysim.hardware.fitted;

import org.motleysim.hardware.device.Kernel;

/** The physical estimate of one kind of kernel, and the numbers its correction depends on. Bound to a machine; stateless. */
interface Features {
    /** Returns how many numbers {@link #fill} writes. */
    int size();

    /**
     * Writes the numbers into {@code x} and returns the estimate.
     *
     * @return seconds, more than zero
     */
    double fill(Kernel kernel, double[] x);

    /** Returns the time of arithmetic at its peak, for explanations. */
    double computeSeconds(Kernel kernel);

    /** Returns the time of traffic at its peak, for explanations. */
    double trafficSeconds(Kernel kernel);
}
