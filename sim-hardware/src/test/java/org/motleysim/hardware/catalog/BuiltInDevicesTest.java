package org.motleysim.hardware.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.device.NumberFormats;
import org.motleysim.hardware.power.OperatingPoint;
import org.motleysim.hardware.price.PriceModel;

class BuiltInDevicesTest {
    /** What of a datasheet is no number. */
    private static final Set<String> WORDS = Set.of("title", "kind", "vendor", "year", "notes");

    static List<DeviceSpec> devices() {
        return Catalog.builtIn().devices();
    }

    @Test
    void devices_all_areMoreThanAHundredOfEveryKind() {
        Set<DeviceKind> kinds = devices().stream().map(DeviceSpec::kind).collect(Collectors.toSet());

        assertEquals(EnumSet.allOf(DeviceKind.class), kinds);
        assertTrue(devices().size() >= 110, devices().size() + " devices");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void device_everyNumber_hasASource(DeviceSpec device) {
        Set<String> numbers = new TreeSet<>(Catalog.datasheet(device).keySet());
        numbers.removeIf(path -> WORDS.contains(path) || path.endsWith(".role"));

        assertEquals(numbers, new TreeSet<>(device.sources().keySet()), device.name());
        assertTrue(
                device.sources().values().stream().allMatch(source -> source.length() > 8),
                device.name() + ": a source must be found by it");
    }

    @Test
    void devices_anyTwo_differInMoreThanTheirNames() {
        Map<Map<String, String>, String> seen = new HashMap<>();
        for (DeviceSpec device : devices()) {
            Map<String, String> facts = new LinkedHashMap<>(Catalog.datasheet(device));
            facts.keySet().removeAll(Set.of("title", "notes"));
            String twin = seen.put(facts, device.name());
            assertNull(twin, device.name() + " says nothing else");
        }
    }

    /**
     * Bounds, by kind, that real devices keep by a wide margin and a number with a unit a thousand times wrong does not: bytes of main
     * memory for each operation of the fastest format, watts, bytes of memory, bytes a second.
     */
    @ParameterizedTest
    @CsvSource({
        "GPU,   2e-4, 0.2,  10,    2000,  8e9,   4e11, 6e10, 1e13",
        "CPU,   1e-3, 1,    50,    1000,  3e10,  1e12, 8e10, 2e12",
        "NPU,   2e-4, 0.2,  1,     25000, 2e8,   3e11, 5e10, 3e16",
        "FPGA,  1e-3, 1,    20,    300,   4e9,   1e11, 5e10, 1e12",
        "PIM,   1e-2, 10,   1,     1000,  5e8,   1e12, 5e10, 1e13",
        "EDGE,  1e-4, 0.5,  2,     150,   1e9,   2e11, 5e9,  5e11",
        "PHONE, 1e-3, 2,    1,     20,    2e9,   3e10, 1e10, 2e11",
        "MCU,   1e-2, 10,   0.005, 2,     1e4,   1e7,  1e8,  1e11",
    })
    void devices_ofAKind_keepPlausibleBounds(
            DeviceKind kind,
            double leastBytesPerFlop,
            double mostBytesPerFlop,
            double leastWatts,
            double mostWatts,
            double leastBytes,
            double mostBytes,
            double leastBytesPerSecond,
            double mostBytesPerSecond) {
        List<String> outside = new ArrayList<>();
        for (DeviceSpec device : devices()) {
            if (device.kind() != kind) {
                continue;
            }
            Optional<MemoryTier> memory = device.memory().stream().findFirst();
            Optional<Double> bandwidth =
                    memory.flatMap(MemoryTier::knownBandwidth).map(rate -> rate.bytesPerSecond());
            Optional<Double> peak = device.peaks().values().stream()
                    .map(FlopRate::flopsPerSecond)
                    .max(Double::compare);
            if (peak.isPresent() && bandwidth.isPresent()) {
                check(
                        device,
                        "bytes per flop",
                        bandwidth.get() / peak.get(),
                        leastBytesPerFlop,
                        mostBytesPerFlop,
                        outside);
            }
            device.tdp().ifPresent(tdp -> check(device, "tdp", tdp.watts(), leastWatts, mostWatts, outside));
            memory.flatMap(MemoryTier::knownCapacity)
                    .ifPresent(
                            size -> check(device, "capacity", (double) size.value(), leastBytes, mostBytes, outside));
            bandwidth.ifPresent(
                    rate -> check(device, "bandwidth", rate, leastBytesPerSecond, mostBytesPerSecond, outside));
            if (peak.isPresent() && device.tdp().isPresent()) {
                double perJoule = peak.get() / device.tdp().get().watts();
                check(device, "flops per joule", perJoule, 1e9, 3e13, outside);
            }
        }
        assertEquals(List.of(), outside);
    }

    private static void check(
            DeviceSpec device, String what, double value, double least, double most, List<String> outside) {
        if (!(value >= least && value <= most)) {
            outside.add(device.name() + " " + what + " " + value);
        }
    }

    /** No multiplier is slower at narrower numbers; rounding in datasheets leaves a percent. */
    @ParameterizedTest
    @MethodSource("devices")
    void device_narrowerFormats_areNotSlower(DeviceSpec device) {
        for (var wide : device.peaks().entrySet()) {
            for (var narrow : device.peaks().entrySet()) {
                if (2 * narrow.getKey().bitsPerElement() <= wide.getKey().bitsPerElement()) {
                    assertTrue(
                            narrow.getValue().flopsPerSecond()
                                    >= 0.99 * wide.getValue().flopsPerSecond(),
                            device.name() + ": " + narrow + " after " + wide);
                }
            }
        }
    }

    /** Typed from other sources than those of the records. */
    @ParameterizedTest
    @CsvSource({
        // glennklockwood.com/garden/processors/h100: theoretical maximum, dense; 3.35 TB/s, 700 W
        "nvidia-h100-sxm-80gb,  fp64, 33.5,   3.35,   700",
        "nvidia-h100-sxm-80gb,  tf32, 494.7,  3.35,   700",
        "nvidia-h100-sxm-80gb,  fp8,  1978.9, 3.35,   700",
        // archive-lib.hpctech.co.jp: H100 PCIe
        "nvidia-h100-pcie-80gb, fp64, 26,     2.0,    350",
        "nvidia-h100-pcie-80gb, bf16, 756.5,  2.0,    350",
        // zangshuxian.com on H20; 400 W is NVIDIA's HGX H20 brief
        "nvidia-h20-sxm-96gb,   bf16, 148,    4.0,    400",
        "nvidia-h20-sxm-96gb,   int8, 296,    4.0,    400",
        // AMD's table of MI250X as quoted by zexron.com; 560 W peak, 500 W TDP
        "amd-mi250x-128gb,      fp16, 383,    3.2,    500",
        // Intel at Hot Chips 2024 on Gaudi 3; TF32 is a quarter of 1,835
        "intel-gaudi3-128gb,    tf32, 458.75, 3.67,   900",
        // glennklockwood.com/garden/processors/pvc
        "intel-max-1550-128gb,  fp32, 52.4,   3.2768, 600",
        // techradar.com on MTIA at Hot Chips 2024
        "meta-mtia-v2-128gb,    int8, 354,    0.2048, 90",
        // NVIDIA Tesla P100 datasheet
        "nvidia-p100-sxm2-16gb, fp16, 21.2,   0.732,  300",
    })
    void device_againstAnotherSource_agreesWithinThreePercent(
            String name, String format, double teraflops, double terabytesPerSecond, double watts) {
        DeviceSpec device = Catalog.builtIn().device(name);

        NumberFormat wanted = NumberFormats.builtIn().get(format);
        assertClose(teraflops * 1e12, device.peak(wanted).orElseThrow().flopsPerSecond());
        assertClose(terabytesPerSecond * 1e12, device.memoryBandwidth().bytesPerSecond());
        assertClose(watts, device.tdp().orElseThrow().watts());
    }

    private static void assertClose(double expected, double actual) {
        assertEquals(1, actual / expected, 0.03);
    }

    @ParameterizedTest
    @EnumSource(DeviceKind.class)
    void devices_ofAKind_nameTheirBlanks(DeviceKind kind) {
        Kernel copy = Kernel.copy(1e6);
        Kernel product = Kernel.gemm(64, 64, 64, NumberFormat.FP64, NumberFormat.FP64);
        for (DeviceSpec device : devices()) {
            if (device.kind() != kind) {
                continue;
            }
            Optional<MemoryTier> memory = device.memory().stream().findFirst();
            if (device.pricePerHour().isEmpty()) {
                assertBlank(device, "pricePerHour", () -> PriceModel.hourly().tariff(device));
            }
            if (device.tdp().isEmpty()) {
                assertBlank(device, "tdp", () -> CostModel.builtIn().bind(device, OperatingPoint.nominal()));
            }
            if (memory.flatMap(MemoryTier::knownCapacity).isEmpty()) {
                assertBlank(device, "memory", device::memoryCapacity);
            }
            DeviceSpec powered = device.toBuilder().tdp(Power.watts(1e4)).build();
            var model = RooflineCostModel.peak().bind(powered, OperatingPoint.nominal());
            if (memory.flatMap(MemoryTier::knownBandwidth).isEmpty()) {
                assertBlank(device, "memory", () -> model.cost(copy));
            }
            if (device.peak(NumberFormat.FP64).isEmpty()) {
                assertBlank(device, "peak rate in fp64", () -> model.cost(product));
            }
        }
    }

    private static void assertBlank(DeviceSpec device, String blank, Runnable question) {
        var error = assertThrows(IllegalArgumentException.class, question::run, device.name());
        String message = String.valueOf(error.getMessage());
        assertTrue(message.contains(device.name()) && message.contains(blank) && message.contains("Maybe"), message);
    }
}
