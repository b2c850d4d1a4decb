package org.motleysim.workloads.llm;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.motleysim.hardware.cluster.Device;
import org.motleysim.hardware.cluster.DevicePower;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.power.OperatingPoints;
import org.motleysim.workloads.llm.step.Iteration;
import org.motleysim.workloads.llm.step.IterationCost;
import org.motleysim.workloads.llm.step.IterationResult;

/**
 * What iterations cost at each operating point, and which point one runs at: the fastest that the governor wants, heat allows and whose
 * power is within the caps of all devices of the replica. If the slowest draws too much, the iteration is stretched until it does not.
 *
 * <p>Costs of a point are prepared when it is first used. Shared by the replicas of a group.
 */
final class PointCosts {
    private final OperatingPoints points;
    private final Function<OperatingPoint, IterationCost> binder;
    private final @Nullable IterationCost[] costs;

    PointCosts(OperatingPoints points, Function<OperatingPoint, IterationCost> binder) {
        this.points = points;
        this.binder = binder;
        this.costs = new @Nullable IterationCost[points.size()];
    }

    /** Prices an iteration that begins now. */
    void price(Iteration iteration, IterationResult result, List<DevicePower> devices) {
        int ranks = devices.size();
        int chosen = points.fastest();
        double allowed = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ranks; i++) {
            chosen = Math.min(chosen, devices.get(i).choose());
            allowed = Math.min(allowed, devices.get(i).allowedDynamicWatts(ranks));
        }
        allowed *= ranks;
        int point = chosen;
        at(point).cost(iteration, result);
        while (point > 0 && !fits(result, allowed)) {
            point--;
            at(point).cost(iteration, result);
        }
        boolean stretched = !fits(result, allowed);
        if (stretched) {
            double joules = result.dynamicJoules();
            result.stretchTo(DevicePower.throttledSeconds(joules, allowed));
        }
        for (int i = 0; i < ranks; i++) {
            devices.get(i).use(point, stretched || devices.get(i).wanted() > point);
        }
    }

    private static boolean fits(IterationResult result, double watts) {
        return result.dynamicJoules() <= watts * DevicePower.roundedSeconds(result.seconds());
    }

    private IterationCost at(int point) {
        IterationCost cost = costs[point];
        if (cost == null) {
            cost = binder.apply(points.get(point));
            costs[point] = cost;
        }
        return cost;
    }

    /** The controls of the devices of a replica; empty when their group has no power setup. */
    static List<DevicePower> controls(List<Device> devices) {
        return devices.stream().flatMap(device -> device.control().stream()).toList();
    }
}
