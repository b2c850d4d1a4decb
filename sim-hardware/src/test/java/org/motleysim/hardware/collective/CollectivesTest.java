package org.motleysim.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.collective.Collective.AllReduce;
import org.motleysim.hardware.collective.Collective.AllToAll;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.network.LevelledNetwork;
import org.motleysim.hardware.network.Network;
import org.motleysim.hardware.network.NetworkModel;

class CollectivesTest {
    private static final Bandwidth BANDWIDTH = Bandwidth.gigabytesPerSecond(1);
    private static final NetworkModel NETWORK = NetworkModel.fairShare(BANDWIDTH, Duration.ofNanos(5_000));
    private static final CollectiveAlgorithm RING = Algorithms.named("ring");
    private static final long BYTES = 8_000_000;

    private final Simulation simulation = new Simulation();
    private final List<String> log = new ArrayList<>();
    private final EventType done =
            simulation.register("done", number -> log.add("done " + number + " at " + simulation.now()));
    private final EventType rankDone =
            simulation.register("rank-done", rank -> log.add("rank " + rank + " at " + simulation.now()));

    @Test
    void start_twoGroupsOnOnePort_takeTheMaxMinShare() {
        Network network = NETWORK.bind(simulation, 4);
        Collectives collectives = Collectives.on(simulation, network);
        int[] ranks = {0, 1, 2, 3};
        collectives.start(RING, new AllReduce(BYTES), ranks, done, 1);
        collectives.start(RING, new AllReduce(BYTES), ranks, done, 2);
        simulation.run();
        // Six steps of 2 MB at half of 1 GB/s.
        long expected = 6 * (5_000 + 4_000_000);
        assertEquals(List.of("done 1 at " + expected, "done 2 at " + expected), log);
    }

    @Test
    void start_twoGroupsWithoutSharedPorts_doNotDisturb() {
        Network network = NETWORK.bind(simulation, 8);
        Collectives collectives = Collectives.on(simulation, network);
        collectives.start(RING, new AllReduce(BYTES), new int[] {0, 1, 2, 3}, done, 1);
        collectives.start(RING, new AllReduce(BYTES), new int[] {4, 6, 5, 7}, done, 2);
        simulation.run();
        long expected = 6 * (5_000 + 2_000_000);
        assertEquals(List.of("done 1 at " + expected, "done 2 at " + expected), log);
    }

    @Test
    void enter_lateRank_delaysWhoNeedsIt() {
        Network network = NETWORK.bind(simulation, 3);
        Collectives collectives = Collectives.on(simulation, network);
        int run = collectives.open(RING, new AllReduce(3_000), new int[] {0, 1, 2}, done, 7, rankDone);
        collectives.enter(run, 0);
        collectives.enter(run, 1);
        long late = 1_000_000;
        simulation.schedule(late, "late", () -> collectives.enter(run, 2));
        simulation.run();
        // Two transfers came early; the first of the late rank begins four steps of 6 us in a row.
        assertEquals("done 7 at " + (late + 4 * 6_000), log.get(log.size() - 1));
        assertEquals(4, log.size());
        assertEquals(0, collectives.active());
    }

    @Test
    void enter_lateRankOfASwitch_holdsAllBack() {
        Network network = NETWORK.bind(simulation, 4);
        Collectives collectives = Collectives.on(simulation, network);
        int run = collectives.open(
                Algorithms.named("in-network"), new AllReduce(1_000), new int[] {0, 1, 2, 3}, done, 0, rankDone);
        for (int rank = 0; rank < 3; rank++) {
            collectives.enter(run, rank);
        }
        simulation.schedule(50_000, "late", () -> collectives.enter(run, 3));
        simulation.run();
        assertEquals(5, log.size());
        log.forEach(line -> assertTrue(line.endsWith("at 56000"), line));
    }

    @Test
    void runs_randomEntries_moveTheSameBytesAndEnd() {
        long seed = 20_261_125;
        Random random = new Random(seed);
        for (CollectiveAlgorithm algorithm : Algorithms.all()) {
            for (Collective collective :
                    List.of(new AllReduce(5_040), new AllToAll(5_040), new Collective.Broadcast(5_040))) {
                int ranks = 2 + random.nextInt(14);
                if (algorithm.refusal(collective, ranks).isPresent()) {
                    continue;
                }
                Simulation own = new Simulation();
                Network network = NETWORK.bind(own, ranks);
                Collectives collectives = Collectives.on(own, network);
                long[] ends = new long[1];
                EventType end = own.register("end", unused -> ends[0]++);
                int[] endpoints = new int[ranks];
                for (int rank = 0; rank < ranks; rank++) {
                    endpoints[rank] = rank;
                }
                int run = collectives.open(algorithm, collective, endpoints, end, 0);
                for (int rank = 0; rank < ranks; rank++) {
                    int entering = rank;
                    own.schedule(random.nextInt(100_000), "enter", () -> collectives.enter(run, entering));
                }
                own.run();
                assertEquals(1, ends[0], algorithm.name() + " of " + ranks + ", seed " + seed);
                assertEquals(0, network.bytesInFlight());
                assertEquals(
                        Runs.of(NETWORK, algorithm, collective, ranks).bytes(),
                        network.bytesDelivered(),
                        algorithm.name() + " of " + ranks + ", seed " + seed);
            }
        }
    }

    @Test
    void start_sameTwice_hasTheSameDigest() {
        assertEquals(digest(), digest());
    }

    private static long digest() {
        Simulation own = new Simulation();
        Collectives collectives = Collectives.on(own, NETWORK.bind(own, 16), Bandwidth.gigabytesPerSecond(100));
        EventType end = own.register("end", unused -> {});
        int[] all = new int[16];
        for (int i = 0; i < 16; i++) {
            all[i] = 15 - i;
        }
        collectives.start(Algorithms.named("double-tree"), new AllReduce(10_000_000), all, end, 0);
        collectives.start(RING, new AllReduce(10_000), new int[] {3, 1, 7}, end, 0);
        own.run();
        return own.digest();
    }

    @Test
    void sendingAhead_slowHops_delayOnlyWhatGoesOverThem() {
        NetworkModel levels = new LevelledNetwork(List.of(
                new LevelledNetwork.Level(4, BANDWIDTH, Duration.ofNanos(1_000)),
                new LevelledNetwork.Level(2, BANDWIDTH, Duration.ofNanos(5_000))));
        // Blocking: each of 14 steps waits for a slow hop. Ahead: 14 hops in a row, a turn of 16 us and six hops with
        // both slow ones.
        assertEquals(14 * 5_000, ringNanos(levels, 1));
        assertEquals(16_000 + 4 * 1_000 + 2 * 5_000, ringNanos(levels, 8));
        assertTrue(ringNanos(levels, 2) < ringNanos(levels, 1));
    }

    private static long ringNanos(NetworkModel model, int ahead) {
        Simulation own = new Simulation();
        Collectives collectives = Collectives.on(own, model.bind(own, 8)).sendingAhead(ahead);
        long[] ends = new long[1];
        EventType end = own.register("end", unused -> ends[0] = own.now());
        collectives.start(RING, new AllReduce(0), new int[] {0, 1, 2, 3, 4, 5, 6, 7}, end, 0);
        own.run();
        return ends[0];
    }

    @Test
    void sendingAhead_everyAlgorithm_movesTheSameBytesAndEnds() {
        for (CollectiveAlgorithm algorithm : Algorithms.all()) {
            for (Collective collective : List.of(new AllReduce(5_040), new Collective.Broadcast(5_040))) {
                if (algorithm.refusal(collective, 7).isPresent()) {
                    continue;
                }
                Simulation own = new Simulation();
                Network network = NETWORK.bind(own, 7);
                Collectives collectives =
                        Collectives.on(own, network, BANDWIDTH).sendingAhead(3);
                long[] ends = new long[1];
                EventType end = own.register("end", unused -> ends[0]++);
                collectives.start(algorithm, collective, new int[] {0, 1, 2, 3, 4, 5, 6}, end, 0);
                own.run();
                assertEquals(1, ends[0], algorithm.name());
                assertEquals(
                        Runs.of(NETWORK, algorithm, collective, 7).bytes(), network.bytesDelivered(), algorithm.name());
            }
        }
    }

    @Test
    void start_scheduleThatSendsWhatNobodyReceives_saysSo() {
        CollectiveAlgorithm wrong = Algorithms.of("wrong", (collective, ranks) -> new CollectiveSchedule() {
            @Override
            public int steps() {
                return 1;
            }

            @Override
            public void step(int rank, int step, Step into) {
                if (rank == 1) {
                    into.send(0, 1);
                }
            }
        });
        Collectives collectives = Collectives.on(simulation, NETWORK.bind(simulation, 2));
        assertThrows(
                IllegalStateException.class,
                () -> collectives.start(wrong, new AllReduce(1), new int[] {0, 1}, done, 0));
    }

    @Test
    void payload_quantised_takesItsStoredBytes() {
        long elements = 4_000_000;
        double bf16 = Runs.of(NETWORK, RING, new AllReduce(NumberFormat.BF16.bytes(elements)), 4)
                .seconds();
        double mxfp4 = Runs.of(NETWORK, RING, new AllReduce(NumberFormat.MXFP4.bytes(elements)), 4)
                .seconds();
        double latency = 6 * 5e-6;
        // 4.25 bits an element with its share of the scale, against 16.
        assertEquals(4.25 / 16, (mxfp4 - latency) / (bf16 - latency), 1e-6);
    }

    @Test
    void overlap_withTaxes_isTheHandWorkedCase() {
        Overlap.Times free = Overlap.FREE.of(3, 2);
        assertEquals(3, free.seconds());
        assertEquals(0, free.exposedSeconds());
        // Communication alone 2 s takes 2.2 s beside compute, which by then has done 2.2 / 1.25 = 1.76 of 3 s.
        Overlap.Times taxed = new Overlap(0.25, 0.1).of(3, 2);
        assertEquals(2.2, taxed.communicationSeconds(), 1e-12);
        assertEquals(2.2 + 3 - 1.76, taxed.computeSeconds(), 1e-12);
        // Compute ends first: 1.25 s, in which 1.25 / 1.1 s of communication are done.
        Overlap.Times exposed = new Overlap(0.25, 0.1).of(1, 2);
        assertEquals(1.25, exposed.computeSeconds(), 1e-12);
        assertEquals(2 - 1.25 / 1.1, exposed.exposedSeconds(), 1e-12);
    }

    @Test
    void start_badInput_isRefused() {
        Collectives collectives = Collectives.on(simulation, NETWORK.bind(simulation, 4));
        AllReduce sum = new AllReduce(1);
        assertThrows(IllegalArgumentException.class, () -> collectives.start(RING, sum, new int[] {}, done, 0));
        assertThrows(IllegalArgumentException.class, () -> collectives.start(RING, sum, new int[] {0, 0}, done, 0));
        assertThrows(IllegalArgumentException.class, () -> collectives.start(RING, sum, new int[] {0, 4}, done, 0));
        assertThrows(IllegalArgumentException.class, () -> new AllReduce(-1));
        assertThrows(IllegalArgumentException.class, () -> new Overlap(-0.1, 0));
        int run = collectives.open(RING, sum, new int[] {0, 1}, done, 0);
        collectives.enter(run, 0);
        assertThrows(IllegalArgumentException.class, () -> collectives.enter(run, 0));
        assertThrows(IllegalArgumentException.class, () -> collectives.enter(run + 1, 0));
    }
}
