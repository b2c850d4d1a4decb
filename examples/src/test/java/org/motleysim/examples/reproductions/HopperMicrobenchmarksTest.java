package org.motleysim.examples.reproductions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HopperMicrobenchmarksTest {
    @Test
    void streams_ofThreeGpus_reachNineTenthsOfTheirBandwidth() {
        for (String claim : List.of("22-2-H800", "22-2-A100", "22-2-RTX4090")) {
            assertEquals(Verdict.REPRODUCED, row(claim).verdict());
        }
    }

    /** A roofline would make FP8 twice as fast; the paper found that it gains nothing where the host cannot keep up. */
    @Test
    void eagerLanguageModel_inFp8_gainsNothingOnASlowHost() {
        assertEquals(Verdict.REPRODUCED, row("22-8-flat").verdict());
        Prediction bf16 = row("22-8-bf16").prediction();
        assertTrue(bf16.low() < 502.65 && bf16.high() > 502.65, bf16.toString());
    }

    private static Outcome row(String claim) {
        return Reproductions.packed().run(Set.of(22), Optional.empty()).stream()
                .filter(row -> row.claim().orElseThrow().id().equals(claim))
                .findFirst()
                .orElseThrow();
    }
}
