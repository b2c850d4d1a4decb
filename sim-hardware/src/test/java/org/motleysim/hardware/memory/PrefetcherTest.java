package org.motleysim.hardware.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.motleysim.core.engine.EventType;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.device.MemoryTier;

class PrefetcherTest {
    private static final int DISK = 0;
    private static final int RAM = 1;
    private static final int HBM = 2;
    private static final long OBJECT = 1_000;

    private final Simulation simulation = new Simulation();
    private final MemoryPool pool = new MemoryPool("hbm", Bytes.of(100 * OBJECT));

    /** Objects of 1,000 B; the disk gives one in {@code moveNanos}, the memory of the host in a tenth of that. */
    private Mover mover(double moveNanos) {
        TierMap.Builder map = TierMap.builder();
        map.tier("disk", tier("disk", OBJECT / moveNanos));
        map.tier("ram", tier("ram", 10 * OBJECT / moveNanos));
        map.tier("hbm", tier("hbm", 1e6));
        return map.route(DISK, HBM).route(RAM, HBM).build().bind(simulation);
    }

    private static MemoryTier tier(String name, double gigabytesPerSecond) {
        return new MemoryTier(name, Bytes.gigabytes(1), Bandwidth.gigabytesPerSecond(gigabytesPerSecond));
    }

    /** Runs to the end, each object computing for the same time. */
    private Prefetcher run(Mover mover, int window, long computeNanos, ObjectSequence objects) {
        Prefetcher[] self = new Prefetcher[1];
        EventType computed = simulation.register("computed", i -> self[0].computed());
        EventType ready = simulation.register("ready", i -> simulation.schedule(computeNanos, computed, i));
        self[0] = new Prefetcher(simulation, "arrival", mover, HBM, pool, window, objects, ready);
        self[0].start();
        simulation.run();
        assertTrue(self[0].finished());
        return self[0];
    }

    private static ObjectSequence equal(long count, int... sources) {
        return new ObjectSequence() {
            @Override
            public long size() {
                return count;
            }

            @Override
            public int source(long index) {
                return sources[(int) (index % sources.length)];
            }

            @Override
            public long bytes(long index) {
                return OBJECT;
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"300, 500", "500, 300", "400, 400"})
    void window1_equalObjects_addsMovingAndComputing(long move, long compute) {
        Prefetcher stream = run(mover((double) move), 1, compute, equal(20, DISK));

        assertEquals(20 * (move + compute), simulation.now());
        assertEquals(20 * move * 1e-9, stream.stallSeconds(), 1e-15);
    }

    @ParameterizedTest
    @CsvSource({"2, 300, 500", "2, 500, 300", "2, 400, 400", "3, 500, 300", "8, 300, 500"})
    void window2OrMore_equalObjects_hidesTheShorter(int window, long move, long compute) {
        Prefetcher stream = run(mover((double) move), window, compute, equal(20, DISK));

        assertEquals(move + 19 * Math.max(move, compute) + compute, simulation.now());
        assertEquals(simulation.now() * 1e-9, 20 * compute * 1e-9 + stream.stallSeconds(), 1e-15);
        assertEquals(stream.stallSeconds(), stream.stallSeconds(DISK), 0);
        assertEquals(20 * OBJECT, stream.bytesMoved());
    }

    @Test
    void twoSources_inTurn_blameTheOneThatIsLate() {
        // Object 2k comes from the disk in 1,000 ns, object 2k + 1 from the host's memory in 100 ns, side by side.
        Prefetcher stream = run(mover(1_000), 2, 200, equal(10, DISK, RAM));

        // A pair takes 1,000 ns for its disk object, of which the other object's 200 ns of computing hide as much.
        assertTrue(stream.stallSeconds(DISK) > 0);
        assertEquals(0, stream.stallSeconds(RAM), 0);
        assertEquals(simulation.now() * 1e-9, 10 * 200e-9 + stream.stallSeconds(), 1e-15);
    }

    @Test
    void residentObjects_needNoMovement_andHideThatOfOthers() {
        // One of four is streamed: 300 ns to move, hidden by 3 x 100 ns of the others.
        Prefetcher stream = run(
                mover(300),
                1,
                100,
                equal(40, ObjectSequence.RESIDENT, ObjectSequence.RESIDENT, ObjectSequence.RESIDENT, DISK));

        assertEquals(40 * 100, simulation.now());
        assertEquals(0, stream.stallSeconds(), 0);
        assertEquals(10 * OBJECT, stream.bytesMoved());
    }

    @Test
    void poolForTwo_windowOfEight_isAWindowOfTwo() {
        pool.reserve(98 * OBJECT, "others");

        run(mover(500), 8, 300, equal(20, DISK));

        assertEquals(500 + 19 * 500 + 300, simulation.now());
        assertEquals(98 * OBJECT, pool.reservedBytes());
        assertEquals(100 * OBJECT, pool.peakBytes());
    }

    @Test
    void window0_isRefused() {
        Mover mover = mover(1);
        EventType ready = simulation.register("ready", i -> {});

        assertThrows(
                IllegalArgumentException.class,
                () -> new Prefetcher(simulation, "arrival", mover, HBM, pool, 0, equal(1, DISK), ready));
    }

    /**
     * The motivation of D2MoE (Dual Routing and Dynamic Scheduling for Efficient On-Device MoE-based LLM Serving, section 2.2): experts of 32 layers, 2.6 s to load and 2.04 s to compute in all, are said to
     * take 3.55 s in order. That must lie between full overlap and none.
     */
    @Test
    void d2moe_publishedTime_liesBetweenFullOverlapAndNone() {
        long experts = 32 * 8;
        long move = Math.round(2.6e9 / experts);
        long compute = Math.round(2.04e9 / experts);
        run(mover((double) move), 2, compute, equal(experts, DISK));
        double overlapped = simulation.now() * 1e-9;

        assertEquals(2.6 + 2.04 / experts, overlapped, 1e-6);
        assertTrue(overlapped < 3.55 && 3.55 < 2.6 + 2.04);
    }
}
