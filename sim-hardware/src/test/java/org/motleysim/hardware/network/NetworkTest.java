package org.motleysim.hardware.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;

class NetworkTest {
    private static final Bandwidth ONE_BYTE_PER_NANO = Bandwidth.gigabytesPerSecond(1);
    private static final Duration LATENCY = Duration.ofNanos(500);

    private final Simulation simulation = new Simulation();
    private final long[] arrivedAt = new long[1000];
    private final EventType done = simulation.register("done", i -> arrivedAt[(int) i] = simulation.now());

    @Test
    void uniform_twoTransfers_doNotDisturbEachOther() {
        Network network = NetworkModel.uniform(ONE_BYTE_PER_NANO, LATENCY).bind(simulation, 3);
        network.transfer(0, 2, 1_000, done, 0);
        network.transfer(1, 2, 2_000, done, 1);

        simulation.run();

        assertEquals(1_500, arrivedAt[0]);
        assertEquals(2_500, arrivedAt[1]);
    }

    @Test
    void fairShare_incast_sharesTheWayDown() {
        Network network = NetworkModel.fairShare(ONE_BYTE_PER_NANO, LATENCY).bind(simulation, 3);
        network.transfer(0, 2, 1_000, done, 0);
        network.transfer(1, 2, 2_000, done, 1);

        simulation.run();

        // Half the bandwidth each until the short one has gone, 2,000 ns; then 1,000 B are left for one.
        assertEquals(2_500, arrivedAt[0]);
        assertEquals(3_500, arrivedAt[1]);
    }

    @Test
    void fairShare_oppositeDirections_doNotShare() {
        Network network = NetworkModel.fairShare(ONE_BYTE_PER_NANO, LATENCY).bind(simulation, 2);
        network.transfer(0, 1, 1_000, done, 0);
        network.transfer(1, 0, 1_000, done, 1);

        simulation.run();

        assertEquals(1_500, arrivedAt[0]);
        assertEquals(1_500, arrivedAt[1]);
    }

    @Test
    void fairShare_oneTransferAlone_takesWhatUniformTakes() {
        NetworkModel.uniform(ONE_BYTE_PER_NANO, LATENCY).bind(simulation, 2).transfer(0, 1, 12_345, done, 0);
        NetworkModel.fairShare(ONE_BYTE_PER_NANO, LATENCY).bind(simulation, 2).transfer(0, 1, 12_345, done, 1);

        simulation.run();

        assertEquals(arrivedAt[0], arrivedAt[1]);
    }

    @Test
    void transfer_toOneself_arrivesAtOnce() {
        NetworkModel.uniform(ONE_BYTE_PER_NANO, LATENCY).bind(simulation, 1).transfer(0, 0, 1_000, done, 0);
        NetworkModel.fairShare(ONE_BYTE_PER_NANO, LATENCY).bind(simulation, 1).transfer(0, 0, 1_000, done, 1);
        arrivedAt[0] = arrivedAt[1] = -1;

        simulation.run();

        assertEquals(0, arrivedAt[0]);
        assertEquals(0, arrivedAt[1]);
    }

    @Test
    void transfer_nothing_takesTheLatency() {
        NetworkModel.fairShare(ONE_BYTE_PER_NANO, LATENCY).bind(simulation, 2).transfer(0, 1, 0, done, 0);

        simulation.run();

        assertEquals(500, arrivedAt[0]);
    }

    @Test
    void bytes_randomTransfers_areConserved() {
        long seed = 20;
        Random random = new Random(seed);
        Network network = NetworkModel.fairShare(ONE_BYTE_PER_NANO, LATENCY).bind(simulation, 10);
        long sent = 0;
        for (int i = 0; i < 1000; i++) {
            int bytes = random.nextInt(100_000);
            int index = i;
            sent += bytes;
            simulation.schedule(
                    random.nextInt(1_000_000),
                    "send",
                    () -> network.transfer(random.nextInt(10), random.nextInt(10), bytes, done, index));
        }

        simulation.runUntil(500_000);
        assertEquals(network.bytesSent(), network.bytesDelivered() + network.bytesInFlight(), "seed " + seed);
        simulation.run();

        assertEquals(sent, network.bytesDelivered(), "seed " + seed);
        assertEquals(0, network.bytesInFlight(), "seed " + seed);
    }

    @Test
    void descriptions_ofEqualNumbers_areEqual() {
        assertEquals(
                NetworkModel.uniform(ONE_BYTE_PER_NANO, LATENCY), NetworkModel.uniform(ONE_BYTE_PER_NANO, LATENCY));
        assertEquals(
                NetworkModel.fairShare(ONE_BYTE_PER_NANO, LATENCY), NetworkModel.fairShare(ONE_BYTE_PER_NANO, LATENCY));
    }

    @Test
    void badArguments_areRefused() {
        Network network = NetworkModel.uniform(ONE_BYTE_PER_NANO, LATENCY).bind(simulation, 2);

        assertThrows(IllegalArgumentException.class, () -> network.transfer(0, 2, 1, done, 0));
        assertThrows(IllegalArgumentException.class, () -> network.transfer(-1, 0, 1, done, 0));
        assertThrows(IllegalArgumentException.class, () -> network.transfer(0, 1, -1, done, 0));
        assertThrows(IllegalArgumentException.class, () -> NetworkModel.uniform(Bandwidth.ZERO, LATENCY));
        assertThrows(
                IllegalArgumentException.class, () -> NetworkModel.fairShare(ONE_BYTE_PER_NANO, LATENCY.negated()));
    }
}
