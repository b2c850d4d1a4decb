package org.motleysim.workloads.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.motleysim.hardware.device.NumberFormat;

class SuperNetworkTest {
    /** The published code of DARTS prints "param size = 1.930618MB" (millions) when a search on CIFAR-10 starts. */
    @Test
    void darts_trainedNumbers_areThoseItsCodePrints() {
        long weights = SuperNetwork.darts().build("darts").layers().stream()
                .mapToLong(Layer::weights)
                .sum();

        // Scale and shift of the stem and biases of the classifier; other norms are not trained.
        assertEquals(1_930_618, weights + 2 * 48 + 10);
    }

    /** Pools, convolutions and sums work on a quarter of the channels, so that activations shrink by nearly as much. */
    @Test
    void share_ofFour_keepsAboutAThirdOfTheActivations() {
        double all = memory(SuperNetwork.darts());
        double quarter = memory(SuperNetwork.darts().share(4));

        assertTrue(quarter < 0.4 * all && quarter > 0.25 * all, quarter + " of " + all);
    }

    @Test
    void cell_ofOneNode_hasTwoEdgesOfEightOperations() {
        Network network = new SuperNetwork(8, 4, 1, 1, 1, 10, false).build("tiny");

        assertEquals(
                2 * 8,
                network.layers().stream()
                        .filter(layer -> layer.name().matches(".*\\.w\\d"))
                        .count());
    }

    @Test
    void share_thatLeavesOddChannels_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> SuperNetwork.darts().share(16));
    }

    @Test
    void passes_ofASearch_areStepsOfBothKinds() {
        var schedule = new SearchSchedule(25_000, 256, 50, 15);

        assertEquals(98, schedule.stepsPerEpoch());
        assertEquals(98 * (50 + 35), schedule.passes());
        assertEquals(98 * 85 * 2.0 * 3 / 86_400, schedule.gpuDays(2, 3), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> new SearchSchedule(25_000, 256, 50, 51));
    }

    private static double memory(SuperNetwork search) {
        return NetworkMemory.training(
                search.build("search"), 64, NumberFormat.FP32, Optimiser.MOMENTUM, SavedTensors.Rule.EXACT);
    }
}
