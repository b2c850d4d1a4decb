package org.motleysim.workloads.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts against the model cards of torchvision, the pycls model zoo, LowFormer and NAS-Bench-201. */
class NetworksTest {
    /** The zoo counts the biases of the classifier and of squeeze and excitation as work; we do not. */
    @ParameterizedTest
    @CsvSource({
        "regnetx-200mf, 199040872, 2684792, 2164056",
        "regnetx-400mf, 397678568, 5157512, 3143272",
        "regnetx-600mf, 600891112, 6196040, 3975096",
        "regnetx-800mf, 799700712, 7259656, 5148744",
        "regnetx-1.6gf, 1602850792, 9190136, 7933512",
        "regnetx-3.2gf, 3176622952, 15296552, 11367432",
        "regnetx-4.0gf, 3964499816, 22118248, 12201608",
        "regnetx-6.4gf, 6460292264, 26209256, 16369744",
        "regnetx-8.0gf, 7995133416, 39572648, 14059688",
        "regnetx-12gf, 12086679016, 46106056, 21366568",
        "regnetx-16gf, 15940756456, 54278536, 25515496",
        "regnetx-32gf, 31735930792, 107811560, 36302160",
        "regnety-200mf, 199519076, 3162996, 2168052",
        "regnety-400mf, 401849056, 4344144, 3892496",
        "regnety-600mf, 601227608, 6055160, 4334296",
        "regnety-800mf, 797183328, 6263168, 5249888",
        "regnety-1.6gf, 1612087326, 11202430, 8044814",
        "regnety-3.2gf, 3176496162, 19436338, 11263418",
        "regnety-4.0gf, 3973301344, 20646656, 12287200",
        "regnety-6.4gf, 6355221876, 30583252, 16407188",
        "regnety-8.0gf, 7963074196, 39180068, 17968916",
        "regnety-12gf, 12092395504, 51822544, 21384496",
        "regnety-16gf, 15911534044, 83590140, 23041228",
        "regnety-32gf, 32279583362, 145046770, 30261570",
        "resnet-50, 4089185256, 25557032, 11315688",
        "resnet-101, 7801406440, 44549160, 16433640",
        "resnet-152, 11513627624, 60192808, 22755816",
        "resnext-50, 4230480872, 25028904, 14602216",
        "resnext-101, 7969997800, 44177704, 21426152",
        "resnext-152, 11709514728, 59951400, 29855720",
        "efficientnet-b0, 385825092, 5288548, 6748036",
        "efficientnet-b1, 686817992, 7794184, 10884328",
        "efficientnet-b2, 993578282, 9109994, 13832834",
        "efficientnet-b3, 1827162472, 12233232, 23831296",
        "efficientnet-b4, 4393801064, 19341616, 49489032",
        "efficientnet-b5, 10266426072, 30389784, 98857400"
    })
    void named_ofTheModelZoo_hasItsCounts(String name, long flops, long parameters, long activations) {
        Network network = Networks.named(name);

        assertEquals(flops, network.macs() + biases(network));
        assertEquals(parameters, network.parameters());
        assertEquals(activations, network.activations());
    }

    @ParameterizedTest
    @CsvSource({"mobilenet-v2, 3504872, 300774272", "mobilenet-v3-large, 5483032, 216589760"})
    void named_ofTorchvision_hasItsCounts(String name, long parameters, long macs) {
        assertEquals(parameters, Networks.named(name).parameters());
        assertEquals(macs, Networks.named(name).macs());
    }

    @ParameterizedTest
    @CsvSource({
        "lowformer-b0, 944, 14.1",
        "lowformer-b1, 1410, 17.9",
        "lowformer-b1.5, 2573, 33.9",
        "lowformer-b3, 6098, 57.1",
        "lowformer-e1, 1350, 18.9",
        "lowformer-e2, 3800, 22.8",
    })
    void named_lowFormer_hasThePublishedCounts(String name, double millionMacs, double millionParameters) {
        assertEquals(millionMacs, Networks.named(name).macs() / 1e6, 0.003 * millionMacs);
        assertEquals(millionParameters, Networks.named(name).parameters() / 1e6, 0.1);
    }

    /** The largest and the smallest network of the benchmark, without the biases of the classifier. */
    @ParameterizedTest
    @CsvSource({"nor_conv_3x3, 220.12554, 1.537396", "skip_connect, 7.7889, 0.079156"})
    void nasBench201_extremes_haveThePublishedCounts(String operation, double millionMacs, double millionParameters) {
        Network network = Networks.nasBench201(Collections.nCopies(6, CellOperation.of(operation)), 100);

        assertEquals(millionMacs, (network.macs() + 100) / 1e6, 1e-6);
        assertEquals(millionParameters, network.parameters() / 1e6, 1e-9);
    }

    @Test
    void named_mistyped_suggestsTheNearest() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Networks.named("resnet50"));

        assertTrue(String.valueOf(refusal.getMessage()).contains("\"resnet-50\""));
        assertTrue(Networks.names().contains("resnet-50"));
    }

    @Test
    void nasBench201_fiveEdges_isRefused() {
        var five = List.of(
                CellOperation.SKIP, CellOperation.SKIP, CellOperation.SKIP, CellOperation.SKIP, CellOperation.SKIP);

        assertThrows(IllegalArgumentException.class, () -> Networks.nasBench201(five, 10));
    }

    private static long biases(Network network) {
        return network.layers().stream()
                .filter(layer -> layer.terms() == Terms.BIAS)
                .mapToLong(layer -> layer.output().elements())
                .sum();
    }
}
