package org.motleysim.examples.reproductions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpTest {
    @TempDir
    private Path folder;

    /** Forty networks; one device goes with their products, one with their number, the new one is the mean of both in logarithms. */
    private SearchSpace space() throws IOException {
        StringBuilder networks = new StringBuilder("arch_idx,is_reference,connected,macs,n_conv\n");
        StringBuilder times = new StringBuilder("arch_idx,a_1,b,new\n");
        for (int i = 0; i < 41; i++) {
            int macs = 1 + i * i % 41;
            int convolutions = 1 + i % 7;
            boolean connected = i != 40;
            networks.append("%d,%d,%d,%d,%d%n".formatted(i, i % 8 == 0 ? 1 : 0, connected ? 1 : 0, macs, convolutions));
            double both = Math.sqrt((double) macs * convolutions);
            times.append("%d,%s,%s,%s%n".formatted(i, 2.0 * macs, 3.0 * convolutions, connected ? 5 * both : 0.001));
        }
        Files.writeString(folder.resolve("inputs_toy_archs.csv"), networks);
        Files.writeString(folder.resolve("measured_toy_latency_ms.csv"), times);
        return SearchSpace.read(folder, "toy");
    }

    @Test
    void predicted_mixtureOfTwoKnownDevices_isRankedRight() throws IOException {
        SearchSpace space = space();
        int[] samples = space.references();

        double[] predicted = space.predicted(space.family(List.of("a_1", "b"), List.of()), "new", samples);

        assertEquals(1, space.correlation("new", predicted, samples), 1e-3);
    }

    @Test
    void predicted_oneDeviceAndOneCount_isRankedRightToo() throws IOException {
        SearchSpace space = space();
        int[] samples = space.references();

        double[] predicted = space.predicted(space.family(List.of("a_1", "absent"), List.of("n_conv")), "new", samples);

        assertEquals(1, space.correlation("new", predicted, samples), 1e-3);
    }

    @Test
    void read_networkThatHangsOnNothing_isLeftOut() throws IOException {
        assertEquals(40, space().networks());
    }

    /** Five samples leave 35; without the first 3 and the last 4 the order of the rest counts, and it is turned around. */
    @Test
    void correlation_ofOppositeOrder_isMinusOneInTheMiddle() throws IOException {
        SearchSpace space = space();
        double[] opposite = IntStream.range(0, 40)
                .mapToDouble(i -> -Math.sqrt((1 + i * i % 41) * (1.0 + i % 7)))
                .toArray();

        assertEquals(-1, space.correlation("new", opposite, space.references()), 1e-12);
    }

    @Test
    void run_withoutTables_saysThatTheyAreNeeded() {
        for (Outcome row : Reproductions.packed().run(Set.of(24), Optional.empty())) {
            assertTrue(row.prediction().reason().contains("--data"), row.toString());
        }
    }
}
