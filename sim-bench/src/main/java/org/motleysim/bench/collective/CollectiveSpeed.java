package org.motleysim.bench.collective;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.collective.Algorithms;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.hardware.collective.CollectiveAlgorithm;
import org.motleysim.hardware.collective.Collectives;
import org.motleysim.hardware.collective.SymmetricRun;
import org.motleysim.hardware.network.LevelledNetwork;
import org.motleysim.hardware.network.LevelledNetwork.Level;
import org.motleysim.hardware.network.Network;

/**
 * How long an all-reduce of 1 GiB takes to simulate, by devices: with every transfer a flow of its own, and with one rank for all.
 *
 * <pre>
 * mvn -q -DskipTests package
 * java -Xmx2g -XX:+UseSerialGC -cp sim-bench/target/benchmarks.jar org.motleysim.bench.collective.CollectiveSpeed
 * </pre>
 *
 * <p>Three levels: 8 devices a node, 16 nodes a rack, the rest racks; a ring on each. Each figure is that of one run in the same process
 * after a run over 128 devices. The flat ring and halving-doubling run on the levels too.
 */
public final class CollectiveSpeed {
    private static final int NODE = 8;
    private static final int RACK = 16;

    /** When a run began, by the clock on the wall and that of this thread. */
    private record Start(long wall, long cpu) {}

    private CollectiveSpeed() {}

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Prints the table. */
    public static void main(String[] arguments) {
        explicit("warm up", hierarchical(128), 128);
        System.out.println("what                                devices   transfers  simulated s    wall s     CPU s");
        for (int devices : new int[] {1_024, 4_096, 16_384}) {
            explicit("three-level ring, every flow", hierarchical(devices), devices);
        }
        for (int devices : new int[] {1_024, 4_096, 16_384}) {
            explicit("halving-doubling, every flow", Algorithms.named("halving-doubling"), devices);
        }
        for (int devices : new int[] {256, 1_024, 4_096}) {
            explicit("flat ring, every flow", Algorithms.named("ring"), devices);
        }
        for (int devices : new int[] {1_024, 16_384, 131_072}) {
            symmetric(devices);
        }
    }

    private static CollectiveAlgorithm hierarchical(int devices) {
        CollectiveAlgorithm ring = Algorithms.named("ring");
        return Algorithms.hierarchical(List.of(NODE, RACK, devices / NODE / RACK), List.of(ring, ring, ring));
    }

    private static LevelledNetwork network(int devices) {
        return new LevelledNetwork(List.of(
                new Level(NODE, Bandwidth.gigabytesPerSecond(450), Duration.ofNanos(700)),
                new Level(RACK, Bandwidth.gigabytesPerSecond(50), Duration.ofNanos(2_500)),
                new Level(
                        Math.max(1, devices / NODE / RACK),
                        Bandwidth.gigabytesPerSecond(25),
                        Duration.ofNanos(5_000))));
    }

    private static void explicit(String what, CollectiveAlgorithm algorithm, int devices) {
        Start before = new Start(System.nanoTime(), cpuNanos());
        Simulation simulation = new Simulation();
        Network network = network(devices).bind(simulation, devices);
        long[] end = new long[1];
        var done = simulation.register("done", unused -> end[0] = simulation.now());
        Collectives collectives = Collectives.on(simulation, network);
        collectives.start(
                algorithm,
                new Collective.AllReduce(1L << 30),
                IntStream.range(0, devices).toArray(),
                done,
                0);
        simulation.run();
        print(what, devices, collectives.transfers(), end[0], before);
    }

    private static void symmetric(int devices) {
        Start before = new Start(System.nanoTime(), cpuNanos());
        long nanos = SymmetricRun.nanos(
                hierarchical(devices), new Collective.AllReduce(1L << 30), network(devices), Double.POSITIVE_INFINITY);
        print("three-level ring, one rank for all", devices, 0, nanos, before);
    }

    private static void print(String what, int devices, long transfers, long nanos, Start before) {
        System.out.printf(
                Locale.ROOT,
                "%-34s %8d %11d %12.6f %9.4f %9.4f%n",
                what,
                devices,
                transfers,
                SimTime.seconds(nanos),
                (System.nanoTime() - before.wall) * 1e-9,
                (cpuNanos() - before.cpu) * 1e-9);
    }
}
