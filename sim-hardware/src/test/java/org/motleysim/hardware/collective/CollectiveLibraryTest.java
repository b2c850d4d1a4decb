package org.motleysim.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.collective.Collective.AllGather;
import org.motleysim.hardware.collective.Collective.AllReduce;
import org.motleysim.hardware.collective.Collective.AllToAll;
import org.motleysim.hardware.collective.Collective.ReduceScatter;
import org.motleysim.hardware.collective.Collective.SendReceive;
import org.motleysim.hardware.collective.CollectiveLibrary.Row;
import org.motleysim.hardware.network.LevelledNetwork;
import org.motleysim.hardware.network.LevelledNetwork.Level;

class CollectiveLibraryTest {
    private static final long BYTES = 5_040L << 14;

    /** Without latencies, so that what remains is which link is full. */
    private static CollectiveLibrary bare(double within, double between) {
        return CollectiveLibrary.of(
                "bare",
                "test",
                List.of(
                        new Row("all-reduce", "node", "ring", 2, 0, 0, within, 0),
                        new Row("all-reduce", "network", "ring", 2, 0, 0, between, 0),
                        new Row("all-gather", "node", "ring", 2, 0, 0, within, 0),
                        new Row("all-gather", "network", "ring", 2, 0, 0, between, 0),
                        new Row("all-to-all", "node", "direct", 2, 0, 0, within, 0),
                        new Row("all-to-all", "network", "direct", 2, 0, 0, between, 0),
                        new Row("send-receive", "node", "direct", 2, 0, 0, within, 0),
                        new Row("send-receive", "network", "direct", 2, 0, 0, between, 0)));
    }

    @Test
    void seconds_manyDevicesPerNode_equalTheRunOfEveryTransfer() {
        for (double within : new double[] {45e9, 200e9, 900e9}) {
            double between = 50e9;
            for (int perNode : new int[] {2, 4, 8}) {
                int nodes = 5;
                LevelledNetwork network = new LevelledNetwork(List.of(
                        new Level(perNode, Bandwidth.of(within), Duration.ZERO),
                        new Level(nodes, Bandwidth.of(between), Duration.ZERO)));
                CollectiveLibrary library = bare(within, between);
                CollectiveAlgorithm rings = Algorithms.railRing(perNode);
                CollectiveAlgorithm direct = Algorithms.named("direct");
                Map<Collective, CollectiveAlgorithm> cases = Map.of(
                        new AllReduce(BYTES), rings,
                        new AllGather(BYTES), rings,
                        new AllToAll(BYTES), direct,
                        new SendReceive(BYTES), direct);
                cases.forEach((collective, algorithm) -> {
                    double run = Runs.of(network, algorithm, collective, nodes * perNode)
                            .seconds();
                    // A nanosecond a step, and parts that are rounded up by a byte.
                    assertEquals(run, library.seconds(collective, nodes, perNode), 1e-4 * run, collective.toString());
                });
            }
        }
    }

    @Test
    void seconds_ofMeasuredSizesHeldOut_areWithinFivePercentOnAverage() throws IOException {
        String folder = System.getProperty("motley.data", System.getenv("MOTLEY_DATA"));
        assumeTrue(folder != null, "skipped: set MOTLEY_DATA to the folder of measured data");
        CollectiveLibrary nccl = CollectiveLibrary.builtIn("nccl-h100");
        List<String> lines = Files.readAllLines(Path.of(folder).resolve("cluster/nccl_h100.csv"));
        Map<String, Integer> seen = new HashMap<>();
        Map<String, double[]> groups = new TreeMap<>(); // sum and count of errors
        double sum = 0;
        int count = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(",", -1);
            String group = row[0] + " " + row[1] + " x " + row[2];
            if (seen.merge(group, 1, Integer::sum) % 2 == 1) {
                continue; // fitted
            }
            double measured = Double.parseDouble(row[7]) * 1e-6;
            double predicted = nccl.seconds(
                    collective(row[0], Long.parseLong(row[4])), Integer.parseInt(row[1]), Integer.parseInt(row[2]));
            double error = Math.abs(predicted / measured - 1);
            double[] of = groups.computeIfAbsent(group, name -> new double[2]);
            of[0] += error;
            of[1]++;
            sum += error;
            count++;
        }
        groups.forEach((group, of) ->
                System.out.printf(Locale.ROOT, "held out %-22s mean error %5.1f%%%n", group, 100 * of[0] / of[1]));
        System.out.printf(Locale.ROOT, "held out %d rows: mean error %.1f%%%n", count, 100 * sum / count);
        assertEquals(75, count);
        assertTrue(sum / count <= 0.05, "mean error " + sum / count);
    }

    private static Collective collective(String name, long bytes) {
        return switch (name) {
            case "all_reduce" -> new AllReduce(bytes);
            case "all_gather" -> new AllGather(bytes);
            case "reduce_scatter" -> new ReduceScatter(bytes);
            case "alltoall" -> new AllToAll(bytes);
            default -> new SendReceive(bytes);
        };
    }

    @Test
    void seconds_moreDevicesPerNode_useMorePorts() {
        CollectiveLibrary nccl = CollectiveLibrary.builtIn("nccl-h100");
        AllReduce sum = new AllReduce(1L << 34);
        double two = nccl.seconds(sum, 10, 2);
        double four = nccl.seconds(sum, 10, 4);
        double eight = nccl.seconds(sum, 10, 8);
        assertEquals(2, two / four, 0.06);
        assertEquals(2, four / eight, 0.06);
        assertEquals(0, nccl.seconds(sum, 1, 1));
    }

    @Test
    void builtIn_unknownName_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> CollectiveLibrary.builtIn("nccl-h200"));
        assertThrows(IllegalArgumentException.class, () -> CollectiveLibrary.builtIn("nccl-h100")
                .seconds(new Collective.Broadcast(1), 1, 8));
    }
}
