package org.motleysim.hardware.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.price.PriceModel;

class ClusterTest {
    private static final DeviceSpec H100 = Catalog.builtIn().device("nvidia-h100-sxm-80gb");
    private static final DeviceSpec A10G = Catalog.builtIn().device("nvidia-a10g-24gb");

    private static Cluster mixed() {
        return Cluster.builder("mixed").add(2, H100).add(6, A10G).build();
    }

    @Test
    void build_sameParts_isEqual() {
        assertEquals(mixed(), mixed());
        assertEquals(mixed().hashCode(), mixed().hashCode());
        assertEquals(8, mixed().deviceCount());
    }

    @Test
    void bind_devices_haveNamesIndicesAndMemory() {
        BoundCluster cluster = mixed().bind(new Simulation());

        assertEquals("h100-0", cluster.device(0).name());
        assertEquals("a10g-5", cluster.device(7).name());
        assertEquals(7, cluster.device(7).index());
        assertEquals(6, cluster.devices(mixed().group("a10g").orElseThrow()).size());
        assertEquals(85_520_809_984L, cluster.device(0).memory().freeBytes());
    }

    @Test
    void add_sameDeviceTwice_numbersTheGroups() {
        Cluster cluster = Cluster.builder("two").add(1, H100).add(1, H100).build();

        assertEquals("h100", cluster.groups().get(0).name());
        assertEquals("h100-2", cluster.groups().get(1).name());
    }

    @Test
    void device_busyForASecond_drawsAndCostsByHand() {
        Simulation simulation = new Simulation();
        BoundCluster cluster = Cluster.builder("one").add(1, H100).build().bind(simulation);
        Device device = cluster.device(0);
        simulation.scheduleAt(1_000_000_000L, "begin", () -> device.beginBusy(500));
        simulation.scheduleAt(2_000_000_000L, "end", device::endBusy);
        simulation.runUntil(4_000_000_000L);

        // 70.1 W idle for 4 s and 500 W more for 1 s; 3.99 dollars an hour.
        assertEquals(4 * 70.1 + 500, device.joules(), 1e-9);
        assertEquals(4 * 70.1, device.idleJoules(), 1e-9);
        assertEquals(4 * 3.99 / 3600, device.usd(), 1e-12);
        assertEquals(0.25, device.utilization());
        assertEquals(570.1, device.meter().peakWatts(), 1e-12);
        cluster.finish();
    }

    @Test
    void finish_randomWork_sumOfDevicesIsTheIntegralOfThePower() {
        for (long seed = 1; seed <= 5; seed++) {
            Simulation simulation = new Simulation();
            Random random = new Random(seed);
            BoundCluster cluster = mixed().bind(simulation);
            for (int i = 0; i < 20_000; i++) {
                simulation.scheduleAt(random.nextInt(1_000_000_000), "toggle", () -> {
                    Device device = cluster.device(random.nextInt(8));
                    if (device.isBusy()) {
                        device.endBusy();
                    } else {
                        device.beginBusy(random.nextDouble() * 600);
                    }
                });
            }
            simulation.run();

            cluster.finish();
            double whole = cluster.meter().joules(simulation.now());
            assertEquals(whole, cluster.joules(), 1e-12 * whole, "seed " + seed);
            assertEquals(
                    cluster.devices().stream().mapToDouble(Device::watts).sum(), cluster.watts(), 1e-9, "seed " + seed);
        }
    }

    @Test
    void cost_modelOfTheGroup_winsOverThatOfTheCluster() {
        CostModel second = (kernel, spec, point) -> new Cost(1, 0);
        BoundCluster cluster = Cluster.builder("custom")
                .add(1, H100, second)
                .add(1, A10G)
                .build()
                .bind(new Simulation());
        Kernel kernel = Kernel.gemm(1, 4096, 4096, NumberFormat.BF16);

        assertEquals(1, cluster.device(0).cost(kernel).seconds());
        assertTrue(cluster.device(1).cost(kernel).seconds() < 1e-3);
    }

    @Test
    void beginBusy_twice_isRefused() {
        Device device = mixed().bind(new Simulation()).device(0);

        assertThrows(IllegalStateException.class, device::endBusy);
        device.beginBusy(1);
        assertThrows(IllegalStateException.class, () -> device.beginBusy(1));
    }

    @Test
    void build_impossibleClusters_areRefused() {
        DeviceSpec epyc = Catalog.builtIn().device("amd-epyc-9654");

        assertThrows(
                IllegalArgumentException.class, () -> Cluster.builder("empty").build());
        assertThrows(
                IllegalArgumentException.class, () -> Cluster.builder("none").add(0, H100));
        assertThrows(IllegalArgumentException.class, () -> Cluster.builder("twice")
                .add("x", 1, H100)
                .add("x", 1, A10G)
                .build());
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> Cluster.builder("unpriced").add(1, epyc).build());
        assertTrue(String.valueOf(error.getMessage()).contains("amd-epyc-9654"), error.getMessage());
        assertEquals(
                1,
                Cluster.builder("owned")
                        .add(1, epyc)
                        .price(PriceModel.electricity(0.15))
                        .build()
                        .deviceCount());
    }

    @Test
    void usd_electricity_followsTheMeter() {
        Simulation simulation = new Simulation();
        BoundCluster cluster = Cluster.builder("owned")
                .add(1, H100)
                .price(PriceModel.electricity(0.36))
                .build()
                .bind(simulation);
        simulation.runUntil(SimTime.nanos(3600));

        // 70.1 Wh at 36 cents a kilowatt-hour.
        assertEquals(0.0701 * 0.36, cluster.usd(), 1e-12);
    }
}
