package org.motleysim.workloads.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.motleysim.core.engine.SimTime;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.collective.AlphaBeta;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.power.OperatingPoint;

/** The groups of a cluster that a graph may use, as its scheduler sees them. Costs are kept for each group and task, not for each device. */
final class ClusterPlatform implements Platform {
    private static final double PROBE_BYTES = 1e9;

    private final List<String> names = new ArrayList<>();
    private final int[] endpoint;
    private final int[] groupOf;
    private final double[][] seconds; // by group and task; infinity where it cannot run
    private final double[][] joules;
    private final List<DeviceGroup> groups;
    private final NetworkModel network;
    private final int endpoints;
    private final double meanLatency;
    private final double meanSecondsPerByte;

    ClusterPlatform(TaskGraph graph, MeasuredTimes times, Cluster cluster, List<DeviceGroup> groups) {
        int count = groups.stream().mapToInt(DeviceGroup::count).sum();
        this.endpoint = new int[count];
        this.groupOf = new int[count];
        this.seconds = new double[groups.size()][graph.size()];
        this.joules = new double[groups.size()][graph.size()];
        this.network = cluster.network();
        this.endpoints = cluster.deviceCount() + 1;
        int index = 0;
        for (DeviceGroup group : cluster.groups()) {
            int at = groups.indexOf(group);
            for (int i = 0; i < group.count(); i++, index++) {
                if (at >= 0) {
                    endpoint[names.size()] = index;
                    groupOf[names.size()] = at;
                    names.add(group.name() + "-" + i);
                }
            }
        }
        this.meanLatency = meanOfPairs(0);
        this.meanSecondsPerByte = (meanOfPairs(PROBE_BYTES) - meanLatency) / PROBE_BYTES;
        this.groups = List.copyOf(groups);
        for (int i = 0; i < groups.size(); i++) {
            cost(graph, times, cluster, groups.get(i), seconds[i], joules[i]);
            refuseWhatDoesNotFit(graph, groups.get(i), seconds[i]);
            estimateCollectives(graph, seconds[i]);
        }
    }

    /** What planners expect of a collective, wherever they put it: its formula over the mean of all pairs of devices. */
    private void estimateCollectives(TaskGraph graph, double[] seconds) {
        for (int task = 0; task < seconds.length; task++) {
            if (!(graph.task(task) instanceof Task.Collective together)) {
                continue;
            }
            int ranks = together.groups().isEmpty()
                    ? Math.min(graph.inDegree(task), devices())
                    : devicesOf(together.groups()).length;
            boolean moves = ranks > 1 && meanSecondsPerByte > 0;
            seconds[task] = 0;
            if (moves && together.refusal(ranks).isEmpty()) {
                var network = new AlphaBeta(meanLatency, meanSecondsPerByte, 0);
                Collective operation = together.operation();
                seconds[task] = together.algorithm()
                        .choose(operation, ranks)
                        .seconds(operation, ranks, network)
                        .orElse(meanTransferSeconds(operation.busFactor(ranks) * operation.bytes()));
            }
        }
    }

    /** The devices of some groups, in their order. */
    int[] devicesOf(List<String> names) {
        return IntStream.range(0, groupOf.length)
                .filter(device -> names.contains(groups.get(groupOf[device]).name()))
                .toArray();
    }

    double capacityBytes(int device) {
        return capacityBytes(groups.get(groupOf[device]));
    }

    private static void cost(
            TaskGraph graph,
            MeasuredTimes times,
            Cluster cluster,
            DeviceGroup group,
            double[] seconds,
            double[] joules) {
        CostModel model = cluster.costModel(group);
        BoundCostModel bound = model.bind(group.spec(), OperatingPoint.nominal());
        // Graphs of millions of tasks repeat a few kernels.
        Map<Kernel, Optional<Cost>> known = new HashMap<>();
        for (int i = 0; i < graph.size(); i++) {
            Task task = graph.task(i);
            if (task instanceof Task.Compute compute) {
                Optional<Cost> cost = known.computeIfAbsent(compute.kernel(), kernel -> possible(bound, kernel));
                seconds[i] = cost.map(Cost::seconds).orElse(Double.POSITIVE_INFINITY);
                joules[i] = cost.map(Cost::dynamicJoules).orElse(0.0);
            } else if (task instanceof Task.Recorded recorded) {
                seconds[i] = SimTime.seconds(SimTime.nanos(recorded.time()));
            } else if (task instanceof Task.Measured measured) {
                OptionalDouble time = times.seconds(measured.type(), group.name());
                seconds[i] = time.orElse(Double.POSITIVE_INFINITY);
            }
        }
    }

    /** What a task needs, its inputs and its outputs are in the memory of its device while it runs, if its datasheet says how large that is. */
    private static void refuseWhatDoesNotFit(TaskGraph graph, DeviceGroup group, double[] seconds) {
        double capacity = capacityBytes(group);
        for (int task = 0; task < seconds.length && capacity < Double.POSITIVE_INFINITY; task++) {
            if (workingSetBytes(graph, task) > capacity) {
                seconds[task] = Double.POSITIVE_INFINITY;
            }
        }
    }

    static double capacityBytes(DeviceGroup group) {
        return group.spec().memory().stream()
                .findFirst()
                .flatMap(MemoryTier::knownCapacity)
                .map(capacity -> (double) capacity.value())
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** What a task needs for itself, and what flows in and out of it. */
    static double workingSetBytes(TaskGraph graph, int task) {
        if (graph.task(task) instanceof Task.Collective) {
            return 0;
        }
        double bytes = (double) graph.task(task).memory().value();
        for (int i = 0; i < graph.inDegree(task); i++) {
            bytes += graph.bytes(graph.inEdge(task, i));
        }
        for (int edge = graph.firstOut(task); edge < graph.firstOut(task + 1); edge++) {
            bytes += graph.bytes(edge);
        }
        return bytes;
    }

    /** A device that lacks the format, or a number that its cost model needs, cannot run the kernel. */
    private static Optional<Cost> possible(BoundCostModel model, Kernel kernel) {
        try {
            return Optional.of(model.cost(kernel));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The number of a device in the cluster. */
    int endpoint(int device) {
        return endpoint[device];
    }

    /** The dynamic energy of a task on a device. */
    double joules(int task, int device) {
        return joules[groupOf[device]][task];
    }

    @Override
    public int devices() {
        return endpoint.length;
    }

    @Override
    public String device(int device) {
        return names.get(device);
    }

    @Override
    public double seconds(int task, int device) {
        return seconds[groupOf[device]][task];
    }

    @Override
    public double transferSeconds(double bytes, int from, int to) {
        return from == to ? 0 : network.secondsAlone(endpoints, endpoint[from], endpoint[to], bytes);
    }

    @Override
    public double meanTransferSeconds(double bytes) {
        return meanLatency + bytes * meanSecondsPerByte;
    }

    /** A transfer alone takes a latency and a time per byte, so two sizes tell the mean of all. */
    private double meanOfPairs(double bytes) {
        int count = devices();
        if (count < 2) {
            return 0;
        }
        double sum = 0;
        for (int from = 0; from < count; from++) {
            for (int to = 0; to < count; to++) {
                sum += transferSeconds(bytes, from, to);
            }
        }
        return sum / ((double) count * (count - 1));
    }

    @Override
    public String toString() {
        return "ClusterPlatform" + Arrays.toString(endpoint);
    }
}
