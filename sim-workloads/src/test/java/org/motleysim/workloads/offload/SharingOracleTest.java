package org.motleysim.workloads.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.resource.SharedRate;

/** The exact finish times of jobs of two cores each on a server of four (CloudSim's cloudlets on a VM), to 1e-9. */
class SharingOracleTest {
    @Test
    void processorSharing_finishTimesOfTheOracle() throws IOException {
        String folder = System.getProperty("motley.data", System.getenv().getOrDefault("MOTLEY_DATA", ""));
        assumeTrue(
                !folder.isEmpty(), "set MOTLEY_DATA or -Dmotley.data to the folder of measured data to run this test");
        String row = Files.readAllLines(Path.of(folder, "edge", "fl_oracles.csv")).stream()
                .filter(line -> line.startsWith("processor_sharing,"))
                .findFirst()
                .orElseThrow();
        double[] expected = Arrays.stream(row.split(",")[3].split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        Simulation simulation = new Simulation();
        var finished = new double[4];
        EventType done = simulation.register("done", job -> finished[(int) job] = SimTime.seconds(simulation.now()));
        // Core-seconds; a job of weight two gets at most two of the four cores.
        SharedRate server = new SharedRate(simulation, "server", 4, 1);
        for (int job = 0; job < 4; job++) {
            server.start(2 * 10_000.0 * (job + 1) / 1000, 2, done, job);
        }
        simulation.run();
        assertArrayEquals(expected, finished, 1e-9);
        assertEquals(4, expected.length);
    }
}
