package org.motleysim.bench.collective;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.hardware.collective.CollectiveLibrary;
import org.motleysim.hardware.collective.CollectiveLibrary.Row;

/**
 * Fits the launch, hop and rate of each collective and level to measured times, and writes the libraries that sim-hardware ships.
 *
 * <pre>
 * mvn -q -DskipTests package
 * java -cp sim-bench/target/benchmarks.jar org.motleysim.bench.collective.CalibrateCollectives DATA \
 *     sim-hardware/src/main/resources/org/motleysim/hardware/collective/libraries.json
 * </pre>
 *
 * <p>DATA is a folder with {@code cluster/nccl_h100.csv}. Fitted are the first, third, fifth ... size of each collective within one node
 * and between nodes with one device each; the others, which are held out, judge. Least squares of relative errors. Without a file to write
 * it only prints the errors.
 */
public final class CalibrateCollectives {
    private record Measured(Collective collective, int nodes, int perNode, double seconds, boolean heldOut) {
        double sent() {
            return collective.busFactor(nodes * perNode) * collective.bytes();
        }
    }

    private final List<Measured> measured;

    private CalibrateCollectives(List<Measured> measured) {
        this.measured = measured;
    }

    /** Runs the calibration: the data folder, and the file to write if any. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            throw new IllegalArgumentException("arguments must be DATA and maybe OUT, see the Javadoc of this class");
        }
        CalibrateCollectives calibration =
                new CalibrateCollectives(read(Path.of(arguments[0]).resolve("cluster/nccl_h100.csv")));
        List<Row> rows = calibration.fit();
        calibration.print(CollectiveLibrary.of("nccl-h100", "", rows));
        if (arguments.length == 2) {
            Files.writeString(Path.of(arguments[1]), json(rows));
        }
    }

    private static List<Measured> read(Path file) throws IOException {
        List<Measured> rows = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(",", -1);
            int size = seen.merge(row[0] + " " + row[1] + " " + row[2], 1, Integer::sum) - 1;
            long bytes = Long.parseLong(row[4]);
            Collective collective =
                    switch (row[0]) {
                        case "all_reduce" -> new Collective.AllReduce(bytes);
                        case "all_gather" -> new Collective.AllGather(bytes);
                        case "reduce_scatter" -> new Collective.ReduceScatter(bytes);
                        case "alltoall" -> new Collective.AllToAll(bytes);
                        case "sendrecv" -> new Collective.SendReceive(bytes);
                        default -> throw new IllegalArgumentException(file + ": op (" + row[0] + ") is not known");
                    };
            rows.add(new Measured(
                    collective,
                    Integer.parseInt(row[1]),
                    Integer.parseInt(row[2]),
                    Double.parseDouble(row[7]) * 1e-6,
                    size % 2 == 1));
        }
        return rows;
    }

    private List<Row> fit() {
        List<Row> rows = new ArrayList<>();
        for (String ring : List.of("all-reduce", "all-gather", "reduce-scatter")) {
            // Eight devices of this machine add up in the switch; four do not.
            boolean sums = ring.equals("all-reduce");
            Row node = node(ring, "ring", 2, row -> row.nodes == 1 && (!sums || row.perNode < 8));
            rows.add(node);
            if (sums) {
                rows.add(node(ring, "in-network", 8, row -> row.nodes == 1 && row.perNode == 8));
            }
            rows.add(network(ring, node.launchSeconds()));
        }
        for (String direct : List.of("all-to-all", "send-receive")) {
            rows.add(node(direct, "direct", 2, row -> row.nodes == 1));
            rows.add(network(direct, 0));
        }
        return rows;
    }

    private Row node(String collective, String algorithm, int fromRanks, Predicate<Measured> mine) {
        boolean whole = algorithm.equals("in-network");
        List<Measured> chosen = chosen(collective, mine);
        double[] fit = leastSquares(chosen, row -> new double[] {1, whole ? row.collective.bytes() : row.sent()}, 0);
        return judged(
                new Row(collective, CollectiveLibrary.NODE, algorithm, fromRanks, fit[0], 0, 1 / fit[1], 0), mine);
    }

    private Row network(String collective, double launch) {
        Predicate<Measured> mine = row -> row.nodes > 1 && row.perNode == 1;
        List<Measured> chosen = chosen(collective, mine);
        boolean ring = launch > 0;
        double[] fit = leastSquares(
                chosen,
                row -> new double[] {
                    !ring ? 1 : collective.equals("all-reduce") ? 2 * (row.nodes - 1) : row.nodes - 1, row.sent()
                },
                launch);
        String algorithm = ring ? "ring" : "direct";
        return judged(
                new Row(
                        collective,
                        CollectiveLibrary.NETWORK,
                        algorithm,
                        2,
                        launch,
                        Math.max(0, fit[0]),
                        1 / fit[1],
                        0),
                mine);
    }

    private List<Measured> chosen(String collective, Predicate<Measured> mine) {
        return measured.stream()
                .filter(row -> row.collective.name().equals(collective) && mine.test(row))
                .toList();
    }

    @FunctionalInterface
    private interface Features {
        double[] of(Measured row);
    }

    private static double[] leastSquares(List<Measured> rows, Features features, double known) {
        List<Measured> fitted = rows.stream().filter(row -> !row.heldOut).toList();
        double[][] x = new double[fitted.size()][];
        double[] y = new double[fitted.size()];
        for (int i = 0; i < y.length; i++) {
            double seconds = fitted.get(i).seconds;
            x[i] = features.of(fitted.get(i));
            for (int j = 0; j < x[i].length; j++) {
                x[i][j] /= seconds;
            }
            y[i] = (seconds - known) / seconds;
        }
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        regression.setNoIntercept(true);
        regression.newSampleData(y, x);
        return regression.estimateRegressionParameters();
    }

    private Row judged(Row row, Predicate<Measured> mine) {
        // A single row answers for the nodes or ranks that it was fitted to.
        CollectiveLibrary alone = CollectiveLibrary.of("", "", List.of(row));
        double error = chosen(row.collective(), mine).stream()
                .filter(each -> each.heldOut)
                .mapToDouble(each -> Math.abs(error(alone, each)))
                .average()
                .orElse(Double.NaN);
        return new Row(
                row.collective(),
                row.level(),
                row.algorithm(),
                row.fromRanks(),
                row.launchSeconds(),
                row.hopSeconds(),
                row.bytesPerSecond(),
                error);
    }

    private static double error(CollectiveLibrary library, Measured row) {
        return library.seconds(row.collective, row.nodes, row.perNode) / row.seconds - 1;
    }

    private void print(CollectiveLibrary library) {
        System.out.println("collective      nodes  devices  fitted: mean, worst  held out: mean, worst");
        List<String> groups =
                measured.stream().map(CalibrateCollectives::group).distinct().toList();
        for (String group : groups) {
            System.out.printf(
                    Locale.ROOT,
                    "%-31s %6.1f%% %6.1f%%       %6.1f%% %6.1f%%%n",
                    group,
                    100 * mean(library, group, false),
                    100 * worst(library, group, false),
                    100 * mean(library, group, true),
                    100 * worst(library, group, true));
        }
        System.out.printf(Locale.ROOT, "all rows held out: mean %.1f%%%n", 100 * mean(library, "", true));
    }

    private double mean(CollectiveLibrary library, String group, boolean heldOut) {
        return measured.stream()
                .filter(row -> row.heldOut == heldOut && group(row).startsWith(group))
                .mapToDouble(row -> Math.abs(error(library, row)))
                .average()
                .orElse(Double.NaN);
    }

    private double worst(CollectiveLibrary library, String group, boolean heldOut) {
        return measured.stream()
                .filter(row -> row.heldOut == heldOut && group(row).startsWith(group))
                .mapToDouble(row -> Math.abs(error(library, row)))
                .max()
                .orElse(Double.NaN);
    }

    private static String group(Measured row) {
        return String.format(Locale.ROOT, "%-15s %5d %8d", row.collective.name(), row.nodes, row.perNode);
    }

    private static String json(List<Row> rows) {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            text.append(text.isEmpty() ? "" : ",\n")
                    .append(String.format(
                            Locale.ROOT,
                            "        {\"collective\": \"%s\", \"level\": \"%s\", \"algorithm\": \"%s\", \"fromRanks\": %d,"
                                    + " \"launchSeconds\": %.3e, \"hopSeconds\": %.3e, \"bytesPerSecond\": %.4e,"
                                    + " \"heldOutError\": %.4f}",
                            row.collective(),
                            row.level(),
                            row.algorithm(),
                            row.fromRanks(),
                            row.launchSeconds(),
                            row.hopSeconds(),
                            row.bytesPerSecond(),
                            row.heldOutError()));
        }
        return """
                {
                  "motley-collective-libraries": 1,
                  "libraries": [
                    {
                      "name": "nccl-h100",
                      "source": "NCCL on H100 SXM (NVLink 4 with NVSwitch, a 400 Gb/s NDR port per GPU), out of place, 32 MiB to 16 GiB, medians; every other size of single nodes of 4 and 8 GPUs and of 10 nodes with one GPU each, fitted by org.motleysim.bench.collective.CalibrateCollectives; all-reduce over 8 GPUs of a node is added up in the NVSwitch",
                      "rows": [
                %s
                      ]
                    }
                  ]
                }
                """.formatted(text);
    }
}
