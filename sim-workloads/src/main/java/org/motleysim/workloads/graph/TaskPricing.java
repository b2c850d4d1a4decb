package org.motleysim.workloads.graph;

import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.cluster.DevicePower;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.power.OperatingPoint;

/**
 * What a task that begins takes on its device, where that does not run as its datasheet says: at another operating point, under a cap, or
 * slower than its like. Holds the last answer, so that nothing is allocated for each task.
 *
 * <p>A kernel is priced by the cost model at the point chosen. A time that was measured or recorded counts as bound by arithmetic: it is
 * divided by the clock, and its energy is multiplied by the square of the voltage (both relative to the datasheet).
 */
final class TaskPricing {
    private double seconds;
    private double joules;

    /** Prices a task that takes so much at the nominal point. */
    void price(Task task, Device device, double nominalSeconds, double nominalJoules) {
        seconds = nominalSeconds;
        joules = nominalJoules;
        if (device.control().isPresent()) {
            if (task instanceof Task.Compute compute) {
                Cost cost = device.cost(compute.kernel());
                seconds = cost.seconds();
                joules = cost.dynamicJoules();
            } else {
                scale(device.control().get());
            }
        }
        seconds *= device.health().slowdown();
        joules *= device.health().energyFactor();
    }

    private void scale(DevicePower control) {
        double allowed = control.allowedDynamicWatts(1);
        double nominalSeconds = seconds;
        double nominalJoules = joules;
        for (int number = control.choose(); ; number--) {
            OperatingPoint point = control.points().get(number);
            seconds = nominalSeconds / point.clock();
            joules = nominalJoules * point.voltage() * point.voltage();
            boolean fits = joules <= allowed * DevicePower.roundedSeconds(seconds);
            if (fits || number == 0) {
                control.use(number, !fits || number < control.wanted());
                seconds = fits ? seconds : DevicePower.throttledSeconds(joules, allowed);
                return;
            }
        }
    }

    double seconds() {
        return seconds;
    }

    /** Its power on top of idle. */
    double watts() {
        return seconds > 0 ? joules / seconds : 0;
    }
}
