package org.motleysim.hardware.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.engine.Simulation;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.Shape;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.power.Battery;
import org.motleysim.hardware.power.CarbonIntensity;
import org.motleysim.hardware.power.ChargeWindows;
import org.motleysim.hardware.power.Governor;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.power.OperatingPoints;
import org.motleysim.hardware.power.PowerSetup;
import org.motleysim.hardware.power.Thermal;
import org.motleysim.hardware.price.PriceModel;

/** A device of 10 W idle and 100 W busy whose kernels are arithmetic alone, so that everything can be worked out by hand. */
class DevicePowerTest {
    private static final DeviceSpec SPEC = DeviceSpec.builder("test-device", DeviceKind.GPU)
            .peak(NumberFormat.FP16, FlopRate.teraflopsPerSecond(1))
            .memory("HBM2", Bytes.gibibytes(1), Bandwidth.gigabytesPerSecond(100))
            .tdp(Power.watts(100))
            .idle(Power.watts(10))
            .build();

    /** A Tflop takes a second and 90 J at the nominal point, and V^2 as much elsewhere. */
    private static final CostModel ARITHMETIC = (kernel, spec, point) -> new Cost(
            kernel.flops() / (1e12 * point.clock()), 90 * kernel.flops() / 1e12 * point.voltage() * point.voltage());

    private static final OperatingPoint SLOW = new OperatingPoint(0.5, 0.8);
    private static final OperatingPoints TWO = OperatingPoints.of(SLOW, OperatingPoint.nominal());

    /** The slow point draws 10 W + 90 W * 0.5 * 0.64. */
    private static final double SLOW_WATTS = 38.8;

    private static final Thermal HEAT = new Thermal(0.5, Duration.ofSeconds(10), 25, 60, 4);

    private final Simulation simulation = new Simulation();

    private BoundCluster bind(int count, PowerSetup setup) {
        return cluster(count, setup).build().bind(simulation);
    }

    private static Cluster.Builder cluster(int count, PowerSetup setup) {
        return Cluster.builder("test")
                .add(new DeviceGroup("d", count, SPEC).withPower(setup))
                .costModel(ARITHMETIC)
                .price(PriceModel.free());
    }

    private static Kernel seconds(double seconds) {
        return new Kernel(KernelFamily.OTHER, NumberFormat.FP16, seconds * 1e12, 0, 0, new Shape.None());
    }

    /** Runs a kernel from now on, and the next one when it ends, until the simulation stops. */
    private void repeat(Device device, Kernel kernel) {
        Cost cost = device.cost(kernel);
        device.beginBusy(cost.dynamicWatts());
        simulation.schedule(SimTime.nanos(cost.seconds()), "end", () -> {
            device.endBusy();
            repeat(device, kernel);
        });
    }

    private void run(double seconds) {
        simulation.runUntil(SimTime.nanos(seconds));
    }

    @Test
    void control_withoutSetup_isAbsent() {
        Device device = Cluster.builder("plain")
                .add("d", 1, SPEC)
                .price(PriceModel.free())
                .build()
                .bind(simulation)
                .device(0);

        assertTrue(device.control().isEmpty());
        assertTrue(device.isOn());
    }

    @Test
    void joules_slowPoint_scaleWithTheSquareOfTheVoltage() {
        Device device = bind(
                        1,
                        PowerSetup.builder()
                                .points(TWO)
                                .governor(Governor.powersave())
                                .build())
                .device(0);
        Cost cost = device.cost(seconds(1));
        device.beginBusy(cost.dynamicWatts());
        simulation.schedule(SimTime.nanos(cost.seconds()), "end", device::endBusy);
        simulation.run();

        assertEquals(2, cost.seconds(), 1e-12);
        assertEquals(10 * 2 + 90 * 0.64, device.joules(), 1e-9);
        assertEquals(2, device.control().orElseThrow().busySeconds(0), 1e-12);
        assertEquals(0, device.control().orElseThrow().busySeconds(1));
    }

    @Test
    void celsius_constantPower_followsTheExponential() {
        Device device =
                bind(1, PowerSetup.builder().points(TWO).thermal(HEAT).build()).device(0);
        device.beginBusy(90);
        run(7);

        // Idle is 25 + 10 * 0.5 = 30, busy leads to 25 + 100 * 0.5 = 75.
        assertEquals(
                75 + (30 - 75) * Math.exp(-0.7),
                device.control().orElseThrow().heat().orElseThrow().celsius(),
                1e-9);
    }

    @Test
    void throttled_heating_beginsAtTheLogarithm() {
        Device device =
                bind(1, PowerSetup.builder().points(TWO).thermal(HEAT).build()).device(0);
        device.beginBusy(90);
        double crossing = 10 * Math.log((75.0 - 30) / (75 - 60));

        run(crossing - 1e-6);
        assertEquals(0, device.control().orElseThrow().heat().orElseThrow().throttled());
        run(crossing + 1e-6);
        assertEquals(1, device.control().orElseThrow().heat().orElseThrow().throttled());
        assertEquals(1, simulation.processed());
    }

    @Test
    void joules_throttling_areThoseOfTheDutyCycleByFormula() {
        Device device =
                bind(1, PowerSetup.builder().points(TWO).thermal(HEAT).build()).device(0);
        repeat(device, seconds(0.001));
        run(100);
        double before = device.joules();
        run(2_000);
        double mean = (device.joules() - before) / 1_900;

        double heating = 10 * Math.log((75.0 - 56) / (75 - 60));
        double steadySlow = 25 + SLOW_WATTS * 0.5;
        double cooling = 10 * Math.log((60 - steadySlow) / (56 - steadySlow));
        assertEquals((100 * heating + SLOW_WATTS * cooling) / (heating + cooling), mean, 0.5);
        // The power that a temperature in the band of the hysteresis allows.
        assertTrue(mean > (56 - 25) / 0.5 && mean < (60 - 25) / 0.5, "mean power " + mean);
        // At most one kernel after the crossing: 1.5 K/s for 2 ms.
        assertEquals(60, device.control().orElseThrow().heat().orElseThrow().hottest(), 0.004);
    }

    @Test
    void cost_cap_takesTheFastestPointThatFits() {
        Device device = bind(
                        1, PowerSetup.builder().points(TWO).cap(Power.watts(70)).build())
                .device(0);

        Cost cost = device.cost(seconds(1));

        assertEquals(2, cost.seconds(), 1e-12);
        assertEquals(SLOW_WATTS - 10, cost.dynamicWatts(), 1e-9);
        assertEquals(0, device.control().orElseThrow().current());
    }

    @Test
    void cost_capBelowTheSlowestPoint_stretchesTime() {
        Device device = bind(
                        1, PowerSetup.builder().points(TWO).cap(Power.watts(30)).build())
                .device(0);
        repeat(device, seconds(0.3));
        run(100);

        // 57.6 J a second of work at 20 W on top of idle.
        assertEquals(2.88, device.cost(seconds(1)).seconds(), 1e-6);
        assertTrue(device.meter().peakWatts() <= 30, "peak " + device.meter().peakWatts());
        assertEquals(100, device.control().orElseThrow().limitedSeconds(), 1e-9);
    }

    @Test
    void cost_groupCap_sharesItAndIsNeverExceeded() {
        BoundCluster cluster = bind(
                3, PowerSetup.builder().points(TWO).groupCap(Power.watts(200)).build());
        cluster.devices().forEach(device -> repeat(device, seconds(1)));

        // 200 less what the two others are guaranteed lets the first run at full speed; the rest is enough for the slow
        // point.
        assertEquals(100, cluster.device(0).watts(), 1e-9);
        assertEquals(SLOW_WATTS, cluster.device(1).watts(), 1e-9);
        assertEquals(SLOW_WATTS, cluster.device(2).watts(), 1e-9);
        run(50);
        assertTrue(cluster.meter().peakWatts() <= 200, "peak " + cluster.meter().peakWatts());
        cluster.finish();
    }

    @Test
    void choose_ondemand_goesWithTheUtilisationOfTheLastPeriod() {
        OperatingPoints four = OperatingPoints.of(
                new OperatingPoint(0.25, 1),
                new OperatingPoint(0.5, 1),
                new OperatingPoint(0.75, 1),
                new OperatingPoint(1, 1));
        Device device = bind(
                        1,
                        PowerSetup.builder()
                                .points(four)
                                .governor(Governor.ondemand(0.8, Duration.ofSeconds(1)))
                                .build())
                .device(0);
        DevicePower control = device.control().orElseThrow();
        simulation.scheduleAt(SimTime.nanos(1.2), "begin", () -> device.beginBusy(1));
        simulation.scheduleAt(SimTime.nanos(1.6), "end", device::endBusy);
        simulation.scheduleAt(SimTime.nanos(2.0), "begin", () -> device.beginBusy(1));

        assertEquals(3, control.choose()); // no period yet: at full speed
        run(1);
        assertEquals(0, control.choose()); // idle
        run(2);
        assertEquals(0.4, control.utilization(), 1e-12);
        assertEquals(2, control.choose()); // 0.25 + 0.4 * 0.75 = 0.55
        run(3);
        assertEquals(3, control.choose()); // busy for all of it
    }

    @Test
    void battery_idleWithoutCharger_isEmptyAfterItsCapacity() {
        Device device = bind(1, battery(1_000, ChargeWindows.never(), 1)).device(0);
        run(500);

        assertFalse(device.isOn());
        assertEquals(400, device.offSeconds(), 1e-6);
        assertEquals(1_000, device.joules(), 1e-6);
        assertEquals(0, device.watts());
        assertThrows(IllegalStateException.class, () -> device.beginBusy(1));
    }

    @Test
    void battery_chargeWindow_restartsAtTheShareByHand() {
        // Empty at 20 s; from 50 s on 40 W are stored; 0.5 of 200 J are there after 2.5 s, full 3.33 s later at 40 - 10
        // W net.
        Device device = bind(1, battery(200, ChargeWindows.once(Duration.ofSeconds(50), Duration.ofSeconds(60)), 1))
                .device(0);
        List<Long> on = new ArrayList<>();
        device.whenPoweredOn(() -> on.add(simulation.now()));
        run(60);

        assertEquals(1, on.size());
        assertEquals(52.5, SimTime.seconds(on.get(0)), 1e-6);
        DevicePower.Charge charge = device.control().orElseThrow().charge().orElseThrow();
        assertEquals(1, charge.share(), 1e-6);
        assertEquals(0, charge.leastShare(), 1e-9);
        // 50 W until full, then the 10 W of the device through a charger of 80%.
        double full = 52.5 + 100 / 30.0;
        assertEquals(50 * (full - 50) + 12.5 * (60 - full), charge.gridJoules(), 1e-5);
    }

    @Test
    void battery_randomWork_neverNegativeAndInIsOutPlusStored() {
        for (long seed = 1; seed <= 5; seed++) {
            Simulation own = new Simulation();
            Random random = new Random(seed);
            ChargeWindows windows =
                    new ChargeWindows(List.of(window(3, 7), window(7, 9), window(20, 45), window(60, 100)), false);
            Device device =
                    cluster(1, battery(300, windows, 0.4)).build().bind(own).device(0);
            for (int i = 0; i < 2_000; i++) {
                own.scheduleAt(SimTime.nanos(random.nextDouble() * 120), "toggle", () -> {
                    DevicePower control = device.control().orElseThrow();
                    double watts = random.nextDouble() * 90;
                    if (device.isBusy()) {
                        device.endBusy();
                    } else if (control.ready(watts, 1)) {
                        device.beginBusy(watts);
                    }
                    assertTrue(control.charge().orElseThrow().share() >= 0);
                });
            }
            own.runUntil(SimTime.nanos(120));
            DevicePower.Charge charge = device.control().orElseThrow().charge().orElseThrow();
            double in = charge.initialJoules() + charge.efficiency() * charge.gridJoules();
            assertEquals(in, device.joules() + charge.joules(), 1e-9 * in, "seed " + seed);
            assertTrue(charge.gridJoules() > 0, "seed " + seed);
        }
    }

    private static ChargeWindows.Window window(long start, long end) {
        return new ChargeWindows.Window(Duration.ofSeconds(start), Duration.ofSeconds(end));
    }

    private static PowerSetup battery(double joules, ChargeWindows windows, double initial) {
        return PowerSetup.builder()
                .battery(new Battery(Energy.joules(joules), Power.watts(50), 0.8, windows, initial, 0.5))
                .build();
    }

    @Test
    void ready_batteryTooLow_switchesOffUntilCharged() {
        Device device = bind(
                        1, battery(1_000, ChargeWindows.once(Duration.ofSeconds(10), Duration.ofSeconds(100)), 0.5))
                .device(0);
        DevicePower control = device.control().orElseThrow();

        assertFalse(control.ready(90, 9));
        assertFalse(device.isOn());
        // 900 J are needed, 500 are there, and 40 W are stored from 10 s on.
        run(19.9);
        assertFalse(device.isOn());
        run(20.1);
        assertTrue(device.isOn());
        assertTrue(control.ready(80, 9));
        assertThrows(IllegalStateException.class, () -> control.ready(90, 10));
    }

    @Test
    void carbon_constantPower_isTheIntegralByHand() {
        BoundCluster cluster = cluster(2, PowerSetup.builder().build())
                .carbon(new CarbonIntensity(
                        List.of(
                                new CarbonIntensity.Step(Duration.ZERO, 360),
                                new CarbonIntensity.Step(Duration.ofSeconds(100), 720)),
                        false))
                .network(NetworkModel.uniform(Bandwidth.gigabitsPerSecond(1), Duration.ZERO)
                        .metered(Energy.joules(1)))
                .build()
                .bind(simulation);
        cluster.device(0).beginBusy(90);
        var done = simulation.register("done", unused -> {});
        cluster.network().transfer(0, 1, 125, done, 0);
        cluster.network().transfer(1, 1, 125, done, 0);
        run(150);

        // 360 g/kWh is 1e-4 g/J: 110 W for 100 s, twice as much per joule for 50 s; 1,000 bits of a joule at the start.
        assertEquals(1e-4 * 100 * 100 + 2e-4 * 100 * 50, cluster.device(0).carbonGrams(), 1e-12);
        assertEquals(1e-4 * 10 * 100 + 2e-4 * 10 * 50, cluster.device(1).carbonGrams(), 1e-12);
        assertEquals(1_000, cluster.networkJoules(), 1e-9);
        assertEquals(0.1, cluster.networkCarbonGrams(), 1e-12);
        assertEquals(2.0 + 0.2 + 0.1, cluster.carbonGrams(), 1e-12);
    }

    @Test
    void carbon_battery_isThatOfTheChargerNotOfTheDevice() {
        BoundCluster cluster = cluster(
                        1, battery(1_000, ChargeWindows.once(Duration.ofSeconds(50), Duration.ofSeconds(60)), 0.9))
                .carbon(CarbonIntensity.constant(360))
                .build()
                .bind(simulation);
        run(40);
        assertEquals(0, cluster.carbonGrams());
        run(60);
        assertEquals(1e-4 * 50 * 10, cluster.carbonGrams(), 1e-12);
    }

    @Test
    void finish_randomWorkWithEverything_sumOfDevicesIsTheIntegral() {
        for (long seed = 1; seed <= 3; seed++) {
            Simulation own = new Simulation();
            Random random = new Random(seed);
            PowerSetup setup = PowerSetup.builder()
                    .points(TWO)
                    .governor(Governor.pace())
                    .cap(Power.watts(80))
                    .groupCap(Power.watts(250))
                    .thermal(HEAT)
                    .build();
            BoundCluster cluster = cluster(5, setup)
                    .carbon(CarbonIntensity.daily(300, 100, 500))
                    .build()
                    .bind(own);
            for (int i = 0; i < 20_000; i++) {
                own.scheduleAt(SimTime.nanos(random.nextDouble() * 200_000), "toggle", () -> {
                    Device device = cluster.device(random.nextInt(5));
                    if (device.isBusy()) {
                        device.endBusy();
                    } else {
                        device.beginBusy(device.cost(seconds(1)).dynamicWatts());
                    }
                });
            }
            own.run();
            cluster.finish();
            double grams = cluster.carbonGrams();
            double parts =
                    cluster.devices().stream().mapToDouble(Device::carbonGrams).sum();
            assertEquals(grams, parts, 1e-9 * grams, "seed " + seed);
            assertTrue(cluster.meter().peakWatts() <= 250, "seed " + seed);
        }
    }

    @Test
    void build_impossibleSetups_areRefused() {
        assertRefused(
                "cap",
                () -> cluster(1, PowerSetup.builder().cap(Power.watts(10)).build()));
        assertRefused(
                "groupCap",
                () -> cluster(3, PowerSetup.builder().groupCap(Power.watts(30)).build()));
        assertRefused(
                "never recovers",
                () -> cluster(
                        1,
                        PowerSetup.builder()
                                .points(TWO)
                                .thermal(new Thermal(4, Duration.ofSeconds(1), 25, 60, 4))
                                .build()));
        assertRefused("two or more", () -> PowerSetup.builder().thermal(HEAT).build());
    }

    private static void assertRefused(String word, org.junit.jupiter.api.function.Executable executable) {
        var error = assertThrows(IllegalArgumentException.class, executable);
        assertTrue(String.valueOf(error.getMessage()).contains(word), error.getMessage());
    }
}
