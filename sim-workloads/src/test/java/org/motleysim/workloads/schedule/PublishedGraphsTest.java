package org.motleysim.workloads.schedule;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
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
import org.motleysim.workloads.graph.GraphJob;
import org.motleysim.workloads.graph.Plan;
import org.motleysim.workloads.graph.Planner;
import org.motleysim.workloads.graph.Platform;
import org.motleysim.workloads.graph.Ranks;
import org.motleysim.workloads.graph.Task;
import org.motleysim.workloads.graph.TaskGraph;
import org.motleysim.workloads.scenario.RunResult;
import org.motleysim.workloads.scenario.Scenario;

/** Graphs whose schedules others have published or computed; the larger ones are in the folder of measured data. */
class PublishedGraphsTest {

    /** Topcuoglu, Hariri and Wu, IEEE TPDS 13(3), 2002, figure 2: time of ten tasks on three processors, and the cost of each edge. */
    private static final double[][] SECONDS = {
        {14, 16, 9}, {13, 19, 18}, {11, 13, 19}, {13, 8, 17}, {12, 13, 10},
        {13, 16, 9}, {7, 15, 11}, {5, 11, 14}, {18, 12, 20}, {21, 7, 16}
    };

    private static final int[][] EDGES = {
        {1, 2, 18},
        {1, 3, 12},
        {1, 4, 9},
        {1, 5, 11},
        {1, 6, 14},
        {2, 8, 19},
        {2, 9, 16},
        {3, 7, 23},
        {4, 8, 27},
        {4, 9, 23},
        {5, 9, 13},
        {6, 8, 15},
        {7, 10, 17},
        {8, 10, 11},
        {9, 10, 13}
    };

    @Test
    void heft_topcuoglusExample_is80WithThePublishedPlan() {
        Plan plan = Schedulers.heft().plan(topcuoglu(), table());

        assertEquals(80, plan.makespanSeconds(), 1e-9);
        // Figure 3(a): processor and start of tasks 1 to 10.
        int[] processor = {3, 1, 3, 2, 3, 2, 3, 1, 2, 2};
        double[] start = {0, 27, 9, 18, 28, 26, 38, 57, 56, 73};
        for (int task = 0; task < 10; task++) {
            assertEquals(processor[task], plan.device(task) + 1, "task " + (task + 1));
            assertEquals(start[task], plan.startSeconds(task), 1e-9, "task " + (task + 1));
        }
    }

    @Test
    void ranks_topcuoglusExample_areThoseOfTable1() {
        double[] upward = Ranks.upward(topcuoglu(), table());
        double[] downward = Ranks.downward(topcuoglu(), table());

        // Table 1, three decimals.
        double[] printedUp = {108.000, 77.000, 80.000, 80.000, 69.000, 63.333, 42.667, 35.667, 44.333, 14.667};
        double[] printedDown = {0.000, 31.000, 25.000, 22.000, 24.000, 27.000, 62.333, 66.667, 63.667, 93.333};
        for (int task = 0; task < 10; task++) {
            assertEquals(printedUp[task], upward[task], 5e-4);
            assertEquals(printedDown[task], downward[task], 5e-4);
        }
    }

    @Test
    void cpop_topcuoglusExample_is86() {
        // Figure 3(b).
        assertEquals(86, Schedulers.cpop().plan(topcuoglu(), table()).makespanSeconds(), 1e-9);
    }

    @Test
    void everyPlanner_topcuoglusExample_isAtLeastTheBoundAndRunsAsPlanned() {
        Schedulers.all().forEach((name, scheduler) -> {
            if (scheduler instanceof Planner planner) {
                Plan plan = planner.plan(topcuoglu(), table());
                // Tasks 1, 2, 9, 10 each on its fastest processor take 9 + 13 + 12 + 7.
                assertTrue(plan.makespanSeconds() >= 41, name);
            }
        });
    }

    @Test
    void heft_graphOf100Tasks_equalsTheReferencePlanAndItsRuns() throws IOException {
        Random graph = read("dag100");
        Plan plan = graph.job().plan(graph.cluster(false)).orElseThrow();

        assertEquals(35.94424, plan.makespanSeconds(), 1e-6);
        List<Executable> rows = new ArrayList<>();
        for (CSVRecord row : rows("dag100_tasks.csv")) {
            int task = Integer.parseInt(row.get("task"));
            rows.add(() -> assertEquals(Integer.parseInt(row.get("heft_host")), plan.device(task), "host of " + task));
            rows.add(() -> assertEquals(
                    Double.parseDouble(row.get("heft_start_s")), plan.startSeconds(task), 1e-6, "start of " + task));
        }
        assertAll(rows);
        // SimGrid 3.32: the same placement and order, without contention and with links shared max-min fairly.
        assertEquals(35.94424, makespan(graph, false), 1e-6);
        assertEquals(36.53308, makespan(graph, true), 1e-6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dag1000", "dag10000"})
    void heft_largerGraphs_runWithoutContentionAsPlanned(String name) throws IOException {
        Random graph = read(name);
        Plan plan = graph.job().plan(graph.cluster(false)).orElseThrow();

        double alone = makespan(graph, false);
        double shared = makespan(graph, true);

        System.out.printf(
                "%s: HEFT %.6f s, run %.6f s, with shared links %.6f s%n", name, plan.makespanSeconds(), alone, shared);
        assertEquals(inWholeUnits(graph), plan.makespanSeconds(), 1e-9);
        assertEquals(plan.makespanSeconds(), alone, 1e-5);
        assertTrue(shared >= alone - 1e-6);
    }

    @Test
    void listSchedules_eightRealWorkflows_haveThePublishedMakespans() throws IOException {
        Map<String, TaskGraph.Builder> graphs = new LinkedHashMap<>();
        for (CSVRecord row : rows("../edge/wf_tasks.csv")) {
            graphs.computeIfAbsent(row.get("workflow"), TaskGraph::builder)
                    .add(new Task.Recorded(
                            row.get("task"),
                            Duration.ofNanos(Math.round(Double.parseDouble(row.get("runtime_s")) * 1e9))));
        }
        for (CSVRecord row : rows("../edge/wf_edges.csv")) {
            Objects.requireNonNull(graphs.get(row.get("workflow"))).edge(row.get("src"), row.get("dst"), Bytes.of(0));
        }
        List<CSVRecord> expected = rows("../edge/wf_summary.csv");
        assertEquals(8, expected.size());
        for (CSVRecord row : expected) {
            TaskGraph graph =
                    Objects.requireNonNull(graphs.get(row.get("workflow"))).build();
            for (int machines : new int[] {1, 4, 16}) {
                Cluster cluster = equalMachines(machines);
                RunResult result = Scenario.of(
                                cluster,
                                GraphJob.of(graph, Schedulers.highestRankFirst())
                                        .build())
                        .build()
                        .run();
                assertEquals(
                        Double.parseDouble(row.get("rank_list_m" + machines + "_s")),
                        result.metrics().value("makespan"),
                        1e-3,
                        row.get("workflow") + " on " + machines);
                assertEquals(
                        Double.parseDouble(row.get("critical_path_s")),
                        result.metrics().value("makespan.bound"),
                        1e-3);
            }
        }
    }

    /** The makespan of HEFT in whole numbers of 10 us, in which all times of these graphs are whole; ranks times the number of hosts. */
    private static double inWholeUnits(Random random) {
        double unitsPerSecond = 1e5;
        TaskGraph graph = random.graph();
        int hosts = random.flopsPerSecond().size();
        long[][] units = new long[graph.size()][hosts];
        long[] rank = new long[graph.size()];
        for (int i = graph.size() - 1; i >= 0; i--) {
            int task = graph.inOrder(i);
            double flops = ((Task.Compute) graph.task(task)).kernel().flops();
            long longest = 0;
            for (int host = 0; host < hosts; host++) {
                units[task][host] =
                        whole(flops * unitsPerSecond / random.flopsPerSecond().get(host));
                rank[task] += units[task][host];
            }
            for (int edge = graph.firstOut(task); edge < graph.firstOut(task + 1); edge++) {
                longest = Math.max(
                        longest, hosts * random.transferUnits(edge, unitsPerSecond) + rank[graph.target(edge)]);
            }
            rank[task] += longest;
        }
        int[] order = IntStream.range(0, graph.size())
                .boxed()
                .sorted(Comparator.comparingLong((Integer task) -> -rank[task]).thenComparing(task -> task))
                .mapToInt(Integer::intValue)
                .toArray();
        List<List<long[]>> taken = IntStream.range(0, hosts)
                .mapToObj(host -> (List<long[]>) new ArrayList<long[]>())
                .toList();
        long[] end = new long[graph.size()];
        int[] place = new int[graph.size()];
        for (int task : order) {
            long best = Long.MAX_VALUE;
            for (int host = 0; host < hosts; host++) {
                long start = 0;
                for (int i = 0; i < graph.inDegree(task); i++) {
                    int edge = graph.inEdge(task, i);
                    int from = graph.source(edge);
                    long move = place[from] == host ? 0 : random.transferUnits(edge, unitsPerSecond);
                    start = Math.max(start, end[from] + move);
                }
                for (long[] interval : taken.get(host)) {
                    if (start + units[task][host] <= interval[0]) {
                        break;
                    }
                    start = Math.max(start, interval[1]);
                }
                if (start + units[task][host] < best) {
                    best = start + units[task][host];
                    place[task] = host;
                }
            }
            end[task] = best;
            List<long[]> intervals = taken.get(place[task]);
            long[] own = {best - units[task][place[task]], best};
            int at = 0;
            while (at < intervals.size() && intervals.get(at)[0] < own[0]) {
                at++;
            }
            intervals.add(at, own);
        }
        return LongStream.of(end).max().orElseThrow() / unitsPerSecond;
    }

    private static long whole(double units) {
        assertEquals(Math.rint(units), units, 1e-6);
        return Math.round(units);
    }

    private static Cluster equalMachines(int count) {
        DeviceSpec host = DeviceSpec.builder("host", DeviceKind.CPU)
                .peak(NumberFormat.FP64, FlopRate.of(1e9))
                .memory("DDR4", Bytes.gigabytes(64), Bandwidth.gigabytesPerSecond(100))
                .tdp(Power.watts(100))
                .build();
        return Cluster.builder("hosts")
                .add("host", count, host, RooflineCostModel.peak())
                .price(PriceModel.free())
                .build();
    }

    private static double makespan(Random graph, boolean shared) {
        return Scenario.of(graph.cluster(shared), graph.job())
                .build()
                .run()
                .metrics()
                .value("makespan");
    }

    private static TaskGraph topcuoglu() {
        TaskGraph.Builder graph = TaskGraph.builder("topcuoglu");
        for (int task = 1; task <= 10; task++) {
            graph.add(new Task.Measured("" + task, "" + task));
        }
        for (int[] edge : EDGES) {
            graph.edge(edge[0] - 1, edge[1] - 1, edge[2]);
        }
        return graph.build();
    }

    /** Volumes are seconds between any two processors. */
    private static Platform table() {
        return new Platform() {
            @Override
            public int devices() {
                return 3;
            }

            @Override
            public String device(int device) {
                return "P" + (device + 1);
            }

            @Override
            public double seconds(int task, int device) {
                return SECONDS[task][device];
            }

            @Override
            public double transferSeconds(double bytes, int from, int to) {
                return from == to ? 0 : bytes;
            }

            @Override
            public double meanTransferSeconds(double bytes) {
                return bytes;
            }
        };
    }

    /** A random graph on hosts that each have one link up and one down. */
    private record Random(TaskGraph graph, List<Double> flopsPerSecond, double bytesPerSecond, double latencySeconds) {
        GraphJob job() {
            return GraphJob.of(graph, Schedulers.heft()).build();
        }

        long transferUnits(int edge, double unitsPerSecond) {
            return whole((graph.bytes(edge) / bytesPerSecond + 2 * latencySeconds) * unitsPerSecond);
        }

        Cluster cluster(boolean shared) {
            Cluster.Builder cluster = Cluster.builder("hosts").price(PriceModel.free());
            for (int i = 0; i < flopsPerSecond.size(); i++) {
                DeviceSpec host = DeviceSpec.builder("host-" + i, DeviceKind.CPU)
                        .peak(NumberFormat.FP64, FlopRate.of(flopsPerSecond.get(i)))
                        .memory("DDR4", Bytes.gigabytes(64), Bandwidth.gigabytesPerSecond(100))
                        .tdp(Power.watts(100))
                        .build();
                cluster.add("h" + i, 1, host, RooflineCostModel.peak());
            }
            Bandwidth bandwidth = Bandwidth.of(bytesPerSecond);
            // Two links, each with its latency, lie between any two hosts.
            Duration latency = Duration.ofNanos(Math.round(2 * latencySeconds * 1e9));
            return cluster.network(
                            shared
                                    ? NetworkModel.fairShare(bandwidth, latency)
                                    : NetworkModel.uniform(bandwidth, latency))
                    .build();
        }
    }

    private static Random read(String name) throws IOException {
        TaskGraph.Builder graph = TaskGraph.builder(name);
        for (CSVRecord row : rows(name + "_tasks.csv")) {
            double flops = Double.parseDouble(row.get("flop"));
            graph.add(new Task.Compute(
                    row.get("task"), new Kernel(KernelFamily.GEMM, NumberFormat.FP64, flops, 0, 0, Shape.NONE)));
        }
        for (CSVRecord row : rows(name + "_edges.csv")) {
            graph.edge(
                    Integer.parseInt(row.get("src")),
                    Integer.parseInt(row.get("dst")),
                    Double.parseDouble(row.get("bytes")));
        }
        List<CSVRecord> hosts = rows(name + "_hosts.csv");
        List<Double> rates = hosts.stream()
                .map(host -> Double.parseDouble(host.get("flop_per_s")))
                .toList();
        return new Random(
                graph.build(),
                rates,
                Double.parseDouble(hosts.get(0).get("link_Bps")),
                Double.parseDouble(hosts.get(0).get("link_latency_s")));
    }

    private static List<CSVRecord> rows(String file) throws IOException {
        String folder = System.getProperty("motley.data", System.getenv("MOTLEY_DATA"));
        assumeTrue(folder != null, "skipped: set MOTLEY_DATA to the folder of measured data");
        Path path = Path.of(Objects.requireNonNull(folder)).resolve("cluster").resolve(file);
        try (Reader in = Files.newBufferedReader(path)) {
            return CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get()
                    .parse(in)
                    .getRecords();
        }
    }
}
