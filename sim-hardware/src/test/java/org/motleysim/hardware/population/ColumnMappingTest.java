package org.motleysim.hardware.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.random.RandomStreams;

class ColumnMappingTest {
    private static final ColumnMapping LINKS = ColumnMapping.none()
            .with(Attribute.LINK_DOWN, ColumnMapping.constant(5e6))
            .with(Attribute.LINK_UP, ColumnMapping.constant(2e6));

    @TempDir
    private Path folder;

    /** The table of measured phones and edge devices, where there is one. */
    private static Path data(String name) {
        String root = System.getProperty("motley.data", System.getenv("MOTLEY_DATA"));
        Path file = root == null ? Path.of("") : Path.of(root, "edge", name);
        assumeTrue(Files.isRegularFile(file), "MOTLEY_DATA is not set, or has no " + name);
        return file;
    }

    @Test
    void read_productsAndConstants_areConverted() throws IOException {
        Path file = Files.writeString(folder.resolve("boards.csv"), """
                maker,board,cores,mips,ram_gb,wh,busy
                a,pi,4,16000,8,,5.5
                a,sensor,0,0,1,2,0.4
                b,phone,8,25000,6,18.75,5
                """);
        ColumnMapping mapping = LINKS.with(Attribute.SPEED, ColumnMapping.product(1e6, "cores", "mips"))
                .with(Attribute.MEMORY, ColumnMapping.product(1e9, "ram_gb"))
                .with(Attribute.BATTERY, ColumnMapping.product(3_600, "wh"))
                .with(Attribute.BUSY_POWER, ColumnMapping.product(1, "busy"))
                .withClass("board");

        DeviceTable table = DeviceTable.read(file, mapping.skippingUnusable());

        assertEquals(List.of("pi", "phone"), table.classes());
        assertEquals(64e9, table.value(Attribute.SPEED, 0));
        assertEquals(8e9, table.value(Attribute.MEMORY, 0));
        assertEquals(Double.POSITIVE_INFINITY, table.value(Attribute.BATTERY, 0));
        assertEquals(67_500, table.value(Attribute.BATTERY, 1));
        assertEquals(5.5, table.value(Attribute.BUSY_POWER, 0));
        assertEquals(2e6, table.value(Attribute.LINK_UP, 1));
        assertEquals(
                List.of("phone"),
                DeviceTable.read(file, mapping.where("maker", "b")).classes());
        String refusal =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> DeviceTable.read(file, mapping))
                        .getMessage());
        assertTrue(refusal.contains("line 3") && refusal.contains("speed_flop_per_s"), refusal);
        ColumnMapping wrong = mapping.with(Attribute.MEMORY, ColumnMapping.product(1, "ram", "rem"))
                .withClass("clazz");
        String missing =
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> DeviceTable.read(file, wrong))
                        .getMessage());
        assertTrue(missing.contains("clazz, ram, rem"), missing);
    }

    @Test
    void read_333phones_keepSpeedAndMemoryTogether() {
        // Scores are proportional to speed; a score of 100 as 1 Gflop/s is a scale, not a measurement.
        DeviceTable table = DeviceTable.read(
                data("ai_benchmark_devices.csv"),
                LINKS.with(Attribute.SPEED, ColumnMapping.product(1e7, "fp16_score"))
                        .with(Attribute.MEMORY, ColumnMapping.product(1e9, "ram_gb"))
                        .withClass("soc"));
        Population fleet =
                PopulationModel.of(table).withSelection(Selection.QUOTAS).draw(333 * 3, RandomStreams.of(5));

        assertEquals(333, table.rows());
        PopulationSummary summary = PopulationSummary.of(fleet);
        // Huawei Mate 30 Pro 5G, the first row of the table.
        assertEquals(38_042e7, table.value(Attribute.SPEED, 0));
        assertEquals(8e9, table.value(Attribute.MEMORY, 0));
        assertEquals(
                999,
                summary.classes().stream()
                        .mapToInt(PopulationSummary.ClassCount::devices)
                        .sum());
        assertTrue(summary.bytesPerDevice() <= 32);
    }

    @Test
    void read_flashPhones_areTheBenchmarkedOnes() {
        DeviceTable table = DeviceTable.read(
                data("flash_phone_model_to_benchmark.csv"),
                LINKS.with(Attribute.SPEED, ColumnMapping.product(1e7, "ai_score"))
                        .with(Attribute.MEMORY, ColumnMapping.constant(4e9))
                        .withClass("benchmark_device")
                        .skippingUnusable());

        // 162 models, of which two have no score.
        assertEquals(160, table.rows());
        assertEquals("Realme C2", table.classes().get(0));
        assertEquals(1_745e7, table.value(Attribute.SPEED, 0));
    }

    @Test
    void read_deviceClasses_skipsWhatCannotCompute() {
        DeviceTable table = DeviceTable.read(
                data("device_classes.csv"),
                LINKS.with(Attribute.SPEED, ColumnMapping.product(1e6, "cores", "mips_per_core"))
                        .with(Attribute.MEMORY, ColumnMapping.constant(4e9))
                        .with(Attribute.BATTERY, ColumnMapping.product(3_600, "battery_wh"))
                        .with(Attribute.BUSY_POWER, ColumnMapping.product(1, "busy_w"))
                        .withClass("device")
                        .where("source", "PureEdgeSim")
                        .skippingUnusable());

        assertEquals(List.of("smartphone", "raspberry pi", "laptop", "edge data centre", "cloud"), table.classes());
        assertEquals(67_500, table.value(Attribute.BATTERY, 0));
        assertEquals(5, table.value(Attribute.BUSY_POWER, 0));
    }

    /** By hand: the quantiles of 1, 2, 3, 4 with the smallest value that a share is at or below. */
    @Test
    void summary_fourDevices_isThatOfTheHand() throws IOException {
        Path file = Files.writeString(folder.resolve("four.csv"), """
                class,speed_flop_per_s,memory_bytes,link_down_bytes_per_s,link_up_bytes_per_s,battery_j
                a,1,10,1,1,
                a,2,10,1,1,
                b,3,10,1,1,50
                b,4,10,1,1,
                """);
        Population fleet = PopulationModel.of(DeviceTable.read(file))
                .withSelection(Selection.QUOTAS)
                .draw(4, RandomStreams.of(1));
        PopulationSummary summary = PopulationSummary.of(fleet);

        assertEquals(
                new PopulationSummary.Quantiles(4, 1, 1, 2, 4, 4),
                summary.quantiles().get(Attribute.SPEED));
        assertEquals(
                new PopulationSummary.Quantiles(1, 50, 50, 50, 50, 50),
                summary.quantiles().get(Attribute.BATTERY));
        assertEquals(
                List.of(new PopulationSummary.ClassCount("a", 2), new PopulationSummary.ClassCount("b", 2)),
                summary.classes());
        assertEquals(1, summary.bytesPerDevice());
        assertTrue(!summary.quantiles().containsKey(Attribute.BUSY_POWER));
    }
}
