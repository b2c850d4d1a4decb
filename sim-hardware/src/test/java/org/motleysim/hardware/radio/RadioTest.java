package org.motleysim.hardware.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.network.LinkUse;
import org.motleysim.hardware.network.Network;

class RadioTest {
    private final Simulation simulation = new Simulation();
    private final long[] arrivedAt = new long[64];
    private final EventType done = simulation.register("done", i -> arrivedAt[(int) i] = simulation.now());

    @Test
    void contention_rowsThatWereNotTaken_areMetWithin3Percent() throws IOException {
        String folder = System.getProperty("motley.data", System.getenv("MOTLEY_DATA"));
        assumeTrue(folder != null, "skipped: set MOTLEY_DATA to the folder of measured data");
        Path file = Path.of(Objects.requireNonNull(folder), "edge", "wlan_contention_edgecloudsim.csv");
        Contention wlan = Contention.wlan();
        List<Integer> taken =
                wlan.points().stream().map(Contention.Point::stations).toList();
        double sum = 0;
        int count = 0;
        for (String line : Files.readAllLines(file)) {
            String[] row = line.split(",");
            if (!row[0].equals("WLAN") || taken.contains(Integer.parseInt(row[1]))) {
                continue;
            }
            int stations = Integer.parseInt(row[1]);
            double measured = stations * Double.parseDouble(row[2]) * 125;
            double error = Math.abs(wlan.bytesPerSecond(stations) / measured - 1);
            assertTrue(error < 0.03, stations + " stations: " + error);
            sum += error;
            count++;
        }
        assertEquals(77, count);
        assertTrue(sum / count < 0.01, "mean error " + sum / count);
    }

    @Test
    void transfer_tenStations_shareWhatTenGet() {
        Network network = new RadioNetwork(
                        RadioTechnology.builtIn("wifi"), Optional.of(Contention.wlan()), Optional.empty())
                .bind(simulation, 11);
        for (int i = 0; i < 10; i++) {
            network.transfer(i, 10, 1_000_000, done, i);
        }
        simulation.run();

        for (int i = 0; i < 10; i++) {
            assertEquals(0.005 + 8e6 / 15690.455e3, SimTime.seconds(arrivedAt[i]), 2e-9);
        }
    }

    @Test
    void transfer_stationToStation_crossesTheMediumTwice() {
        RadioTechnology lte = RadioTechnology.builtIn("lte");
        Network network = RadioNetwork.of(lte).bind(simulation, 3);
        network.transfer(0, 1, 1_000_000, done, 0);
        simulation.run();

        assertEquals(2 * (0.030 + 8e6 / 100e6), SimTime.seconds(arrivedAt[0]), 2e-9);
        LinkUse medium = network.links().get(0);
        assertEquals(2e6, medium.bytes(), 1e-6);
        assertEquals(8e6 * (438.4 + 51.97) * 1e-9, medium.joules(), 1e-12);
    }

    @Test
    void fading_manyDraws_haveTheMeanOfTheClosedForm() {
        double meanSnr = 10;
        RayleighFading fading = new RayleighFading(20e6, meanSnr);
        RandomStream stream = RandomStreams.of(4).stream("test");
        int count = 400_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double rate = fading.bytesPerSecond(stream);
            sum += rate;
            squares += rate * rate;
        }
        double mean = sum / count;
        double deviationOfMean = Math.sqrt((squares / count - mean * mean) / count);

        // E[log2(1 + g X)] = e^(1/g) E1(1/g) / ln 2 for exponential X of mean 1 (Alouini and Goldsmith, 1999, eq. 34).
        double expected = 20e6 / 8 * Math.exp(1 / meanSnr) * exponentialIntegral(1 / meanSnr) / Math.log(2);
        assertEquals(expected, mean, 4 * deviationOfMean);
    }

    /** E1 by its series, Abramowitz and Stegun 5.1.11; good for small arguments. */
    private static double exponentialIntegral(double x) {
        double sum = -0.5772156649015329 - Math.log(x);
        double term = -1;
        for (int k = 1; k < 40; k++) {
            term *= -x / k;
            sum += term / k;
        }
        return sum;
    }

    @Test
    void fading_sameSeed_drawsTheSame() {
        var model = new RadioNetwork(
                RadioTechnology.builtIn("wifi"), Optional.empty(), Optional.of(new RayleighFading(1e6, 5)));
        for (int run = 0; run < 2; run++) {
            Simulation own = new Simulation();
            int at = run;
            EventType end = own.register("done", unused -> arrivedAt[at] = own.now());
            model.bind(own, 2, RandomStreams.of(7)).transfer(0, 1, 1_000_000, end, 0);
            own.run();
        }

        assertEquals(arrivedAt[0], arrivedAt[1]);
        assertTrue(arrivedAt[0] > 0);
    }

    @Test
    void technologies_all_haveASource() {
        assertEquals(4, RadioTechnology.builtIn().size());
        RadioTechnology.builtIn()
                .forEach(technology -> assertFalse(technology.source().isEmpty()));
    }
}
