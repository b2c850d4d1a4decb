package org.motleysim.bench.graph;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.DoubleSupplier;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.core.resource.SharedRate;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.price.PriceModel;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.graph.ExecutionRules;
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.graph.JobMix;
import org.motleysim.workloads.graph.ManagerClock;
import org.motleysim.workloads.graph.Plan;
import org.motleysim.workloads.graph.Planner;
import org.motleysim.workloads.graph.Scheduler;
import org.motleysim.workloads.graph.Task;
import org.motleysim.workloads.graph.TaskGraph;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;
import org.motleysim.workloads.schedule.Schedulers;
import org.motleysim.workloads.soc.SocTables;

/**
 * How long task graphs, jobs on a chip and jobs on a shared server take to simulate, in three sizes each: wall time of the second of two
 * runs in one process, with the growth from size to size.
 *
 * <pre>
 * mvn -q -DskipTests package
 * java -Xmx4g -cp sim-bench/target/benchmarks.jar org.motleysim.bench.graph.GraphSpeed
 * </pre>
 *
 * <p>The chip is that of DS3, whose tables are in the folder of measured data: {@code -Dmotley.data=FOLDER} or {@code MOTLEY_DATA}; it is
 * left out without.
 */
public final class GraphSpeed {
    private static final double NANOS = 1e9;
    private static final double EDGES_PER_TASK = 2.4744;

    private GraphSpeed() {}

    /** Prints the table; only the rows whose names begin with the argument, if there is one. */
    public static void main(String[] names) {
        String wanted = names.length > 0 ? names[0] : "";
        System.out.printf(
                Locale.ROOT, "%-52s %12s %10s %12s %10s%n", "what", "size", "seconds", "per second", "target s");
        row(wanted, "HEFT, 2.47 edges a task, 128 hosts", new int[] {1_000, 3_162, 10_000}, 1, GraphSpeed::heft);
        row(
                wanted,
                "run of its plan, shared links, 128 hosts",
                new int[] {1_000, 3_162, 10_000},
                3,
                GraphSpeed::shared);
        row(
                wanted,
                "layered graph, no contention, 16 devices, EFT",
                new int[] {10_000, 100_000, 1_000_000},
                20,
                size -> layered(size, Schedulers.earliestFinishTime()));
        row(
                wanted,
                "layered graph, no contention, 16 devices, stealing",
                new int[] {10_000, 100_000, 1_000_000},
                20,
                size -> layered(size, Schedulers.workStealing()));
        chip(wanted);
        row(
                wanted,
                "jobs on one processor-sharing server, load 0.9",
                new int[] {10_000, 100_000, 1_000_000},
                5,
                GraphSpeed::server);
    }

    /** Runs one size and returns how many things happened, with the seconds that this took. */
    @FunctionalInterface
    private interface Measured {
        Measurement of(int size);
    }

    private record Measurement(double count, double seconds) {}

    private static void row(String wanted, String name, int[] sizes, double targetSeconds, Measured measured) {
        if (!name.startsWith(wanted)) {
            return;
        }
        double before = Double.NaN;
        for (int i = 0; i < sizes.length; i++) {
            measured.of(sizes[i]);
            Measurement second = measured.of(sizes[i]);
            double growth = i == 0
                    ? Double.NaN
                    : Math.log(second.seconds / before) / Math.log((double) sizes[i] / sizes[i - 1]);
            System.out.printf(
                    Locale.ROOT,
                    "%-52s %,12d %10.3f %,12.0f %10s%s%n",
                    name,
                    sizes[i],
                    second.seconds,
                    second.count / second.seconds,
                    i == sizes.length - 1 ? "<= " + targetSeconds : "",
                    Double.isNaN(growth) ? "" : String.format(Locale.ROOT, "  size^%.2f", growth));
            before = second.seconds;
        }
    }

    private static Measurement timed(double count, Runnable work) {
        return measured(() -> {
            work.run();
            return count;
        });
    }

    private static Measurement measured(DoubleSupplier work) {
        long start = System.nanoTime();
        double count = work.getAsDouble();
        return new Measurement(count, (System.nanoTime() - start) / NANOS);
    }

    private static DeviceSpec host(String name, double flopsPerSecond) {
        return DeviceSpec.builder(name, DeviceKind.CPU)
                .peak(NumberFormat.FP64, FlopRate.of(flopsPerSecond))
                .memory("DDR4", Bytes.gigabytes(64), Bandwidth.gigabytesPerSecond(100))
                .tdp(Power.watts(100))
                .build();
    }

    private static Cluster hosts(int count, NetworkModel network) {
        RandomStream speeds = RandomStreams.of(1).stream("speeds");
        Cluster.Builder cluster = Cluster.builder("hosts").price(PriceModel.free());
        for (int i = 0; i < count; i++) {
            cluster.add("h" + i, 1, host("host-" + i, (1 + speeds.nextInt(8)) * 1e9), RooflineCostModel.peak());
        }
        return cluster.network(network).build();
    }

    /** Each task needs one to four of the hundred before it; 0.1 to 1 Gflop, 1 to 10 MB. */
    private static TaskGraph random(int size) {
        RandomStream draws = RandomStreams.of(2).stream("graph");
        TaskGraph.Builder graph = TaskGraph.builder("random");
        for (int i = 0; i < size; i++) {
            double flops = (1 + draws.nextInt(10)) * 1e8;
            graph.add(new Task.Compute(
                    "t" + i, new Kernel(KernelFamily.GEMM, NumberFormat.FP64, flops, 0, 0, Shape.NONE)));
        }
        double owed = 0;
        for (int i = 1; i < size; i++) {
            owed += EDGES_PER_TASK;
            for (; owed >= 1; owed--) {
                int from = Math.max(0, i - 1 - draws.nextInt(Math.min(i, 100)));
                graph.edge(from, i, Bytes.megabytes(1 + draws.nextInt(10)));
            }
        }
        return graph.build();
    }

    private static Measurement heft(int size) {
        Cluster cluster = hosts(128, NetworkModel.uniform(Bandwidth.gigabytesPerSecond(1), Duration.ofNanos(100_000)));
        GraphJob job = GraphJob.of(random(size), Schedulers.heft()).build();
        return measured(() -> job.plan(cluster).orElseThrow().size());
    }

    private static Measurement shared(int size) {
        TaskGraph graph = random(size);
        Plan plan = GraphJob.of(graph, Schedulers.heft())
                .build()
                .plan(hosts(128, NetworkModel.uniform(Bandwidth.gigabytesPerSecond(1), Duration.ofNanos(100_000))))
                .orElseThrow();
        Cluster cluster =
                hosts(128, NetworkModel.fairShare(Bandwidth.gigabytesPerSecond(1), Duration.ofNanos(100_000)));
        Scheduler made = (Planner) (unused, platform) -> plan;
        Scenario scenario =
                Scenario.of(cluster, GraphJob.of(graph, made).build()).build();
        return measured(() -> events(scenario.run()));
    }

    /** A thousand tasks a layer, each needs two of the layer before. */
    private static Measurement layered(int size, Scheduler scheduler) {
        return measured(() -> {
            RandomStream draws = RandomStreams.of(3).stream("layers");
            TaskGraph.Builder graph = TaskGraph.builder("layers");
            int width = 1_000;
            Kernel[] kernels = new Kernel[10];
            for (int i = 0; i < kernels.length; i++) {
                kernels[i] = new Kernel(KernelFamily.GEMM, NumberFormat.FP64, (i + 1) * 1e8, 0, 0, Shape.NONE);
            }
            for (int i = 0; i < size; i++) {
                graph.add(new Task.Compute("t" + i, kernels[draws.nextInt(kernels.length)]));
                if (i >= width) {
                    int layer = i / width * width;
                    graph.edge(layer - width + draws.nextInt(width), i, Bytes.kilobytes(10));
                    graph.edge(layer - width + draws.nextInt(width), i, Bytes.kilobytes(10));
                }
            }
            Cluster cluster = hosts(16, NetworkModel.uniform(Bandwidth.gigabytesPerSecond(1), Duration.ofNanos(1_000)));
            Scenario.of(cluster, GraphJob.of(graph.build(), scheduler).build())
                    .build()
                    .run();
            return size;
        });
    }

    private static double events(RunResult result) {
        return result.metrics().value("tasks.finished");
    }

    private static void chip(String wanted) {
        String folder = System.getProperty("motley.data", System.getenv("MOTLEY_DATA"));
        String name = "chip of DS3, jobs at a mean gap of 60 us, ETF";
        if (folder == null) {
            System.out.println(name + ": skipped, no data folder (set -Dmotley.data or MOTLEY_DATA)");
            return;
        }
        SocTables soc = SocTables.read(Path.of(folder).resolve("edge"), "soc_ds3_");
        List<TaskGraph> graphs = List.of(soc.graph("WiFi_Transmitter"), soc.graph("WiFi_Receiver"));
        row(wanted, name, new int[] {300, 3_000, 30_000}, 8.5, size -> {
            JobMix mix = new JobMix(
                    List.of(new JobMix.Kind(graphs.get(0), 0.8), new JobMix.Kind(graphs.get(1), 0.2)),
                    Arrivals.poisson(1e6 / 60),
                    OptionalInt.of(size));
            GraphJob job = GraphJob.of(mix, Schedulers.onlineEarliestTaskFirst())
                    .name("wifi")
                    .times(soc.times())
                    .rules(new ExecutionRules(
                            ExecutionRules.Queue.FIRST_READY,
                            ExecutionRules.Transfers.WHEN_PRODUCED,
                            Optional.of(new ManagerClock(Duration.ofNanos(1_000), Duration.ofNanos(10_000)))))
                    .build();
            Scenario scenario = Scenario.of(soc.cluster(), job).build();
            return measured(() -> events(scenario.run()));
        });
    }

    /** Poisson arrivals, exponential work, mean number present 9. */
    private static Measurement server(int size) {
        return timed(size, () -> new Server(size).run());
    }

    private static final class Server {
        private final Simulation simulation = new Simulation();
        private final RandomStream gaps = RandomStreams.of(4).stream("gaps");
        private final RandomStream work = RandomStreams.of(4).stream("work");
        private final SharedRate rate = new SharedRate(simulation, "server", 1);
        private final EventType done = simulation.register("done", job -> {});
        private final EventType arrival = simulation.register("arrival", this::arrive);
        private final int jobs;

        Server(int jobs) {
            this.jobs = jobs;
        }

        private void arrive(long job) {
            rate.start(work.nextExponential(0.9), done, job);
            if (job + 1 < jobs) {
                simulation.schedule(Math.round(gaps.nextExponential(1) * NANOS), arrival, job + 1);
            }
        }

        void run() {
            simulation.schedule(0, arrival, 0);
            simulation.run();
        }
    }
}
