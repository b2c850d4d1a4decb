package org.motleysim.hardware.power;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;

/** Descriptions of power against numbers worked out by hand. */
class PowerPartsTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final DeviceSpec SPEC = DeviceSpec.builder("test-npu", DeviceKind.NPU)
            .peak(NumberFormat.INT8, FlopRate.teraflopsPerSecond(1))
            .memory("HBM2", Bytes.gibibytes(1), Bandwidth.gigabytesPerSecond(100))
            .tdp(Power.watts(10))
            .build();

    private record Load(OperatingPoints points, int current, double utilization) implements DeviceLoad {}

    private static final OperatingPoints FOUR =
            OperatingPoints.ofTable(new double[] {500, 1_000, 1_500, 2_000}, new double[] {900, 1_000, 1_100, 1_200});

    @Test
    void ofTable_megahertzAndMillivolts_areRatiosToTheLastRow() {
        assertEquals(new OperatingPoint(0.25, 0.75), FOUR.get(0));
        assertEquals(OperatingPoint.nominal(), FOUR.get(3));
        assertEquals(2, FOUR.atLeast(0.6));
        assertEquals(3, FOUR.atLeast(1.5));
    }

    @Test
    void operatingPoints_wrongOrder_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> new OperatingPoints(List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> OperatingPoints.of(OperatingPoint.nominal(), new OperatingPoint(0.5, 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> OperatingPoints.of(new OperatingPoint(0.5, 1.1), OperatingPoint.nominal()));
    }

    @Test
    void choose_builtInGovernors_followTheirRules() {
        assertEquals(3, Governor.performance().choose(new Load(FOUR, 0, 0)));
        assertEquals(0, Governor.powersave().choose(new Load(FOUR, 3, 1)));
        assertEquals(1, Governor.fixed(0.4).choose(new Load(FOUR, 3, 1)));
        // Linux: above 80% the fastest, else 500 MHz + 0.8 * 1500 MHz = 1700 MHz, for which 2000 is the next.
        assertEquals(3, Governor.ondemand().choose(new Load(FOUR, 0, 0.81)));
        assertEquals(3, Governor.ondemand().choose(new Load(FOUR, 0, 0.8)));
        assertEquals(2, Governor.ondemand().choose(new Load(FOUR, 0, 0.5))); // 1250 MHz
        // schedutil: 1.25 * 1000 MHz * 0.9 = 1125 MHz.
        assertEquals(2, Governor.pace().choose(new Load(FOUR, 1, 0.9)));
        assertEquals(1, Governor.pace().choose(new Load(FOUR, 1, 0.8)));
    }

    @Test
    void secondsUntil_unreachableTemperature_isInfinite() {
        Thermal thermal = new Thermal(0.5, Duration.ofSeconds(10), 25, 60, 4);

        assertEquals(10 * Math.log(2), thermal.secondsUntil(25, 100, 50), 1e-12);
        assertEquals(Double.POSITIVE_INFINITY, thermal.secondsUntil(25, 100, 75));
        assertEquals(Double.POSITIVE_INFINITY, thermal.secondsUntil(25, 100, 80));
        assertEquals(Double.POSITIVE_INFINITY, thermal.secondsUntil(50, 100, 40));
        assertEquals(50, thermal.celsiusAfter(25, 100, 10 * Math.log(2)), 1e-12);
    }

    @Test
    void thermal_impossibleNumbers_areRefused() {
        Duration tau = Duration.ofSeconds(1);

        assertThrows(IllegalArgumentException.class, () -> new Thermal(0.5, tau, 25, 24, 1));
        assertThrows(IllegalArgumentException.class, () -> new Thermal(0.5, tau, 25, 28, 4));
        assertThrows(IllegalArgumentException.class, () -> new Thermal(0, tau, 25, 60, 4));
        assertThrows(IllegalArgumentException.class, () -> new Thermal(0.5, Duration.ZERO, 25, 60, 4));
    }

    @Test
    void chargeWindows_daily_comeBack() {
        ChargeWindows night = ChargeWindows.daily(Duration.ofHours(1), Duration.ofHours(6));

        assertFalse(night.isOpen(0));
        assertTrue(night.isOpen(25 * HOUR));
        assertFalse(night.isOpen(30 * HOUR));
        assertEquals(25 * HOUR, night.nextChange(6 * HOUR));
        assertEquals(30 * HOUR, night.nextChange(25 * HOUR));
        assertEquals(Long.MAX_VALUE, ChargeWindows.never().nextChange(0));
    }

    @Test
    void chargeWindows_overlapping_areRefused() {
        var first = new ChargeWindows.Window(Duration.ofHours(1), Duration.ofHours(6));
        var second = new ChargeWindows.Window(Duration.ofHours(5), Duration.ofHours(7));
        var late = new ChargeWindows.Window(Duration.ofHours(20), Duration.ofHours(25));

        assertThrows(IllegalArgumentException.class, () -> new ChargeWindows(List.of(first, second), false));
        assertThrows(IllegalArgumentException.class, () -> new ChargeWindows(List.of(late), true));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ChargeWindows.Window(Duration.ofHours(2), Duration.ofHours(2)));
    }

    @Test
    void grams_dailyProfile_isTheSumOfItsPieces() {
        CarbonMeter meter = new CarbonMeter(CarbonIntensity.daily(100, 300), 0, 1_000);
        // 1 kW: 12 h at 100, 12 h at 300, then a day at 2 kW, then 6 h at 100.
        meter.set(24 * HOUR, 2_000);
        meter.set(48 * HOUR, 1_000);

        assertEquals(4_800 + 9_600 + 600, meter.grams(54 * HOUR), 1e-9);
        assertEquals(100 / 3.6e3, meter.gramsPerSecond(54 * HOUR), 1e-12);
    }

    @Test
    void grams_meterStartedLater_findsItsStep() {
        CarbonMeter meter = new CarbonMeter(CarbonIntensity.daily(100, 300), 36 * HOUR, 1_000);

        assertEquals(12 * 300 + 100, meter.grams(49 * HOUR), 1e-9);
    }

    @Test
    void read_trace_isItsSteps(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("grid.csv"), "seconds,grams_per_kilowatt_hour\n0,400\n3600,250.5\n");

        assertEquals(
                new CarbonIntensity(
                        List.of(
                                new CarbonIntensity.Step(Duration.ZERO, 400),
                                new CarbonIntensity.Step(Duration.ofHours(1), 250.5)),
                        false),
                CarbonIntensity.read(file));
        Path bad = Files.writeString(folder.resolve("bad.csv"), "time,grams_per_kilowatt_hour\n0,400\n");
        assertThrows(IllegalArgumentException.class, () -> CarbonIntensity.read(bad));
    }

    @Test
    void dynamicJoules_energiesPerOperation_areTheSumByHand() {
        OperationEnergies model = OperationEnergies.ofProcess("45nm").withActive(Power.watts(2));
        Kernel kernel = Kernel.gemm(100, 200, 300, NumberFormat.INT8);
        double flops = 2.0 * 100 * 200 * 300;
        double bytes = 100 * 300 + 300 * 200 + 2 * 100 * 200; // the output in 16 bits

        // (0.2 + 0.03) / 2 pJ an operation, 31.2 pJ a byte of HBM2, 12.5 pJ a byte on the chip, 2 W for a millisecond.
        double chip = flops * 0.115e-12 + bytes * 12.5e-12;
        assertEquals(
                chip + bytes * 31.2e-12 + 2e-3,
                model.dynamicJoules(kernel, 1e-3, SPEC, OperatingPoint.nominal()),
                1e-15);
        // The memory keeps its own voltage.
        assertEquals(
                0.25 * (chip + 0.5 * 2e-3) + bytes * 31.2e-12,
                model.dynamicJoules(kernel, 1e-3, SPEC, new OperatingPoint(0.5, 0.5)),
                1e-15);
    }

    @Test
    void dynamicJoules_unknownMemory_isNamed() {
        OperationEnergies model = new OperationEnergies(
                Map.of(NumberFormat.INT8, Energy.picojoules(1)), Map.of(), Energy.ZERO, Energy.ZERO, Power.ZERO);
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> model.dynamicJoules(Kernel.gemm(1, 1, 1, NumberFormat.INT8), 1, SPEC, OperatingPoint.nominal()));

        assertTrue(String.valueOf(error.getMessage()).contains("HBM2"), error.getMessage());
    }

    @Test
    void facts_builtIn_haveSources() {
        EnergyFacts facts = EnergyFacts.builtIn();

        assertTrue(facts.all().stream().noneMatch(fact -> fact.source().isBlank()));
        assertEquals(20.6e-12, facts.perLinkBit("infiniband-800g").joules(), 1e-24);
        assertThrows(IllegalArgumentException.class, () -> facts.perLinkBit("string"));
    }

    @Test
    void dynamicJoules_publishedOperatingPoints_followVoltageSquaredTimesFrequency() {
        // Cortex-A15 and A7, one and four cores: MHz, mV and watts as published with the DS3 simulator.
        double[] a15 = {0.85, 3.32, 1.78, 6.91};
        double[] a7 = {0.19, 0.39, 0.40, 0.81};
        OperatingPoints points15 = OperatingPoints.ofTable(new double[] {1_000, 2_000}, new double[] {1_000, 1_362});
        OperatingPoints points7 = OperatingPoints.ofTable(new double[] {1_000, 1_400}, new double[] {1_150, 1_300});

        for (int i = 0; i < 4; i += 2) {
            // Leakage grows with the voltage too and is not in the law, so the law is low.
            assertEquals(-0.05, growth(points15) / (a15[i + 1] / a15[i]) - 1, 0.01);
            assertEquals(-0.125, growth(points7) / (a7[i + 1] / a7[i]) - 1, 0.015);
        }
    }

    /** Power at the fastest of two points by that at the slowest, for a processor that does nothing but compute. */
    private static double growth(OperatingPoints points) {
        PowerModel model = OperationEnergies.ofProcess("45nm").withActive(Power.watts(1));
        Kernel nothing = Kernel.copy(0);
        return model.dynamicJoules(nothing, 1, SPEC, points.get(1))
                / model.dynamicJoules(nothing, 1, SPEC, points.get(0));
    }
}
