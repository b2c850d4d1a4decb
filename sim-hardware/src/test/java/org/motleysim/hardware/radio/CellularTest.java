package org.motleysim.hardware.radio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.random.RandomStreams;
import org.motleysim.hardware.network.LinkUse;
import org.motleysim.hardware.network.Network;

class CellularTest {
    private static final Sites TWO =
            Sites.of(new Cell("west", new Position(0, 0)), new Cell("east", new Position(100, 0)));
    private static final Handover NONE = new Handover(Duration.ofSeconds(1), 0, Duration.ZERO);
    private static final RadioTechnology RADIO =
            new RadioTechnology("test", Bandwidth.megabytesPerSecond(1), Duration.ofMillis(10), 100, 50, "made up");

    private final Simulation simulation = new Simulation();
    private final long[] arrivedAt = new long[256];
    private final EventType done = simulation.register("done", i -> arrivedAt[(int) i] = simulation.now());

    @TempDir
    private Path folder;

    private static Reach rings(Object... edgesAndMegabytes) {
        List<Reach.Rings.Ring> rings = new ArrayList<>();
        for (int i = 0; i < edgesAndMegabytes.length; i += 2) {
            rings.add(new Reach.Rings.Ring(
                    (int) edgesAndMegabytes[i], Bandwidth.megabytesPerSecond((int) edgesAndMegabytes[i + 1])));
        }
        return new Reach.Rings(rings);
    }

    /** From x = 0 to x = 100 at 10 m/s. */
    private static Journey walk() {
        return Journey.of(
                List.of(new Journey.Waypoint(0, new Position(0, 0)), new Journey.Waypoint(10, new Position(100, 0))));
    }

    @Test
    void transfer_twoStationsOfUnlikeRates_shareAsTheAnomalySays() {
        var model = CellularNetwork.of(
                TWO,
                rings(10, 8, 1000, 2),
                NONE,
                RADIO,
                List.of(Journey.standing(new Position(0, 5)), Journey.standing(new Position(0, 40))));
        Network network = model.bind(simulation, 3);
        network.transfer(0, 2, 1_000_000, done, 0);
        network.transfer(2, 1, 3_000_000, done, 1);
        simulation.run();

        // Both move at 1 / (1/8 + 1/2) MB/s until the first has its 1 MB; the second goes on alone at 2 MB/s.
        assertEquals(0.010 + 1 / 1.6, SimTime.seconds(arrivedAt[0]), 1e-8);
        assertEquals(0.010 + 1 / 1.6 + 2 / 2.0, SimTime.seconds(arrivedAt[1]), 1e-8);
        assertEquals(8 * (1e6 * 100 + 3e6 * 50) * 1e-9, network.joules(), 1e-9);
        assertEquals(network.joules(), network.links().get(0).joules(), 1e-9);
    }

    @Test
    void transfer_acrossAHandover_waitsForTheInterruptionAndGoesOn() {
        // 4 MB/s within 30 m, 1 MB/s beyond. Reports at whole seconds; equal at 5 s, so the change comes at 6 s.
        var model = CellularNetwork.of(
                TWO,
                rings(30, 4, 60, 1),
                new Handover(Duration.ofSeconds(1), 0, Duration.ofMillis(500)),
                RADIO,
                List.of(walk()));
        assertEquals(
                List.of(new Handover.Attachment(0, 0, 0), new Handover.Attachment(6_000_000_000L, 6_500_000_000L, 1)),
                model.attachments(0));
        Network network = model.bind(simulation, 2);
        network.transfer(0, 1, 20_000_000, done, 0);
        simulation.run();

        // 10 ms of latency; 4 MB/s while measured within 30 m (until 4 s): 15.96 MB. 1 MB/s until 6 s: 17.96 MB.
        // Nothing until 6.5 s. The new cell
        // is 40 m away at 6 s (1 MB/s until 7 s: 18.46 MB), then 4 MB/s for the rest of 1.54 MB.
        assertEquals(7 + 1.54 / 4, SimTime.seconds(arrivedAt[0]), 1e-8);
        assertEquals(1, network.handovers());
        List<LinkUse> cells = network.links();
        assertEquals(17.96e6, cells.get(0).bytes(), 1);
        assertEquals(2.04e6, cells.get(1).bytes(), 1);
        assertEquals(0, network.bytesInFlight());
    }

    @Test
    void handover_withHysteresis_comesLater() {
        // At 7 s the distances are 70 m and 30 m: the first whole second at which 35 m lie between them.
        var late = new Handover(Duration.ofSeconds(1), 35, Duration.ZERO).along(walk(), TWO);
        assertEquals(7_000_000_000L, late.get(1).fromNanos());
        assertEquals(
                1,
                new Handover(Duration.ofSeconds(1), 200, Duration.ZERO)
                        .along(walk(), TWO)
                        .size());
    }

    @Test
    void transfer_withoutCoverage_waitsUntilThereIsSome() {
        var model = CellularNetwork.of(TWO, rings(20, 1), NONE, RADIO, List.of(walk()));
        Network network = model.bind(simulation, 2);
        network.transfer(0, 1, 3_000_000, done, 0);
        simulation.run();

        // Within 20 m until the report at 3 s: 2.99 MB. Then nothing until the report at 8 s.
        assertEquals(8.01, SimTime.seconds(arrivedAt[0]), 1e-8);
    }

    @Test
    void transfer_stationToStation_crossesBothCellsAndTheirCables() {
        var model = CellularNetwork.of(
                        TWO,
                        rings(1000, 4),
                        NONE,
                        RADIO,
                        List.of(Journey.standing(new Position(0, 0)), Journey.standing(new Position(100, 0))))
                .backhaul(Bandwidth.megabytesPerSecond(1), Duration.ofMillis(5));
        Network network = model.bind(simulation, 3);
        network.transfer(0, 1, 1_000_000, done, 0);
        simulation.run();

        assertEquals(0.030 + 1.0, SimTime.seconds(arrivedAt[0]), 1e-8);
        assertEquals(model.secondsAlone(3, 0, 1, 1_000_000), SimTime.seconds(arrivedAt[0]), 1e-8);
        assertEquals(6, network.links().size());
    }

    @Test
    void transfers_atRandom_loseNothing() {
        long seed = 20261125;
        Random random = new Random(seed);
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            cells.add(new Cell("c" + i, new Position(100 * (i % 3), 100 * (i / 3))));
        }
        List<Journey> journeys = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            List<Journey.Waypoint> points = new ArrayList<>();
            for (int j = 0; j < 30; j++) {
                points.add(new Journey.Waypoint(
                        10.0 * j, new Position(300 * random.nextDouble(), 300 * random.nextDouble())));
            }
            journeys.add(Journey.of(points));
        }
        var model = CellularNetwork.of(
                        new Sites(cells, Optional.empty(), Optional.empty()),
                        new Reach.LogDistance(1e6, 1e4, 10, 3, true),
                        new Handover(Duration.ofMillis(700), 5, Duration.ofMillis(80)),
                        RADIO,
                        journeys)
                .backhaul(Bandwidth.megabytesPerSecond(2), Duration.ofMillis(2));
        Network network = model.bind(simulation, 13, RandomStreams.of(seed));
        double crossings = 0;
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(13);
            int to = (from + 1 + random.nextInt(12)) % 13;
            long bytes = 1L + random.nextInt(3_000_000);
            int number = i;
            crossings += (double) bytes * ((from < 10 ? 1 : 0) + (to < 10 ? 1 : 0));
            simulation.schedule(
                    SimTime.nanos(250 * random.nextDouble()),
                    "send",
                    () -> network.transfer(from, to, bytes, done, number));
        }
        simulation.run();

        assertEquals(network.bytesSent(), network.bytesDelivered(), "seed " + seed);
        for (int i = 0; i < 200; i++) {
            assertTrue(arrivedAt[i] > 0, "transfer " + i + " of seed " + seed);
        }
        double carried = network.links().stream()
                .filter(link -> !link.name().contains("core"))
                .mapToDouble(LinkUse::bytes)
                .sum();
        assertEquals(crossings, carried, 1e-6 * crossings);
        assertTrue(network.handovers() > 20, "handovers " + network.handovers());
    }

    @Test
    void bind_fadingWithoutStreams_isRefused() {
        var model = CellularNetwork.of(TWO, new Reach.LogDistance(1e6, 100, 10, 3, true), NONE, RADIO, List.of(walk()));
        assertThrows(IllegalArgumentException.class, () -> model.bind(simulation, 2));
    }

    @Test
    void read_badFiles_areToldWithTheirLines() throws IOException {
        Path file = folder.resolve("path.csv");
        Files.writeString(file, "time,x,y\n0,1,2\n1,oops,3\n2,4\n");
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> Journey.read(file, Optional.empty(), Optional.empty()));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("line 3: x (oops) must be a number"), message);
        assertTrue(message.contains("line 4: y is missing"), message);

        Files.writeString(file, "time,x,y\n1,1,2\n1,2,3\n");
        assertThrows(IllegalArgumentException.class, () -> Journey.read(file, Optional.empty(), Optional.empty()));
        Files.writeString(file, "a,b\n1,1\n");
        assertThrows(IllegalArgumentException.class, () -> Sites.read(file));
        assertThrows(IllegalArgumentException.class, () -> Sites.read(folder.resolve("none.csv")));
    }

    @Test
    void journey_ofARealUser_handsOverWhereTheNearestSiteChanges() {
        String data = System.getProperty("motley.data", System.getenv("MOTLEY_DATA"));
        assumeTrue(data != null, "skipped: set MOTLEY_DATA to the folder of measured data");
        Path edge = Path.of(Objects.requireNonNull(data), "edge");
        Sites sites = Sites.read(edge.resolve("edgeresources_melbcbd.csv"));
        Journey journey = Journey.read(
                edge.resolve("userslocation_melbcbd_1.csv"), Optional.of(Duration.ofSeconds(10)), sites.origin());
        List<Handover.Attachment> along = NONE.along(journey, sites);

        // Brute force with great circles (haversine), second by second.
        List<Integer> nearest = new ArrayList<>();
        double largest = 0;
        for (int second = 0; second <= (int) journey.endSeconds() + 1; second++) {
            Position here = journey.at(second);
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < sites.cells().size(); i++) {
                double flat = sites.metres(i, here);
                double round = haversine(
                        here, sites.cells().get(i).position(), sites.origin().orElseThrow());
                largest = Math.max(largest, Math.abs(flat / Math.max(1, round) - 1) * (round > 1 ? 1 : 0));
                best = round < least ? i : best;
                least = Math.min(least, round);
            }
            if (nearest.isEmpty() || nearest.get(nearest.size() - 1) != best) {
                nearest.add(best);
            }
        }
        assertEquals(nearest, along.stream().map(Handover.Attachment::cell).toList());
        assertTrue(along.size() > 10, along.size() + " cells");
        assertTrue(largest < 1e-3, "flat map is off by " + largest);
    }

    private static double haversine(Position a, Position b, Position.Origin origin) {
        double radius = 6_371_008.8;
        double metresPerRadian = radius * Math.cos(Math.toRadians(origin.latitude()));
        double latitudeA = Math.toRadians(origin.latitude()) + a.yMetres() / radius;
        double latitudeB = Math.toRadians(origin.latitude()) + b.yMetres() / radius;
        double longitude = (b.xMetres() - a.xMetres()) / metresPerRadian;
        double h = Math.pow(Math.sin((latitudeB - latitudeA) / 2), 2)
                + Math.cos(latitudeA) * Math.cos(latitudeB) * Math.pow(Math.sin(longitude / 2), 2);
        return 2 * radius * Math.asin(Math.sqrt(h));
    }
}
