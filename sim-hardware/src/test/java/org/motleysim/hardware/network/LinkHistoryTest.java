package org.motleysim.hardware.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.metric.Series;
import org.motleysim.core.quantity.Bandwidth;

class LinkHistoryTest {
    @Test
    void add_acrossSpans_isSpreadEvenlyAndMergedLater() {
        LinkHistory history = new LinkHistory(1, 0);
        history.add(0, 64, 0, 64);
        history.add(0, 64, 64, 128);
        assertArrayEquals(fill(128, 1e9), history.rates(0, 128), 1e-3);
        // Twice as long: spans of two nanoseconds.
        history.add(0, 256, 128, 256);
        double[] rates = history.rates(0, 256);
        assertEquals(128, rates.length);
        assertEquals(1e9, rates[63], 1e-3);
        assertEquals(2e9, rates[64], 1e-3);
        assertEquals(1e-9, history.seconds(256)[0], 1e-18);
    }

    private static double[] fill(int count, double value) {
        double[] all = new double[count];
        Arrays.fill(all, value);
        return all;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void curves_randomTransfers_addUpToWhatLinksCarried(long seed) {
        Random random = new Random(seed);
        Simulation simulation = new Simulation();
        Network network = new LevelledNetwork(List.of(
                        new LevelledNetwork.Level(4, Bandwidth.gigabytesPerSecond(4), Duration.ofNanos(100)),
                        new LevelledNetwork.Level(4, Bandwidth.gigabytesPerSecond(1), Duration.ofNanos(1_000))))
                .bind(simulation, 16);
        network.keepHistory();
        EventType done = simulation.register("done", unused -> {});
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(16);
            int to = (from + 1 + random.nextInt(15)) % 16;
            long bytes = 1L + random.nextInt(50_000_000);
            simulation.schedule(
                    SimTime.nanos(random.nextDouble()), "send", () -> network.transfer(from, to, bytes, done, 0));
        }
        simulation.runUntil(SimTime.nanos(0.7)); // some are under way
        assertSums(simulation, network, seed);
        simulation.run();
        assertSums(simulation, network, seed);
        assertEquals(network.bytesSent(), network.bytesDelivered());
        double carried = network.links().stream().mapToDouble(LinkUse::bytes).sum();
        assertEquals(2.0 * network.bytesSent(), carried, 1e-6 * carried, "seed " + seed); // a port up and one down
    }

    private static void assertSums(Simulation simulation, Network network, long seed) {
        List<LinkUse> links = network.links();
        List<Series> curves = network.linkCurves();
        assertEquals(links.size(), curves.size());
        assertEquals(2 * 2 * 16, links.size());
        for (int i = 0; i < links.size(); i++) {
            double[] middles = curves.get(i).seconds();
            double[] rates = curves.get(i).values();
            double end = SimTime.seconds(simulation.now());
            double sum = 0;
            for (int j = 0; j < rates.length; j++) {
                double width = j < rates.length - 1 ? 2 * middles[0] : 2 * (end - middles[j]);
                sum += rates[j] * width;
                assertTrue(
                        rates[j] <= links.get(i).bytesPerSecond() * (1 + 1e-9),
                        rates[j] + " B/s on " + links.get(i) + ", seed " + seed);
            }
            assertEquals(links.get(i).name(), curves.get(i).name());
            assertEquals(links.get(i).bytes(), sum, 1 + 1e-6 * links.get(i).bytes(), "seed " + seed);
        }
    }
}
