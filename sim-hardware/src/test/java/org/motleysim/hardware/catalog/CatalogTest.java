package org.motleysim.hardware.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.NumberFormat;

class CatalogTest {
    @TempDir
    private Path folder;

    @Test
    void builtIn_allDevices_haveASourceForEveryNumber() {
        for (DeviceSpec device : Catalog.builtIn().devices()) {
            List<String> numbers = new ArrayList<>();
            device.peaks().keySet().forEach(format -> numbers.add("peak." + format.label()));
            device.memory().forEach(tier -> {
                numbers.add("memory." + tier.name() + ".capacity");
                numbers.add("memory." + tier.name() + ".bandwidth");
            });
            device.links().forEach(link -> {
                numbers.add("links." + link.name() + ".bandwidth");
                numbers.add("links." + link.name() + ".latency");
            });
            device.tdp().ifPresent(tdp -> numbers.add("tdp"));
            device.idle().ifPresent(idle -> numbers.add("idle"));
            device.pricePerHour().ifPresent(price -> numbers.add("pricePerHour"));
            device.units().ifPresent(units -> numbers.add("units"));
            device.lastLevelCache().ifPresent(size -> numbers.add("lastLevelCache"));
            assertEquals(Set.copyOf(numbers), device.sources().keySet(), device.name());
        }
    }

    @Test
    void builtIn_kinds_coverWhatTheGuidePromises() {
        Catalog catalog = Catalog.builtIn();
        Set<DeviceKind> kinds = catalog.devices().stream().map(DeviceSpec::kind).collect(Collectors.toSet());

        assertEquals(
                Set.of(
                        DeviceKind.GPU,
                        DeviceKind.NPU,
                        DeviceKind.CPU,
                        DeviceKind.FPGA,
                        DeviceKind.EDGE,
                        DeviceKind.PHONE),
                kinds);
        assertEquals(21, catalog.names().size());
    }

    @Test
    void device_h100_isTheDatasheet() {
        DeviceSpec h100 = Catalog.builtIn().device("nvidia-h100-sxm-80gb");

        assertEquals(
                FlopRate.teraflopsPerSecond(989.4), h100.peak(NumberFormat.BF16).orElseThrow());
        assertEquals(Bandwidth.gigabytesPerSecond(3350), h100.mainMemory().bandwidth());
        // 85,520,809,984 bytes: what the driver reports, 81,559 MiB.
        assertEquals(Bytes.of(85_520_809_984L), h100.mainMemory().capacity());
        assertEquals(Power.watts(700), h100.tdp().orElseThrow());
        assertEquals("NVLink 4", h100.deviceLink().orElseThrow().name());
    }

    @Test
    void write_allBuiltInDevices_areReadBackEqual() {
        List<DeviceSpec> devices = Catalog.builtIn().devices();

        Catalog read = Catalog.builtIn().with("written", Catalog.write(devices));

        assertEquals(devices, read.devices());
        assertEquals(devices.size(), read.overridden().size());
    }

    @Test
    void device_unknownName_suggestsTheNearest() {
        Catalog catalog = Catalog.builtIn();

        var error = assertThrows(IllegalArgumentException.class, () -> catalog.device("nvidia-h100-sxm-80g"));

        assertContains("Maybe \"nvidia-h100-sxm-80gb\"", error);
    }

    @Test
    void with_ownFile_addsAndOverrides() throws IOException {
        Path file = write("""
                {"motley-catalog": 1,
                 "sources": {"mine": "datasheet rev. 3"},
                 "devices": [
                   {"name": "my-npu", "kind": "npu",
                    "peak": {"int8": {"value": "40 TFLOP/s", "source": "mine"}},
                    "memory": [{"name": "LPDDR5", "capacity": "16 GiB", "bandwidth": "68 GB/s"}],
                    "tdp": "15 W"},
                   {"name": "nvidia-t4-16gb", "kind": "gpu",
                    "memory": [{"name": "GDDR6", "capacity": "15 GB", "bandwidth": "320 GB/s"}]}
                 ]}
                """);

        Catalog catalog = Catalog.builtIn().with(file);

        DeviceSpec mine = catalog.device("my-npu");
        assertEquals(
                FlopRate.teraflopsPerSecond(40), mine.peak(NumberFormat.INT8).orElseThrow());
        assertEquals("datasheet rev. 3", mine.sources().get("peak.int8"));
        assertTrue(mine.idle().isEmpty());
        assertEquals(
                Bytes.gigabytes(15),
                catalog.device("nvidia-t4-16gb").mainMemory().capacity());
        assertEquals(Set.of("nvidia-t4-16gb"), catalog.overridden());
        assertFalse(Catalog.builtIn().find("my-npu").isPresent());
    }

    @Test
    void with_badFile_namesPathValueAndRemedy() throws IOException {
        assertFault("$.devices[0].tpd is not a known field", "Maybe \"tdp\"", device("\"tpd\": \"15 W\""));
        assertFault("$.devices[0].tdp: ", "15 X", device("\"tdp\": \"15 X\""));
        assertFault("$.devices[0].tdp: ", "-15", device("\"tdp\": \"-15 W\""));
        assertFault("$.devices[0]: tdp", "more than zero", device("\"tdp\": \"0 W\""));
        assertFault("$.devices[0].tdp", "in quotes", device("\"tdp\": 15"));
        assertFault(
                "$.devices[0].tdp.source",
                "\"typo\"",
                device("\"tdp\": {\"value\": \"15 W\", \"source\": \"typo\"}")
                        .replace("\"devices\"", "\"sources\": {}, \"devices\""));
        assertFault("$.devices[0].tdp.source is missing", "", device("\"tdp\": {\"value\": \"15 W\"}"));
        assertFault("$.devices[0]: idle", "must not exceed", device("\"tdp\": \"15 W\", \"idle\": \"16 W\""));
        assertFault("$.devices[0]", "fp7", device("\"peak\": {\"fp7\": \"1 TFLOP/s\"}"));
        assertFault("$.devices[0].year", "whole number", device("\"year\": 2024.5"));
        assertFault(
                "$.devices[0].memory[0].bandwidth",
                "Gbit",
                device("\"memory\": [{\"name\": \"HBM\", \"capacity\": \"1 GB\", \"bandwidth\": \"9 Gbps\"}]"));
        assertFault(
                "$.devices[0].kind",
                "Maybe \"gpu\"",
                "{\"motley-catalog\": 1, \"devices\": [{\"name\": \"x\", \"kind\": \"gpuu\"}]}");
        assertFault("motley-catalog", "must be 1", "{\"motley-catalog\": 2, \"devices\": []}");
        assertFault("line 1", "not JSON", "{\"motley-catalog\": ");
        assertFault("$", "must be an object", "[]");
        assertFault("$", "must be an object", "");
        assertFault("Duplicate", "not JSON", "{\"motley-catalog\": 1, \"motley-catalog\": 1}");
    }

    private static String device(String fields) {
        return "{\"motley-catalog\": 1, \"devices\": [{\"name\": \"x\", \"kind\": \"gpu\", " + fields + "}]}";
    }

    private void assertFault(String part, String other, String json) throws IOException {
        Path file = write(json);
        Catalog catalog = Catalog.builtIn();
        var error = assertThrows(IllegalArgumentException.class, () -> catalog.with(file), json);
        assertContains(part, error);
        assertContains(other, error);
        assertContains("mine.json", error);
    }

    private static void assertContains(String part, Throwable error) {
        String message = String.valueOf(error.getMessage());
        assertTrue(message.contains(part), message);
    }

    private Path write(String json) throws IOException {
        return Files.writeString(folder.resolve("mine.json"), json);
    }
}
