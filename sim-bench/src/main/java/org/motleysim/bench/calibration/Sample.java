package org.motleysim.bench.calibration;

import org.motleysim.hardware.device.Kernel;

/**
 * One measured kernel in units of its device's peaks, so that samples of several devices can be fitted together.
 *
 * @param peakComputeSeconds flops / peak rate
 * @param peakTrafficSeconds bytes / peak bandwidth
 * @param fixedSeconds part of the time that is known beforehand
 * @param measuredSeconds what it took
 * @param shape whole shapes are held out together
 */
record Sample(
        double peakComputeSeconds, double peakTrafficSeconds, double fixedSeconds, double measuredSeconds, int shape) {

    /** Returns the sample of a kernel that was measured {@code repeats} times side by side in one launch. */
    static Sample of(Kernel kernel, long repeats, double peak, double bandwidth, double measuredSeconds, int shape) {
        return new Sample(
                repeats * kernel.flops() / peak, repeats * kernel.bytes() / bandwidth, 0, measuredSeconds, shape);
    }
}
