package org.motleysim.bench.network;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.network.FlowClasses;
import org.motleysim.hardware.network.MaxMinFlows;
import org.motleysim.hardware.topology.Fabric;
import org.motleysim.hardware.topology.LinkSpec;
import org.motleysim.hardware.topology.TopologyNetwork;
import org.motleysim.hardware.topology.Tree;
import org.motleysim.hardware.topology.Tree.Level;

/**
 * How fast flows are simulated, for three sizes each, so that growth is visible.
 *
 * <ul>
 *   <li>{@code together}: flows of random sizes between random hosts of 1,024 in 64 racks, all starting at once and all ending at different
 *       times; the uplinks have as much as the hosts below, or a quarter of it.
 *   <li>{@code arriving}: flows that arrive over time on the same network, at most 2,000 at once.
 *   <li>{@code classes}: a three-level ring all-reduce (8 devices in a node, 16 nodes in a rack, the rest racks) by classes of flows, all
 *       steps; the topology and its classes are part of the time.
 *   <li>{@code explicit}: the same with every flow of its own.
 * </ul>
 *
 * <pre>
 * mvn -q -DskipTests package
 * java -Xmx2g -XX:+UseSerialGC -cp sim-bench/target/benchmarks.jar org.motleysim.bench.network.NetworkSpeed
 * </pre>
 *
 * <p>Each size runs once to warm up, then once to be measured.
 */
public final class NetworkSpeed {
    private static final int HOSTS_PER_RACK = 16;
    private static final int RACKS = 64;
    private static final int AT_ONCE = 2_000;
    private static final double BUFFER_BYTES = 1 << 30;

    private NetworkSpeed() {}

    /** Runs the parts named, all when none is. */
    public static void main(String[] parts) {
        List<String> chosen =
                parts.length > 0 ? List.of(parts) : List.of("together", "arriving", "classes", "explicit");
        System.out.printf(Locale.ROOT, "%-28s %9s %10s %10s %14s%n", "", "size", "CPU s", "wall s", "flows/s");
        for (String part : chosen) {
            switch (part) {
                case "together" -> {
                    measure("together, 1:1", new int[] {2_500, 5_000, 10_000}, size -> together(size, 1));
                    measure("together, 4:1", new int[] {2_500, 5_000, 10_000}, size -> together(size, 0.25));
                }
                case "arriving" ->
                    measure("arriving, 4:1", new int[] {25_000, 50_000, 100_000}, NetworkSpeed::arriving);
                case "classes" ->
                    measure("all-reduce by classes", new int[] {16_384, 65_536, 131_072}, NetworkSpeed::classes);
                case "explicit" ->
                    measure("all-reduce, every flow", new int[] {256, 1_024, 4_096}, NetworkSpeed::explicit);
                default ->
                    throw new IllegalArgumentException(
                            "part (" + part + ") must be together, arriving, classes or explicit");
            }
        }
    }

    private static void measure(String name, int[] sizes, IntUnaryOperator flowsOf) {
        for (int size : sizes) {
            require(flowsOf.applyAsInt(size) > 0);
            System.gc();
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long wall = System.nanoTime();
            int flows = flowsOf.applyAsInt(size);
            double cpuSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9;
            double wallSeconds = (System.nanoTime() - wall) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %,9d %10.3f %10.3f %,14.0f%n",
                    name,
                    size,
                    cpuSeconds,
                    wallSeconds,
                    flows / cpuSeconds);
        }
    }

    private static TopologyNetwork racks(double uplinkShare) {
        LinkSpec host = LinkSpec.of(Bandwidth.gigabitsPerSecond(100), Duration.ofNanos(500));
        LinkSpec up =
                LinkSpec.of(Bandwidth.gigabitsPerSecond(100 * HOSTS_PER_RACK * uplinkShare), Duration.ofNanos(500));
        return TopologyNetwork.of(Tree.ofNodes(RACKS, HOSTS_PER_RACK, host, up));
    }

    private static int together(int count, double uplinkShare) {
        Simulation simulation = new Simulation();
        int hosts = RACKS * HOSTS_PER_RACK;
        Fabric fabric = racks(uplinkShare).bind(simulation, hosts);
        long[] ended = new long[count];
        EventType done = simulation.register("done", flow -> ended[(int) flow] = simulation.now());
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < count; i++) {
            int from = random.nextInt(hosts);
            int to = (from + 1 + random.nextInt(hosts - 1)) % hosts;
            fabric.transfer(from, to, 1_000_000 + random.nextLong(1_000_000_000), done, i);
        }
        simulation.run();
        require(fabric.bytesInFlight() == 0 && Arrays.stream(ended).distinct().count() > 0.999 * count);
        return count;
    }

    private static int arriving(int count) {
        return new Arriving(count).run();
    }

    /** Flows arrive by a Poisson process, somewhat faster than they end, and wait outside while there are {@link #AT_ONCE}. */
    private static final class Arriving {
        private final Simulation simulation = new Simulation();
        private final int hosts = RACKS * HOSTS_PER_RACK;
        private final Fabric fabric = racks(0.25).bind(simulation, hosts);
        private final SplittableRandom random = new SplittableRandom(2);
        private final EventType done = simulation.register("done", flow -> ended());
        private final EventType arrival = simulation.register("arrival", flow -> arrived());
        private final int count;
        private int arrived;
        private int waiting;
        private int active;
        private int most;
        private int finished;

        Arriving(int count) {
            this.count = count;
        }

        int run() {
            simulation.schedule(0, arrival, 0);
            simulation.run();
            require(finished == count && most == AT_ONCE);
            return count;
        }

        private void arrived() {
            arrived++;
            waiting++;
            send();
            if (arrived < count) {
                simulation.schedule(SimTime.nanos(-StrictMath.log(1 - random.nextDouble()) * 25e-6), arrival, 0);
            }
        }

        private void ended() {
            active--;
            finished++;
            send();
        }

        private void send() {
            while (waiting > 0 && active < AT_ONCE) {
                waiting--;
                active++;
                most = Math.max(most, active);
                int from = random.nextInt(hosts);
                int to = (from + 1 + random.nextInt(hosts - 1)) % hosts;
                fabric.transfer(from, to, 1_000_000 + random.nextLong(200_000_000), done, 0);
            }
        }
    }

    /** One level of a hierarchical ring: devices that differ in one digit of their number pass their parts on. */
    private record Ring(int devices, int length, int stride) {
        int next(int device) {
            int digit = device / stride % length;
            return device + ((digit + 1) % length - digit) * stride;
        }

        /** Of each step: the buffer shrinks by the levels below. */
        double bytes() {
            return BUFFER_BYTES / ((double) stride * length);
        }

        int steps() {
            return 2 * (length - 1);
        }
    }

    private static TopologyNetwork threeLevels(int devices) {
        LinkSpec inside = LinkSpec.of(Bandwidth.gigabytesPerSecond(450), Duration.ofNanos(500));
        LinkSpec node = LinkSpec.of(Bandwidth.gigabytesPerSecond(400), Duration.ofNanos(1_000));
        LinkSpec rack = LinkSpec.of(Bandwidth.gigabytesPerSecond(3_200), Duration.ofNanos(1_000));
        return TopologyNetwork.of(
                new Tree(List.of(new Level(8, inside), new Level(16, node), new Level(devices / 128, rack))));
    }

    private static List<Ring> rings(int devices) {
        return List.of(new Ring(devices, 8, 1), new Ring(devices, 16, 8), new Ring(devices, devices / 128, 128));
    }

    private static int classes(int devices) {
        TopologyNetwork network = threeLevels(devices);
        int flows = 0;
        for (Ring ring : rings(devices)) {
            if (ring.length > 1) {
                int[] from = new int[devices];
                int[] to = new int[devices];
                double[] bytes = new double[devices];
                Arrays.setAll(from, i -> i);
                Arrays.setAll(to, ring::next);
                Arrays.fill(bytes, ring.bytes());
                new Steps(network.classes(from, to, bytes), ring.steps()).run();
                flows += devices * ring.steps();
            }
        }
        return flows;
    }

    /** The steps of one level, one after the other. */
    private static final class Steps {
        private final Simulation simulation = new Simulation();
        private final FlowClasses classes;
        private final MaxMinFlows flows;
        private final EventType start;
        private int steps;
        private int open;

        Steps(FlowClasses classes, int steps) {
            this.classes = classes;
            this.steps = steps;
            this.flows = new MaxMinFlows(simulation, classes.capacities(), tag -> ended());
            this.start = simulation.register("start", flowClass -> start((int) flowClass));
        }

        void run() {
            next();
            simulation.run();
            require(steps == 0 && open == 0);
        }

        private void next() {
            open = classes.size();
            for (int k = 0; k < classes.size(); k++) {
                simulation.schedule(classes.kind(k), start, k);
            }
        }

        private void start(int flowClass) {
            flows.startClass(
                    classes.links(flowClass),
                    classes.flowsOnLink(flowClass),
                    classes.bytes(flowClass),
                    Double.POSITIVE_INFINITY,
                    flowClass);
        }

        private void ended() {
            if (--open == 0 && --steps > 0) {
                next();
            }
        }
    }

    private static int explicit(int devices) {
        int flows = 0;
        TopologyNetwork network = threeLevels(devices);
        for (Ring ring : rings(devices)) {
            if (ring.length > 1) {
                Simulation simulation = new Simulation();
                Fabric fabric = network.bind(simulation, devices);
                EventType[] done = new EventType[1];
                int[] left = new int[devices];
                Arrays.fill(left, ring.steps());
                long bytes = (long) ring.bytes();
                // A device sends the next part when it has the one before.
                done[0] = simulation.register("done", device -> {
                    int at = (int) device;
                    if (left[at]-- > 0) {
                        fabric.transfer(at, ring.next(at), bytes, done[0], ring.next(at));
                    }
                });
                for (int i = 0; i < devices; i++) {
                    simulation.schedule(0, done[0], i);
                }
                simulation.run();
                require(fabric.bytesDelivered() == bytes * devices * ring.steps());
                flows += devices * ring.steps();
            }
        }
        return flows;
    }

    private static void require(boolean asMeant) {
        if (!asMeant) {
            throw new IllegalStateException("the run must be what it is said to be");
        }
    }
}
