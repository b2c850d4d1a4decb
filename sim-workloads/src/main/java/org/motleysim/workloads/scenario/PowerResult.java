package org.motleysim.workloads.scenario;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.motleysim.core.metric.Series;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.cluster.DevicePower;
import org.motleysim.hardware.power.OperatingPoint;

/**
 * What clock, heat and charge of one device did in a run.
 *
 * @param points its operating points, slowest first
 * @param busySeconds how long it was busy at each of them
 * @param limitedSeconds how long it was busy and slower than its governor wanted, because of a cap or heat
 * @param offSeconds how long it was switched off
 * @param clock its clock over time, relative to the datasheet
 * @param heat its temperature, if that is modelled
 * @param charge its battery, if it has one
 */
public record PowerResult(
        List<OperatingPoint> points,
        List<Double> busySeconds,
        double limitedSeconds,
        double offSeconds,
        Series clock,
        Optional<DevicePower.Heat> heat,
        Optional<DevicePower.Charge> charge) {
    /** Keeps its own copies of the lists. */
    public PowerResult {
        points = List.copyOf(points);
        busySeconds = List.copyOf(busySeconds);
    }

    static Optional<PowerResult> of(Device device) {
        return device.control()
                .map(control -> new PowerResult(
                        control.points().all(),
                        IntStream.range(0, control.points().size())
                                .mapToObj(control::busySeconds)
                                .toList(),
                        control.limitedSeconds(),
                        device.offSeconds(),
                        control.clock(),
                        control.heat(),
                        control.charge()));
    }

    /** The mean clock while busy; empty if it was never busy. */
    public Optional<Double> meanClock() {
        double time = busySeconds.stream().mapToDouble(Double::doubleValue).sum();
        double sum = IntStream.range(0, points.size())
                .mapToDouble(i -> points.get(i).clock() * busySeconds.get(i))
                .sum();
        return time > 0 ? Optional.of(sum / time) : Optional.empty();
    }
}
