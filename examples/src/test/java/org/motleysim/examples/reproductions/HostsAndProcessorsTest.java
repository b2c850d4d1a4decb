package org.motleysim.examples.reproductions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.motleysim.hardware.cost.BoundCostModel;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CpuPlacement.Pages;
import org.motleysim.hardware.dispatch.Host;

/** Papers 4, 39, 42 and 57. */
class HostsAndProcessorsTest {
    /** A nanosecond for each byte and each operation of a kernel. */
    private static final BoundCostModel NANO = kernel -> new Cost(1e-9 * Math.max(kernel.bytes(), kernel.flops()), 0);

    /** 300 kernels of 8 ns wait 1 us each for the host; one of 1,000 operations on each of 3 elements waits once and takes 3 us. */
    @Test
    void gain_ofSmallKernels_isThatOfTheLaunches() {
        Host host = Host.of(Duration.ofNanos(1_000));

        double gain = FusedKernelLibrary.gain(NANO, host, 1, 3, 100);

        assertEquals((300 * 1e-6 + 8e-9) / (1e-6 + 300e-9), gain, 1e-9);
    }

    /** Ten passes over a million elements move ten times the bytes of one pass. */
    @Test
    void gain_ofLargeKernels_isThatOfTheTraffic() {
        double gain = FusedKernelLibrary.gain(NANO, Host.of(Duration.ofNanos(1)), 1_000_000, 1, 8);

        assertEquals(8, gain, 1e-5);
    }

    @Test
    void fusedKernelLibrary_fiftyCropsInOneKernel_bandHoldsTheReportedGain() {
        Prediction gain = prediction(57, "57-2");

        assertTrue(gain.low() <= 38 && gain.high() >= 38, gain.toString());
    }

    @Test
    void coupledHosts_bandOfTheTransition_holdsTheReportedBatch() {
        for (String claim : new String[] {"39-3-A100", "39-3-H100", "39-3-GH200", "39-2"}) {
            Outcome row = row(39, claim);
            double reported = row.claim().orElseThrow().reported();
            assertTrue(row.prediction().low() <= reported && row.prediction().high() >= reported, row.toString());
        }
    }

    /** Two sockets of 100 GB/s at 80% serve 24 of the 32 bytes that a triad with read lines moves: 120 GB/s. */
    @Test
    void triad_ofPagesNearTheirThreads_isThreeQuartersOfTheSustainedBandwidth() {
        assertEquals(120e9, ModernCpp.triadBytesPerSecond(machine(), Pages.LOCAL, 1e9), 1);
    }

    /** All pages on one socket: half of the machine's bandwidth. */
    @Test
    void triad_ofPagesOnOneSocket_isHalf() {
        assertEquals(60e9, ModernCpp.triadBytesPerSecond(machine(), Pages.FIRST_NODE, 1e9), 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4-8480", "4-7742", "4-E5", "4-E5-first", "4-near-over-far"})
    void modernCpp_streamOfServers_isNearTheMeasuredRate(String claim) {
        assertEquals(Verdict.REPRODUCED, row(4, claim).verdict());
    }

    /** The peak of the cores would give 334 to 1338 frames a second. */
    @Test
    void femtoDet_atTheShareThatOtherArmCoresReach_holdsTheReportedRate() {
        Prediction rate = prediction(42, "E42-02");

        assertTrue(rate.low() < 64.47 && rate.high() > 64.47, rate.toString());
    }

    private static JsonNode machine() {
        ObjectNode machine = JsonNodeFactory.instance.objectNode();
        machine.put("sockets", 2).put("cores", 64).put("nodeGigabytes", 100).put("linkGigabytes", 1000);
        return machine.put("simdBits", 512).put("units", 2).put("gigahertz", 2.0);
    }

    private static Prediction prediction(int paper, String claim) {
        return row(paper, claim).prediction();
    }

    private static Outcome row(int paper, String claim) {
        return Reproductions.packed().run(Set.of(paper), Optional.empty()).stream()
                .filter(row -> row.claim().orElseThrow().id().equals(claim))
                .findFirst()
                .orElseThrow();
    }
}
