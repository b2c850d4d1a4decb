package org.motleysim.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.network.NetworkModel;

/** MPI collectives that SimGrid ran on a star of hosts, {@code cluster/collectives_simgrid.csv}. */
class SimGridCollectivesTest {
    private static final double TOLERANCE = 0.002;

    private static final Map<String, String> NAMES = Map.of(
            "allreduce lr", "ring",
            "allreduce rdb", "recursive-doubling",
            "allreduce rab", "halving-doubling",
            "allreduce redbcast", "reduce-broadcast",
            "allgather ring", "ring",
            "allgather rdb", "recursive-doubling",
            "alltoall pair", "pairwise",
            "alltoall ring", "ring",
            "bcast binomial_tree", "binomial",
            "bcast scatter_LR_allgather", "scatter-all-gather");

    @Test
    void run_everyRow_isWithinTwoThousandths() throws IOException {
        String folder = System.getProperty("motley.data", System.getenv("MOTLEY_DATA"));
        assumeTrue(folder != null, "skipped: set MOTLEY_DATA to the folder of measured data");
        Path file = Path.of(folder).resolve("cluster/collectives_simgrid.csv");
        List<String> lines = Files.readAllLines(file);
        assertEquals(57, lines.size());
        double worst = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(",", -1);
            // A hop is the way to the switch or from it.
            NetworkModel star = NetworkModel.fairShare(
                    Bandwidth.of(Double.parseDouble(row[4])),
                    Duration.ofNanos(Math.round(2e9 * Double.parseDouble(row[5]))));
            int ranks = Integer.parseInt(row[3]);
            long bytes = Long.parseLong(row[8]);
            Collective collective =
                    switch (row[0]) {
                        case "allreduce" -> new Collective.AllReduce(bytes);
                        case "allgather" -> new Collective.AllGather(bytes);
                        case "alltoall" -> new Collective.AllToAll(bytes);
                        default -> new Collective.Broadcast(bytes);
                    };
            String name = NAMES.getOrDefault(row[0] + " " + row[1], "?");
            double run =
                    Runs.of(star, Algorithms.named(name), collective, ranks).seconds();
            double error = run / Double.parseDouble(row[9]) - 1;
            worst = Math.max(worst, Math.abs(error));
            assertTrue(
                    Math.abs(error) <= TOLERANCE,
                    String.format(Locale.ROOT, "%s: %.9f s, %.3f%% off", line, run, 100 * error));
        }
        System.out.printf(Locale.ROOT, "56 rows of SimGrid: at most %.3f%% off%n", 100 * worst);
    }
}
