package org.motleysim.hardware.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.network.LinkUse;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.topology.TopologyShape.Ring;
import org.motleysim.hardware.topology.TopologyShape.Switched;

class FabricTest {
    /** One byte per nanosecond. */
    private static final LinkSpec LINK =
            new LinkSpec(Bandwidth.of(1e9), Bandwidth.of(1e9), Duration.ofNanos(100), 10, 0);

    private final Simulation simulation = new Simulation();
    private final long[] arrivedAt = new long[2_000];
    private final EventType done = simulation.register("done", i -> arrivedAt[(int) i] = simulation.now());

    @Test
    void transfer_oneSwitch_isTheFairShareNetwork() {
        // A link up and one down for each endpoint: the network that was there before, with half the latency on each
        // link.
        NetworkModel plain = NetworkModel.fairShare(Bandwidth.of(1e9), Duration.ofNanos(200));
        var expected = plain.bind(simulation, 8);
        var fabric = new Switched(8, LINK).network().bind(simulation, 8);
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            int index = i;
            int from = random.nextInt(8);
            int to = random.nextInt(8);
            int bytes = random.nextInt(1_000_000);
            simulation.scheduleAt(random.nextInt(10_000_000), "send", () -> {
                expected.transfer(from, to, bytes, done, index);
                fabric.transfer(from, to, bytes, done, 1_000 + index);
            });
        }
        simulation.run();

        for (int i = 0; i < 500; i++) {
            assertTrue(Math.abs(arrivedAt[i] - arrivedAt[1_000 + i]) <= 2, "transfer " + i);
        }
    }

    @Test
    void transfer_asymmetricLinks_takeTheSlowerWay() {
        var link = new LinkSpec(Bandwidth.of(1e9), Bandwidth.of(1e8), Duration.ZERO, 0, 0);
        var fabric = new Switched(2, link).network().bind(simulation, 2);
        fabric.transfer(0, 1, 1_000, done, 0);
        simulation.run();

        assertEquals(10_000, arrivedAt[0]);
    }

    @Test
    void transfer_oversubscribedTree_sharesTheUplink() {
        // Four senders of 1 B/ns each behind a link of 1 B/ns.
        var fabric = Tree.ofNodes(2, 4, LINK, LINK).network().bind(simulation, 8);
        for (int i = 0; i < 4; i++) {
            fabric.transfer(i, 4 + i, 1_000, done, i);
        }
        simulation.run();

        assertEquals(4 * 100 + 4_000, arrivedAt[3]);
    }

    @Test
    void transfer_cap_isNotExceeded() {
        Fabric fabric = TopologyNetwork.of(new Switched(3, LINK)).bind(simulation, 3);
        fabric.transfer(0, 2, 1_000, 0.25e9, done, 0);
        fabric.transfer(1, 2, 3_000, done, 1);
        simulation.run();

        assertEquals(200 + 4_000, arrivedAt[0]);
        assertEquals(200 + 4_000, arrivedAt[1]); // three quarters of the way down
    }

    @Test
    void transfer_background_leavesTheRest() {
        var fabric = TopologyNetwork.of(new Switched(2, LINK))
                .background(List.of(new LinkBackground("e0->t1-0", Bandwidth.of(0.75e9))))
                .bind(simulation, 2);
        fabric.transfer(0, 1, 1_000, done, 0);
        simulation.run();

        assertEquals(200 + 4_000, arrivedAt[0]);
        LinkUse up = fabric.links().get(0);
        assertEquals("e0->t1-0", up.name());
        assertEquals((1_000 + 0.75 * 4_200) / 4_200, up.utilization(), 1e-9);
    }

    @Test
    void outage_ring_goesTheOtherWay() {
        // 0 to 1 over their cable; at 500 ns it fails with 400 B carried, and the rest goes 0, 3, 2, 1.
        var fabric = TopologyNetwork.of(new Ring(4, LINK))
                .outages(List.of(new LinkOutage("e0->e1", Duration.ofNanos(500), Duration.ofNanos(10_000))))
                .bind(simulation, 4);
        fabric.transfer(0, 1, 1_000, done, 0);
        simulation.run();

        assertEquals(1_100, arrivedAt[0]);
        assertEquals(400, carried(fabric, "e0->e1"), 1e-6);
        assertEquals(600, carried(fabric, "e0->e3"), 1e-6);
        assertEquals(600, carried(fabric, "e2->e1"), 1e-6);
    }

    @Test
    void outage_onlyWay_waitsForTheRepair() {
        var fabric = TopologyNetwork.of(new Switched(2, LINK))
                .outages(List.of(
                        new LinkOutage("t1-0->e0", Duration.ofNanos(500), Duration.ofNanos(10_000)),
                        new LinkOutage("e0->t1-0", Duration.ofNanos(5_000), Duration.ofNanos(20_000))))
                .bind(simulation, 2);
        fabric.transfer(0, 1, 1_000, done, 0);
        simulation.runUntil(6_000);
        assertEquals(1_000, fabric.bytesInFlight());
        simulation.run();

        // 300 B before, 700 B after both outages of the cable.
        assertEquals(20_000 + 700, arrivedAt[0]);
    }

    @Test
    void bytes_randomTransfersAndOutages_areConserved() {
        long seed = 9;
        Random random = new Random(seed);
        Fabric fabric = TopologyNetwork.of(new FatTree(2, 8, 1, LINK, LINK)).bind(simulation, 32);
        long sent = 0;
        double crossing = 0;
        for (int i = 0; i < 1_000; i++) {
            int from = random.nextInt(32);
            int to = random.nextInt(32);
            int bytes = random.nextInt(100_000);
            int index = i;
            sent += bytes;
            crossing += from == to ? 0 : bytes;
            simulation.schedule(random.nextInt(1_000_000), "send", () -> fabric.transfer(from, to, bytes, done, index));
        }
        for (int i = 0; i < 40; i++) {
            int link = random.nextInt(fabric.topology().links().size());
            long at = random.nextInt(1_000_000);
            simulation.schedule(at, "fail", () -> fabric.fail(link));
            simulation.schedule(at + random.nextInt(500_000), "repair", () -> fabric.repair(link));
        }
        simulation.run();

        assertEquals(sent, fabric.bytesDelivered(), "seed " + seed);
        // What left the endpoints is what reached them.
        double up = fabric.links().stream()
                .filter(link -> link.fromTier() == 0)
                .mapToDouble(LinkUse::bytes)
                .sum();
        double down = fabric.links().stream()
                .filter(link -> link.toTier() == 0)
                .mapToDouble(LinkUse::bytes)
                .sum();
        assertEquals(crossing, up, 1e-9 * up);
        assertEquals(crossing, down, 1e-9 * up);
    }

    @Test
    void energy_bitsOfEachLink_areCounted() {
        Fabric fabric = TopologyNetwork.of(new Switched(2, LINK)).bind(simulation, 2);
        fabric.transfer(0, 1, 1_000_000, done, 0);
        simulation.run();

        double joules = fabric.links().stream().mapToDouble(LinkUse::joules).sum();
        assertEquals(2 * 8e6 * 10e-12, joules, 1e-15); // two links, 10 pJ/bit
    }

    @Test
    void frontend_oneMoreThanTheShapeHas_isOnTheTopSwitch() {
        Fabric fabric = TopologyNetwork.of(Tree.ofNodes(2, 4, LINK, LINK)).bind(simulation, 9);
        fabric.transfer(8, 0, 1_000, done, 0);
        simulation.run();

        assertEquals(3 * 100 + 1_000, arrivedAt[0]);
        assertThrows(IllegalArgumentException.class, () -> TopologyNetwork.of(Tree.ofNodes(2, 4, LINK, LINK))
                .bind(new Simulation(), 10));
    }

    @Test
    void secondsAlone_anyPair_isWhatATransferTakes() {
        TopologyNetwork network = TopologyNetwork.of(new FatTree(3, 4, 1, LINK, LINK));
        for (int to = 1; to < 16; to++) {
            Simulation alone = new Simulation();
            long[] at = new long[1];
            EventType arrived = alone.register("arrived", unused -> at[0] = alone.now());
            network.bind(alone, 16).transfer(0, to, 5_000, arrived, 0);
            alone.run();

            assertEquals(at[0] * 1e-9, network.secondsAlone(16, 0, to, 5_000), 1e-12);
        }
    }

    @Test
    void description_linksThatAreNot_areAllNamed() {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> TopologyNetwork.of(new Switched(2, LINK))
                        .background(List.of(
                                new LinkBackground("x->y", Bandwidth.of(1)),
                                new LinkBackground("e0->t1-0", Bandwidth.of(1e9)))));

        assertTrue(String.valueOf(error.getMessage()).contains("link (x->y)"), error.getMessage());
        assertTrue(String.valueOf(error.getMessage()).contains("background of link e0->t1-0"), error.getMessage());
    }

    private static double carried(Fabric fabric, String link) {
        return fabric.links().stream()
                .filter(use -> use.name().equals(link))
                .findFirst()
                .orElseThrow()
                .bytes();
    }
}
