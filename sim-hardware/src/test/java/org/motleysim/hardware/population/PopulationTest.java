package org.motleysim.hardware.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.random.Distribution;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

class PopulationTest {
    private static final DeviceTable CLASSES = DeviceTable.of(List.of(
            deviceClass("low", 5, 0.1),
            deviceClass("middle", 3, 0.5),
            deviceClass("high", 1.5, 2),
            deviceClass("rare", 0.01, 9)));

    private static DeviceClass deviceClass(String name, double weight, double teraflops) {
        return new DeviceClass(
                name,
                weight,
                FlopRate.teraflopsPerSecond(teraflops),
                Bytes.gibibytes((long) Math.ceil(4 * teraflops)),
                new Bandwidth(5e6 * teraflops),
                new Bandwidth(1e6 * teraflops),
                name.equals("rare") ? Optional.empty() : Optional.of(new Energy(50_000)));
    }

    @Test
    void sampled_manyDevices_haveTheWeights() {
        Population drawn = PopulationModel.of(CLASSES).draw(200_000, RandomStreams.of(4));
        long[] counts = counts(drawn);
        double[] expected = {5, 3, 1.5, 0.01};

        double p = new ChiSquareTest().chiSquareTest(expected, counts);
        assertTrue(p > 0.001, "seed 4: p " + p + ", " + Arrays.toString(counts));
    }

    @Test
    void quotas_anySize_giveEachClassItsShare() {
        for (int size : new int[] {1, 2, 3, 10, 951, 100_000}) {
            Population drawn =
                    PopulationModel.of(CLASSES).withSelection(Selection.QUOTAS).draw(size, RandomStreams.of(9));
            long[] counts = counts(drawn);
            double[] weights = {5, 3, 1.5, 0.01};
            for (int i = 0; i < 4; i++) {
                assertEquals(weights[i] / 9.51 * size, (double) counts[i], 1.0, size + ": " + Arrays.toString(counts));
            }
        }
    }

    /** With quotas the order is shuffled: the first half has the shares of the whole, as a hypergeometric draw would. */
    @Test
    void quotas_firstHalf_looksLikeTheWhole() {
        Population drawn =
                PopulationModel.of(CLASSES).withSelection(Selection.QUOTAS).draw(100_000, RandomStreams.of(9));
        long low = 0;
        for (int i = 0; i < 50_000; i++) {
            low += drawn.deviceClass(i) == 0 ? 1 : 0;
        }

        assertEquals(50_000 * 5 / 9.51, (double) low, 5 * Math.sqrt(50_000 * 0.25), "seed 9");
    }

    @Test
    void sampled_largerFleet_beginsWithTheSmaller() {
        PopulationModel model =
                PopulationModel.of(CLASSES).withJitter(Attribute.SPEED, Distribution.logNormalMuSigma(0, 0.2));
        Population small = model.draw(1_000, RandomStreams.of(1));
        Population large = model.draw(5_000, RandomStreams.of(1));
        for (int i = 0; i < 1_000; i++) {
            assertEquals(small.deviceClass(i), large.deviceClass(i));
            assertEquals(small.speed(i), large.speed(i));
        }
    }

    @Test
    void jitter_oneMore_changesNoOtherAttribute() {
        PopulationModel one =
                PopulationModel.of(CLASSES).withJitter(Attribute.SPEED, Distribution.logNormalMuSigma(0, 0.2));
        Population before = one.draw(1_000, RandomStreams.of(1));
        Population after = one.withJitter(Attribute.LINK_UP, Distribution.uniform(0.5, 1.5))
                .draw(1_000, RandomStreams.of(1));
        for (int i = 0; i < 1_000; i++) {
            assertEquals(before.speed(i), after.speed(i));
            assertEquals(before.memory(i), after.memory(i));
        }
    }

    @Test
    void table_drawn_keepsDistributionAndRows(@TempDir Path folder) throws IOException {
        RandomStream random = RandomStreams.of(6).stream("table");
        int rows = 400;
        double[] speeds = new double[rows];
        StringBuilder csv =
                new StringBuilder("speed_flop_per_s,memory_bytes,link_down_bytes_per_s,link_up_bytes_per_s\n");
        for (int i = 0; i < rows; i++) {
            speeds[i] = 1e10 * StrictMath.exp(random.nextGaussian());
            csv.append(speeds[i]).append(',').append(2 * speeds[i]).append(",1e6,5e5\n");
        }
        Path file = folder.resolve("devices.csv");
        Files.writeString(file, csv);
        Population drawn = PopulationModel.of(DeviceTable.read(file)).draw(20_000, RandomStreams.of(6));
        double[] own = new double[drawn.size()];
        for (int i = 0; i < own.length; i++) {
            own[i] = drawn.speed(i);
            assertEquals(2 * drawn.speed(i), drawn.memory(i), 1e-3, "a row is drawn whole");
            assertEquals(Double.POSITIVE_INFINITY, drawn.battery(i));
        }

        double distance = new KolmogorovSmirnovTest().kolmogorovSmirnovStatistic(own, speeds);
        assertTrue(distance < 0.014, "seed 6: distance " + distance); // 2 / sqrt(20,000) against the table's own steps
    }

    @Test
    void tenMillion_allJittered_takeAtMost32BytesEach() {
        PopulationModel model = PopulationModel.of(CLASSES);
        for (Attribute attribute : Attribute.values()) {
            model = model.withJitter(attribute, Distribution.uniform(0.9, 1.1));
        }
        Population drawn = model.draw(10_000_000, RandomStreams.of(1));

        assertEquals(10_000_000L * 21, drawn.arrayBytes());
        assertTrue(drawn.arrayBytes() <= 32L * drawn.size());
    }

    @Test
    void read_wrongTable_saysWhereAndWhat(@TempDir Path folder) throws IOException {
        String header = "speed_flop_per_s,memory_bytes,link_down_bytes_per_s,link_up_bytes_per_s";
        assertTrue(
                refusal(folder, header + "\n1e9,-1,1,1\n").contains("line 2: memory_bytes (-1.0) must be above zero"));
        assertTrue(refusal(folder, header + "\n1e9,1,1\n").contains("line 2: a row (3 fields)"));
        assertTrue(refusal(folder, header + "\n1e9,much,1,1\n").contains("memory_bytes (much) must be a number"));
        assertTrue(refusal(folder, header + "\n").contains("must have at least one row"));
        assertTrue(refusal(folder, "speed_flop_per_s,memory_bytes,link_down_mbit_per_s,link_up_bytes_per_s\n")
                .contains("bits are not bytes"));
        assertTrue(refusal(folder, "speed_flop_per_s,memory_bytes\n").contains("link_down_bytes_per_s is missing"));
        assertTrue(refusal(folder, header + ",weight\n1e9,1,1,1,0\n").contains("weight (0.0) must be"));
    }

    private static String refusal(Path folder, String text) throws IOException {
        Path file = folder.resolve("devices.csv");
        Files.writeString(file, text);
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> DeviceTable.read(file))
                .getMessage());
    }

    private static long[] counts(Population drawn) {
        long[] counts = new long[drawn.table().classes().size()];
        for (int i = 0; i < drawn.size(); i++) {
            counts[drawn.deviceClass(i)]++;
        }
        return counts;
    }
}
