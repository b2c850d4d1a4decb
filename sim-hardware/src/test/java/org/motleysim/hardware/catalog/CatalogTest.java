package org.motleysim.hardware.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.MemoryTier;
import org.motleysim.hardware.device.NumberFormat;

class CatalogTest {
    @TempDir
    private Path folder;

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
    void with_recordLikeAnother_takesOverWhatItDoesNotSay() throws IOException {
        Path file = write("""
                {"motley-catalog": 1,
                 "sources": {"mine": "measured at the wall in our rack"},
                 "devices": [
                   {"name": "nvidia-h100-sxm-80gb", "like": "nvidia-h100-sxm-80gb",
                    "tdp": {"value": "500 W", "source": "mine"}, "pricePerHour": null,
                    "memory": [{"name": "HBM3", "bandwidth": "3 TB/s"}]},
                   {"name": "my-h100", "like": "nvidia-h100-sxm-80gb", "title": "Mine", "peak": {"fp8": null}}
                 ]}
                """);
        DeviceSpec old = Catalog.builtIn().device("nvidia-h100-sxm-80gb");

        Catalog catalog = Catalog.builtIn().with(file);

        DeviceSpec h100 = catalog.device("nvidia-h100-sxm-80gb");
        assertEquals(Power.watts(500), h100.tdp().orElseThrow());
        assertEquals("measured at the wall in our rack", h100.sources().get("tdp"));
        assertEquals(old.title(), h100.title());
        assertEquals(old.memoryCapacity(), h100.memoryCapacity());
        assertEquals(old.sources().get("memory.HBM3.capacity"), h100.sources().get("memory.HBM3.capacity"));
        assertFalse(h100.sources().containsKey("memory.HBM3.bandwidth"));
        assertEquals(Bandwidth.terabytesPerSecond(3), h100.memoryBandwidth());
        assertTrue(h100.pricePerHour().isEmpty());
        assertEquals(
                List.of(
                        "nvidia-h100-sxm-80gb memory.HBM3.bandwidth: 3.35 TB/s -> 3 TB/s",
                        "nvidia-h100-sxm-80gb tdp: 700 W -> 500 W",
                        "nvidia-h100-sxm-80gb pricePerHour: 3.99 USD/h -> blank"),
                Catalog.builtIn().changes(h100).stream()
                        .map(DeviceChange::toString)
                        .toList());
        DeviceSpec mine = catalog.device("my-h100");
        assertEquals("Mine", mine.title());
        assertEquals(Power.watts(500), mine.tdp().orElseThrow(), "like the record before it");
        assertTrue(mine.peak(NumberFormat.FP8).isEmpty());
        assertEquals(List.of(), Catalog.builtIn().changes(mine));
    }

    @Test
    void with_recordLikeAnotherWithOtherMemory_replacesTheTiers() throws IOException {
        Path file = write("""
                {"motley-catalog": 1, "devices": [{"name": "h100-next", "like": "nvidia-h100-sxm-80gb",
                  "memory": [{"name": "HBM4", "capacity": "96 GB", "bandwidth": "6 TB/s"}]}]}
                """);

        DeviceSpec next = Catalog.builtIn().with(file).device("h100-next");

        assertEquals(
                List.of("HBM4"), next.memory().stream().map(MemoryTier::name).toList());
        assertFalse(next.sources().containsKey("memory.HBM3.capacity"));
    }

    @Test
    void with_folder_readsItsFilesByName() throws IOException {
        Files.writeString(folder.resolve("b.json"), device("\"like\": \"y\"").replace("\"kind\": \"gpu\", ", ""));
        Files.writeString(folder.resolve("a.json"), device("\"tdp\": \"15 W\"").replace("\"x\"", "\"y\""));
        Files.writeString(folder.resolve("notes.txt"), "not a catalogue");

        Catalog catalog = Catalog.builtIn().with(folder);

        assertEquals(Power.watts(15), catalog.device("x").tdp().orElseThrow());
    }

    @Test
    void installed_libraryOnTheClassPath_offersItsDevices() throws IOException {
        Path file = folder.resolve(Catalog.RESOURCE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, device("\"tdp\": \"15 W\"").replace("\"x\"", "\"acme-x\""));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (var library = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(library);

            assertTrue(Catalog.installed().find("acme-x").isPresent());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        assertTrue(Catalog.installed().find("acme-x").isEmpty());
    }

    @Test
    void with_manyFaults_tellsAllInTheOrderOfTheFile() throws IOException {
        Path file = write("""
                {"motley-catalog": 1,
                 "sources": {"datasheet": "rev. 3"},
                 "devices": [
                   {"name": "a", "kind": "npu", "tdp": "-15 W", "tpd": "15 W",
                    "peak": {"int9": "1 TFLOP/s", "bf16": {"value": "1 TFLOP/s", "source": "datashet"}},
                    "memory": [{"name": "HBM", "capacity": "80 Gbit", "bandwidth": "3 TB"}]},
                   {"name": "b", "kind": "gpuu", "idle": "700 MW"},
                   {"name": "c", "kind": "gpu"},
                   {"name": "c", "kind": "gpu", "links": [{"name": "PCIe", "role": "host"}]},
                   {"name": "d", "like": "nvidia-h100"},
                   {"kind": "gpu", "year": 3000, "lastLevelCache": "0.5 B"},
                   7
                 ]}
                """);

        var error = assertThrows(CatalogException.class, () -> Catalog.builtIn().with(file));

        assertEquals(
                List.of(
                        "$.devices[0].peak.int9",
                        "$.devices[0].peak.bf16.source",
                        "$.devices[0].memory[0].capacity",
                        "$.devices[0].memory[0].bandwidth",
                        "$.devices[0].tdp",
                        "$.devices[0].tpd",
                        "$.devices[1].kind",
                        "$.devices[1].idle",
                        "$.devices[3].links[0].bandwidth",
                        "$.devices[4].like",
                        "$.devices[5].name",
                        "$.devices[5].year",
                        "$.devices[5].lastLevelCache",
                        "$.devices[6]"),
                error.faults().stream().map(CatalogFault::path).toList(),
                error.getMessage());
        assertFault(error, 0, "int8", "Maybe \"int8\".");
        assertFault(error, 1, "datashet", "Maybe \"datasheet\".");
        assertFault(error, 2, "80 Gbit", "Maybe \"10 GB\": 8 bits are a byte.");
        assertFault(error, 3, "GB/s", "Maybe \"3 TB/s\".");
        assertFault(error, 4, "zero or more", "");
        assertFault(error, 5, "not a known field", "Maybe \"tdp\".");
        assertFault(error, 7, "2 MW", "Maybe \"700 kW\"");
        assertFault(error, 9, "nvidia-h100", "Maybe \"nvidia-h100-sxm-80gb\".");
    }

    @Test
    void with_nameTwice_tellsWhereItWasFirst() throws IOException {
        Files.writeString(folder.resolve("a.json"), device("\"tdp\": \"15 W\""));
        Files.writeString(folder.resolve("b.json"), device("\"tdp\": \"16 W\""));

        var error = assertThrows(CatalogException.class, () -> Catalog.builtIn().with(folder));

        assertEquals(1, error.faults().size());
        assertContains("b.json $.devices[0].name", error);
        assertContains("a.json $.devices[0] has it too", error);
    }

    private static void assertFault(CatalogException error, int index, String message, String hint) {
        CatalogFault fault = error.faults().get(index);
        assertTrue(fault.message().contains(message) && fault.hint().contains(hint), fault.toString());
    }

    @Test
    void with_badFile_namesPathValueAndRemedy() throws IOException {
        assertFault("$.devices[0].tpd: tpd is not a known field", "Maybe \"tdp\"", device("\"tpd\": \"15 W\""));
        assertFault("$.devices[0].tdp: ", "15 X", device("\"tdp\": \"15 X\""));
        assertFault("$.devices[0].tdp: ", "-15", device("\"tdp\": \"-15 W\""));
        assertFault("$.devices[0].tdp: tdp", "more than zero", device("\"tdp\": \"0 W\""));
        assertFault("$.devices[0].tdp", "in quotes", device("\"tdp\": 15"));
        assertFault(
                "$.devices[0].tdp.source",
                "\"typo\"",
                device("\"tdp\": {\"value\": \"15 W\", \"source\": \"typo\"}")
                        .replace("\"devices\"", "\"sources\": {}, \"devices\""));
        assertFault("$.devices[0].tdp.source: source is missing", "", device("\"tdp\": {\"value\": \"15 W\"}"));
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
