package org.motleysim.workloads.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.network.NetworkModel;
import org.motleysim.hardware.power.Battery;
import org.motleysim.hardware.power.CarbonIntensity;
import org.motleysim.hardware.power.ChargeWindows;
import org.motleysim.hardware.power.Governor;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.power.OperatingPoints;
import org.motleysim.hardware.power.OperationEnergies;
import org.motleysim.hardware.power.PowerSetup;
import org.motleysim.hardware.power.Thermal;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.arrival.Arrivals;
import org.motleysim.workloads.llm.LlmServing;
import org.motleysim.workloads.llm.batching.Batching;
import org.motleysim.workloads.llm.model.ModelSpec;
import org.motleysim.workloads.llm.request.RequestLengths;

/** Serving on devices with operating points, caps, heat and batteries, from Java and from files. */
class PowerScenarioTest {
    private static final OperationEnergies SEVEN = OperationEnergies.ofProcess("7nm");
    private static final DeviceSpec A10G = Catalog.builtIn().device("nvidia-a10g-24gb");
    private static final OperatingPoints THREE =
            OperatingPoints.of(new OperatingPoint(0.5, 0.8), new OperatingPoint(0.75, 0.9), OperatingPoint.nominal());

    @TempDir
    private Path folder;

    private static Scenario scenario(PowerSetup setup, double rate) {
        Cluster cluster = Cluster.builder("a10g")
                .add(new DeviceGroup("a10g", 2, A10G).withPower(setup))
                .carbon(CarbonIntensity.daily(300, 100))
                .network(NetworkModel.fairShare(Bandwidth.gigabitsPerSecond(100), Duration.ofNanos(10_000))
                        .metered(Energy.picojoules(20)))
                .build();
        LlmServing chat = LlmServing.of(ModelSpec.builtIn("llama-3-8b"))
                .arrivals(Arrivals.poisson(rate))
                .lengths(RequestLengths.fixed(300, 60))
                .batching(Batching.chunkedPrefill(512))
                .build();
        return Scenario.of(cluster, chat)
                .seed(3)
                .horizon(Duration.ofSeconds(60))
                .build();
    }

    private static double metric(RunResult result, String name) {
        return result.metrics().value(name);
    }

    @Test
    void run_cap_isNeverExceededAndServesMoreSlowly() {
        RunResult free = scenario(PowerSetup.builder().points(THREE).build(), 4).run();
        RunResult capped = scenario(
                        PowerSetup.builder().points(THREE).cap(Power.watts(90)).build(), 4)
                .run();

        assertTrue(metric(free, "device.a10g-0.power.max") > 90);
        assertTrue(metric(capped, "device.a10g-0.power.max") <= 90);
        assertTrue(metric(capped, "device.a10g-0.limited.time") > 0);
        assertTrue(metric(capped, "tpot.mean") > metric(free, "tpot.mean"));
        // The balances of energy, time at operating points and carbon have been checked by the run.
        assertTrue(capped.conservation().stream()
                .anyMatch(balance -> balance.quantity().equals("carbon")));
        assertTrue(metric(capped, "carbon.per_request") > 0);
        assertTrue(metric(capped, "energy.network") > 0);
    }

    @Test
    void run_groupCap_holdsForTheSum() {
        RunResult result = scenario(
                        PowerSetup.builder()
                                .points(THREE)
                                .groupCap(Power.watts(190))
                                .build(),
                        6)
                .run();

        assertTrue(metric(result, "power.max") <= 190, "power.max " + metric(result, "power.max"));
    }

    @Test
    void run_nominalSetup_servesAsWithoutOne() {
        Scenario plain = scenario(PowerSetup.builder().build(), 4);
        Cluster without = Cluster.builder("a10g").add("a10g", 2, A10G).build();
        RunResult other = Scenario.of(without, plain.workloads().get(0))
                .seed(3)
                .horizon(Duration.ofSeconds(60))
                .build()
                .run();

        RunResult result = plain.run();
        assertEquals(metric(other, "ttft.p99"), metric(result, "ttft.p99"));
        assertEquals(metric(other, "device.a10g-0.energy"), metric(result, "device.a10g-0.energy"));
        assertFalse(
                other.metrics().names().stream().anyMatch(name -> name.contains("clock") || name.contains("carbon")));
    }

    @Test
    void run_ondemandAtLowLoad_savesEnergyAndReportsTimes() {
        RunResult fast =
                scenario(PowerSetup.builder().points(THREE).build(), 0.5).run();
        RunResult slow = scenario(
                        PowerSetup.builder()
                                .points(THREE)
                                .governor(Governor.powersave())
                                .build(),
                        0.5)
                .run();

        assertTrue(metric(slow, "device.a10g-0.clock.0.5.time") > 0);
        assertEquals(0.5, metric(slow, "device.a10g-0.clock.mean"), 1e-12);
        assertEquals(0, metric(fast, "device.a10g-0.clock.0.5.time"));
        assertTrue(metric(slow, "energy.dynamic") < metric(fast, "energy.dynamic"));
    }

    @Test
    void run_emptyBattery_servesAgainWhenCharged() {
        // 20 kJ last for a few minutes of idle power, and much less under load; charged from 20 s on.
        ChargeWindows windows = ChargeWindows.once(Duration.ofSeconds(20), Duration.ofSeconds(60));
        Battery battery = new Battery(Energy.joules(2_000), Power.watts(400), 0.9, windows, 1, 0.5);
        RunResult result =
                scenario(PowerSetup.builder().battery(battery).build(), 4).run();

        assertTrue(metric(result, "device.a10g-0.off.time") > 1);
        assertTrue(metric(result, "device.a10g-0.battery.charge.min") >= 0);
        assertTrue(metric(result, "requests.finished") > 30);
        assertTrue(metric(result, "ttft.p99") > 5);
    }

    @Test
    void run_heat_throttlesAndSaysHowHot() {
        Thermal heat = new Thermal(0.4, Duration.ofSeconds(4), 25, 65, 3);
        Thermal never = new Thermal(0.4, Duration.ofSeconds(4), 25, 500, 3);
        RunResult result = scenario(
                        PowerSetup.builder().points(THREE).thermal(heat).build(), 6)
                .run();
        RunResult unthrottled = scenario(
                        PowerSetup.builder().points(THREE).thermal(never).build(), 6)
                .run();

        assertTrue(metric(result, "device.a10g-0.throttled") > 0);
        assertEquals(0, metric(unthrottled, "device.a10g-0.throttled"));
        assertTrue(metric(result, "device.a10g-0.limited.time") > 0);
        assertTrue(
                metric(result, "device.a10g-0.temperature.max") < metric(unthrottled, "device.a10g-0.temperature.max"));
        // No hotter than the highest power for ever: 0.4 K/W above the air.
        assertTrue(metric(unthrottled, "device.a10g-0.temperature.max")
                <= 25 + 0.4 * metric(unthrottled, "device.a10g-0.power.max"));
        assertTrue(result.report().html().contains("Temperature per device"));
    }

    @Test
    void write_everything_isReadBackEqual() throws IOException {
        // Sampling computes in fp32, of which nothing is known at 7 nm.
        Map<NumberFormat, Energy> perFlop = new LinkedHashMap<>(SEVEN.perFlop());
        perFlop.put(NumberFormat.FP32, Energy.joules(1e-12));
        PowerSetup setup = PowerSetup.builder()
                .model(new OperationEnergies(
                        perFlop, SEVEN.perMemoryByte(), SEVEN.perChipByte(), SEVEN.perLinkByte(), Power.watts(20)))
                .points(THREE)
                .governor(Governor.ondemand(0.7, Duration.ofMillis(20)))
                .cap(Power.watts(120))
                .groupCap(Power.watts(230))
                .thermal(new Thermal(0.4, Duration.ofSeconds(4), 25, 65, 3))
                .battery(new Battery(
                        Energy.joules(2_000),
                        Power.watts(400),
                        0.9,
                        ChargeWindows.daily(Duration.ofHours(1), Duration.ofHours(2)),
                        0.5,
                        0.2))
                .build();
        Scenario scenario = scenario(setup, 2);
        Path file = Files.writeString(folder.resolve("power.json"), ScenarioFile.write(scenario));

        assertEquals(scenario.cluster(), ScenarioFile.read(file).cluster());
        for (Governor governor : List.of(Governor.powersave(), Governor.pace(), Governor.fixed(0.7))) {
            Scenario other = scenario(
                    PowerSetup.builder().points(THREE).governor(governor).build(), 2);
            Files.writeString(file, ScenarioFile.write(other));
            assertEquals(other.cluster(), ScenarioFile.read(file).cluster());
        }
    }

    @Test
    void read_impossibleNumbers_areAllReported() throws IOException {
        String text = """
                {
                  "motley": 1,
                  "cluster": {
                    "devices": [
                      {"name": "a", "device": "nvidia-h100-sxm-80gb", "power": {"cap": "50 W"}},
                      {"name": "b", "device": "nvidia-h100-sxm-80gb", "power": {
                        "operatingPoints": [{"clock": 0.5, "voltage": 0.8}, {"clock": 1, "voltage": 1}],
                        "governor": "ondemnd",
                        "thermal": {"kelvinPerWatt": 0.1, "timeConstant": "10 s", "ambientCelsius": 90,
                                    "throttleCelsius": 85, "hysteresisKelvin": 5},
                        "battery": {"capacity": "10 kJ", "charger": 5, "efficiency": 0.9, "restartShare": 0.1,
                                    "charging": {"windows": [{"start": "1 h", "end": "3 h"}, {"start": "2 h", "end": "4 h"}]}}
                      }}
                    ],
                    "carbon": {"kind": "daily", "steps": [{"from": "1 h", "gramsPerKilowattHour": 300}]}
                  },
                  "workloads": [{"kind": "llm-serving", "model": "llama-3-8b",
                    "arrivals": {"kind": "poisson", "rate": "2 /s"},
                    "lengths": {"kind": "fixed", "prompt": 100, "output": 20}}],
                  "horizon": "10 s"
                }
                """;
        Path file = Files.writeString(folder.resolve("bad.json"), text);
        List<String> paths = assertThrows(ScenarioException.class, () -> ScenarioFile.read(file)).problems().stream()
                .map(Problem::path)
                .toList();

        for (String path : List.of(
                "$.cluster.devices[0]",
                "$.cluster.devices[1].power.governor",
                "$.cluster.devices[1].power.thermal",
                "$.cluster.devices[1].power.battery.charger",
                "$.cluster.devices[1].power.battery.charging",
                "$.cluster.carbon")) {
            assertTrue(paths.contains(path), path + " in " + paths);
        }
    }

    @Test
    void problems_batteryWithoutHorizon_isRefused() {
        Battery battery = new Battery(Energy.joules(2_000), Power.watts(400), 0.9, ChargeWindows.never(), 1, 0.5);
        Scenario bounded = scenario(PowerSetup.builder().battery(battery).build(), 4);
        Scenario endless =
                Scenario.of(bounded.cluster(), bounded.workloads().get(0)).build();

        assertTrue(
                endless.problems().stream().anyMatch(problem -> problem.path().equals("$.horizon")));
    }
}
