package org.motleysim.hardware.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.hardware.device.MemoryKind;
import org.motleysim.hardware.device.MemoryTier;

/** Bandwidths are in bytes per nanosecond (GB/s), so that times can be worked out by hand. */
class MoverTest {
    private static final long EARLY = -1;

    private final Simulation simulation = new Simulation();
    private final long[] arrivedAt = new long[1_000];
    private final EventType done = simulation.register("done", i -> arrivedAt[(int) i] = simulation.now());

    MoverTest() {
        Arrays.fill(arrivedAt, EARLY);
    }

    @Test
    void move_alone_takesLatenciesAndBytesOverLeastBandwidth() {
        TierMap.Builder map = TierMap.builder();
        int from = map.tier("from", tier(4).latency(Duration.ofNanos(70)).build());
        int to = map.tier("to", tier(10).latency(Duration.ofNanos(20)).build());
        int link = map.link("link", Bandwidth.gigabytesPerSecond(2), Duration.ofNanos(10));
        Mover mover = map.route(from, to, link).build().bind(simulation);

        mover.move(from, to, 1_000, done, 0);
        simulation.run();

        assertEquals(70 + 10 + 20 + 1_000 / 2, arrivedAt[0]);
    }

    @Test
    void move_kEqualMovements_takeKTimesAsLong() {
        Mover mover = pair(tier(4).build(), tier(100).build());

        for (int i = 0; i < 5; i++) {
            mover.move(0, 1, 1_000, done, i);
        }
        simulation.run();

        for (int i = 0; i < 5; i++) {
            assertEquals(5 * 1_000 / 4, arrivedAt[i]);
        }
    }

    @Test
    void move_otherDevicesBehindOneLink_shareIt() {
        TierMap.Builder map = TierMap.builder();
        int host = map.tier("host", tier(100).build());
        int first = map.tier("first", tier(100).build());
        int second = map.tier("second", tier(100).build());
        int shared = map.link("shared", Bandwidth.gigabytesPerSecond(8), Duration.ZERO);
        int slow = map.link("slow", Bandwidth.gigabytesPerSecond(2), Duration.ZERO);
        Mover mover = map.route(host, first, shared)
                .route(host, second, shared, slow)
                .build()
                .bind(simulation);

        mover.move(host, first, 6_000, done, 0);
        mover.move(host, second, 6_000, done, 1);
        simulation.run();

        assertEquals(6_000 / 6, arrivedAt[0], "max-min: the slow port takes 2, the other one the remaining 6");
        assertEquals(6_000 / 2, arrivedAt[1]);
    }

    @Test
    void move_chunksThroughThreeTiers_pipeline() {
        TierMap.Builder map = TierMap.builder();
        int disk = map.tier("disk", tier(2).build());
        int ram = map.tier(
                "ram", tier(50).writeBandwidth(Bandwidth.gigabytesPerSecond(50)).build());
        int hbm = map.tier("hbm", tier(5).build());
        Mover mover = map.route(disk, ram).route(ram, hbm).build().bind(simulation);
        int chunks = 10;
        EventType[] inRam = new EventType[1];
        inRam[0] = simulation.register("ram", i -> {
            mover.move(ram, hbm, 1_000, done, i);
            if (i + 1 < chunks) {
                mover.move(disk, ram, 1_000, inRam[0], i + 1);
            }
        });

        mover.move(disk, ram, 1_000, inRam[0], 0);
        simulation.run();

        // A flow shop of two machines with equal jobs: t1 + (n - 1) max(t1, t2) + t2.
        assertEquals(500 + (chunks - 1) * 500 + 200, arrivedAt[chunks - 1]);
    }

    @Test
    void move_oneOperationAtATime_isSerial() {
        MemoryTier ssd = tier(4).latency(Duration.ofNanos(1_000))
                .granularity(Bytes.of(100))
                .queueDepth(1)
                .build();
        Mover mover = pair(ssd, tier(100).build());

        mover.move(0, 1, 5_000, done, 0);
        simulation.run();

        assertEquals(50 * (1_000 + 100 / 4), arrivedAt[0]);
    }

    @Test
    void move_deepQueue_deliversWhatLittlesLawAllows() {
        MemoryTier ssd = tier(4).latency(Duration.ofNanos(1_000))
                .granularity(Bytes.of(100))
                .queueDepth(8)
                .build();
        Mover mover = pair(ssd, tier(100).build());

        mover.move(0, 1, 1_000_000, done, 0);
        simulation.run();

        double rate = 1_000_000.0 / arrivedAt[0];
        assertEquals(8 * 100 / (1_000 + 25.0), rate, 1e-6);
        assertTrue(rate <= 8 * 100 / 1_000.0);
        assertEquals(rate * 1e9, ssd.reachable().bytesPerSecond(), 1);
    }

    @Test
    void move_queueOfFour_letsTheRestWaitInOrder() {
        MemoryTier ssd = tier(1_000)
                .latency(Duration.ofNanos(1_000))
                .granularity(Bytes.of(1_000))
                .queueDepth(4)
                .build();
        Mover mover = pair(ssd, tier(1_000_000).build());

        for (int i = 0; i < 10; i++) {
            mover.move(0, 1, 1_000, done, i);
        }
        simulation.run();

        for (int i = 0; i < 10; i++) {
            // One operation is a latency of 1,000 ns and a transfer; four transfer at once.
            assertEquals((i / 4 + 1) * 1_000.0, (double) arrivedAt[i], 5.0 * (i / 4 + 1), "movement " + i);
        }
    }

    @Test
    void move_oddBytes_areRoundedUpToAPage() {
        Mover mover = pair(
                tier(1).granularity(Bytes.kibibytes(16)).build(),
                tier(100).granularity(Bytes.of(64)).build());

        mover.move(0, 1, 16_385, done, 0);
        simulation.run();

        assertEquals(32_768, arrivedAt[0]);
        assertEquals(32_768, mover.tier(0).bytesRead());
        assertEquals(16_385, mover.bytesArrived());
    }

    @Test
    void move_readAndWriteOnOneBus_shareIt() {
        Mover mover = pair(tier(4).build(), tier(100).build());

        mover.move(0, 1, 1_000, done, 0);
        mover.move(1, 0, 1_000, done, 1);
        simulation.run();

        assertEquals(500, arrivedAt[0]);
        assertEquals(500, arrivedAt[1]);
        assertEquals(1, mover.tier(0).utilization(), 1e-12);
    }

    @Test
    void move_readAndWriteOnWaysOfTheirOwn_doNotShare() {
        MemoryTier duplex =
                tier(4).writeBandwidth(Bandwidth.gigabytesPerSecond(2)).build();
        Mover mover = pair(
                duplex,
                tier(100).writeBandwidth(Bandwidth.gigabytesPerSecond(100)).build());

        mover.move(0, 1, 1_000, done, 0);
        mover.move(1, 0, 1_000, done, 1);
        simulation.run();

        assertEquals(250, arrivedAt[0]);
        assertEquals(500, arrivedAt[1]);
    }

    @Test
    void move_nothing_takesTheLatency() {
        Mover mover = pair(tier(4).latency(Duration.ofNanos(70)).queueDepth(2).build(), tier(4).build());

        mover.move(0, 1, 0, done, 0);
        simulation.run();

        assertEquals(70, arrivedAt[0]);
    }

    @Test
    void move_withoutRoute_isRefused() {
        Mover mover = pair(tier(4).build(), tier(4).build());

        assertThrows(IllegalArgumentException.class, () -> mover.move(0, 0, 1, done, 0));
    }

    @Test
    void move_bothWaysThroughQueuesOfOne_neverLocks() {
        MemoryTier narrow = tier(4).latency(Duration.ofNanos(10))
                .granularity(Bytes.of(8))
                .queueDepth(1)
                .build();
        Mover mover = pair(narrow, narrow);

        for (int i = 0; i < 100; i++) {
            mover.move(i % 2, 1 - i % 2, 64, done, i);
        }
        simulation.run();

        for (int i = 0; i < 100; i++) {
            assertTrue(arrivedAt[i] > 0, "movement " + i);
        }
    }

    @Test
    void randomMovements_atAnyTime_conserveBytesAndJoules() {
        long seed = 20_261_125;
        Random random = new Random(seed);
        MemoryTier ssd = tier(3).writeBandwidth(Bandwidth.gigabytesPerSecond(2))
                .latency(Duration.ofNanos(900))
                .granularity(Bytes.of(512))
                .queueDepth(7)
                .energyPerByte(Energy.picojoules(50))
                .build();
        Mover mover = pair(ssd, tier(20).granularity(Bytes.of(64)).build());
        long[] sum = new long[1];
        for (int i = 0; i < 500; i++) {
            int from = random.nextInt(2);
            long bytes = random.nextInt(20_000);
            int number = i;
            sum[0] += bytes;
            simulation.scheduleAt(
                    random.nextInt(1_000_000), "ask", () -> mover.move(from, 1 - from, bytes, done, number));
        }

        for (long now = 0; now < 1_000_000; now += 100_000) {
            simulation.runUntil(now);
            assertEquals(mover.bytesAsked(), mover.bytesArrived() + mover.bytesUnderWay(), "seed " + seed);
            TierUse use = mover.tier(0);
            assertTrue(use.utilization() <= 1 + 1e-9, "seed " + seed);
            assertEquals(use.bytesRead(), mover.tier(1).bytesWritten(), 1e-6);
            assertEquals(50e-12 * (use.bytesRead() + use.bytesWritten()), use.joules(), 1e-18);
        }
        simulation.run();

        assertEquals(sum[0], mover.bytesArrived());
        assertEquals(0, mover.bytesUnderWay());
        assertEquals(500, mover.tier(0).moves());
    }

    private Mover pair(MemoryTier first, MemoryTier second) {
        TierMap.Builder map = TierMap.builder();
        int a = map.tier("first", first);
        int b = map.tier("second", second);
        return map.route(a, b).route(b, a).build().bind(simulation);
    }

    private static MemoryTier.Builder tier(double gigabytesPerSecond) {
        return MemoryTier.builder(
                "tier", MemoryKind.DDR, Bytes.gigabytes(1), Bandwidth.gigabytesPerSecond(gigabytesPerSecond));
    }
}
