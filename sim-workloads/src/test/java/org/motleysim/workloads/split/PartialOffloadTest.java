package org.motleysim.workloads.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.random.RandomStream;
import org.motleysim.core.random.RandomStreams;

class PartialOffloadTest {
    /** Against all subsets of random graphs. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void least_isTheBestOfAllSubsets(int seed) {
        RandomStream draws = RandomStreams.of(seed).stream("graphs");
        for (int graph = 0; graph < 25; graph++) {
            int count = 2 + draws.nextInt(9);
            List<PartialOffload.Part> parts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                List<Integer> reads = new ArrayList<>();
                for (int j = 0; j < i; j++) {
                    if (draws.nextInt(3) == 0) {
                        reads.add(j);
                    }
                }
                parts.add(new PartialOffload.Part(
                        draws.nextInt(100),
                        i == 0 ? Double.POSITIVE_INFINITY : draws.nextInt(30),
                        draws.nextInt(40),
                        reads));
            }
            double best = Double.POSITIVE_INFINITY;
            for (int mask = 0; mask < 1 << count; mask++) {
                Set<Integer> onDevice = new TreeSet<>();
                for (int i = 0; i < count; i++) {
                    if ((mask >> i & 1) == 1) {
                        onDevice.add(i);
                    }
                }
                best = Math.min(best, PartialOffload.cost(parts, onDevice));
            }
            PartialOffload.Choice choice = PartialOffload.least(parts);
            assertEquals(best, choice.cost(), 1e-9, "seed " + seed + ", graph " + graph);
            assertEquals(choice.cost(), PartialOffload.cost(parts, choice.onDevice()), 1e-9);
        }
    }

    /** A result that two parts on the server read crosses once. */
    @Test
    void resultReadTwice_crossesOnce() {
        var parts = List.of(
                new PartialOffload.Part(0, Double.POSITIVE_INFINITY, 5, List.of()),
                new PartialOffload.Part(4, 1, 100, List.of(0)),
                new PartialOffload.Part(4, 1, 100, List.of(0)));
        assertEquals(7, PartialOffload.cost(parts, Set.of(0)));
        assertEquals(7, PartialOffload.least(parts).cost());
        assertEquals(Set.of(0), PartialOffload.least(parts).onDevice());
    }

    @Test
    void partThatCanRunNowhere_isRefused() {
        double never = Double.POSITIVE_INFINITY;
        assertThrows(
                IllegalArgumentException.class,
                () -> PartialOffload.least(List.of(new PartialOffload.Part(never, never, 0, List.of()))));
        assertThrows(
                IllegalArgumentException.class,
                () -> PartialOffload.least(List.of(new PartialOffload.Part(1, 1, 0, List.of(0)))));
    }
}
