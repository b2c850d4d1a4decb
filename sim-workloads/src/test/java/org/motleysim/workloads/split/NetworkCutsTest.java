package org.motleysim.workloads.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.core.quantity.Energy;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.workloads.layers.Fusion;
import org.motleysim.workloads.layers.Network;
import org.motleysim.workloads.layers.NetworkCost;
import org.motleysim.workloads.layers.NetworkKernels;
import org.motleysim.workloads.layers.Networks;

class NetworkCutsTest {
    /** Arithmetic only, at so many operations a second. */
    private static BoundCostModel at(double flopsPerSecond) {
        return kernel -> Cost.of(kernel.flops() / flopsPerSecond, Energy.ZERO);
    }

    private static NetworkCuts cuts(String network, double device, double server) {
        return NetworkCuts.of(Networks.named(network), NumberFormat.FP32, Fusion.EPILOGUE, at(device), at(server));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mobilenet-v2", "resnet-50", "efficientnet-b0", "resnext-50"})
    void headAndTail_addUpToTheNetwork(String name) {
        Network network = Networks.named(name);
        NetworkCuts cuts = cuts(name, 1e9, 1e9);
        double whole = NetworkCost.of(NetworkKernels.inference(network, 1, NumberFormat.FP32, Fusion.EPILOGUE), at(1e9))
                .seconds();
        for (int cut = 0; cut <= cuts.layers(); cut++) {
            assertEquals(whole, cuts.headSeconds(cut) + cuts.tailSeconds(cut), 1e-12 * whole);
        }
        assertEquals(3 * 224 * 224, cuts.crossingElements(0));
        assertEquals(0, cuts.crossingElements(cuts.layers()));
    }

    /** Behind the pool of ResNet-50: 64 channels of 56 x 56. Inside its first block the shortcut crosses too. */
    @Test
    void crossing_ofResNet_countsTheShortcut() {
        NetworkCuts cuts = cuts("resnet-50", 1e9, 1e9);
        assertEquals(64 * 56 * 56, cuts.crossingElements(cuts.after("maxpool")));
        assertEquals(64 * 56 * 56 + 64 * 56 * 56, cuts.crossingElements(cuts.after("s1.b0.a")));
        assertEquals(256 * 56 * 56, cuts.crossingElements(cuts.after("s1.b0.add")));
        assertThrows(IllegalArgumentException.class, () -> cuts.after("s1.b0.ad"));
    }

    @Test
    void fastest_atTheEndsOfTheLink_isAllHereOrAllThere() {
        NetworkCuts cuts = cuts("mobilenet-v2", 1e9, 1e11);
        assertEquals(cuts.layers(), cuts.fastest(1, 150_528, 0, 0.01));
        assertEquals(0, cuts.fastest(1, 150_528, 1e12, 0));
    }

    /** The fastest cut of a chain is what the least cut of its graph costs, where nothing may come back. */
    @ParameterizedTest
    @ValueSource(doubles = {1e4, 1e5, 1e6, 1e7})
    void fastest_isTheLeastCutOfTheGraph(double bytesPerSecond) {
        Network network = Networks.named("resnet-18");
        double[] device = NetworkCuts.layerSeconds(network, NumberFormat.FP32, Fusion.EPILOGUE, at(1e9));
        double[] server = NetworkCuts.layerSeconds(network, NumberFormat.FP32, Fusion.EPILOGUE, at(1e10));
        List<PartialOffload.Part> parts = new ArrayList<>();
        parts.add(new PartialOffload.Part(0, Double.POSITIVE_INFINITY, 150_528 / bytesPerSecond, List.of()));
        for (int i = 0; i < device.length; i++) {
            var layer = network.layers().get(i);
            parts.add(new PartialOffload.Part(
                    device[i],
                    server[i],
                    layer.output().elements() / bytesPerSecond,
                    layer.inputs().stream().map(input -> input.layer() + 1).toList()));
        }
        NetworkCuts cuts = NetworkCuts.of(network, NumberFormat.FP32, Fusion.EPILOGUE, at(1e9), at(1e10));
        int best = cuts.fastest(1, 150_528, bytesPerSecond, 0);
        double chain = cuts.headSeconds(best)
                + cuts.tailSeconds(best)
                + (best == 0 ? 150_528 : cuts.crossingElements(best)) / bytesPerSecond;
        double least = PartialOffload.least(parts).cost();
        // The graph may also be cut across the order of the layers, which is never worse.
        assertTrue(least <= chain * (1 + 1e-9), least + " and " + chain);
        assertEquals(chain, least, 0.02 * chain);
    }
}
