package org.motleysim.examples.reproductions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Papers whose claims rest on number formats: 26, 43, 70, 71 and 87. */
class NumberFormatPapersTest {
    @Test
    void hawqV3_uniformPrecision_hasThePublishedSizesAndBitOperations() {
        for (Outcome row : run(71)) {
            String id = row.claim().orElseThrow().id();
            // The table cuts 34.69 G down to 34, two per cent.
            if (id.matches("71-R(18|50)-(FP32|W8A8|W4A4)-(size|bops)") && !id.equals("71-R18-W4A4-bops")) {
                assertEquals(Verdict.REPRODUCED, row.verdict(), row.toString());
            }
        }
    }

    /** Peaks say that 4 bits are twice as fast as 8; measured were 1.45 and 1.48. */
    @Test
    void hawqV3_fourBitsOverEight_staysBelowTheRatioOfPeaks() {
        Prediction gain = prediction(71, "71-R50-1");

        assertTrue(gain.low() > 1 && gain.high() < 1.8, gain.toString());
        assertTrue(gain.low() < 1.45 && gain.high() > 1.45, gain.toString());
    }

    @Test
    void qutlass_curvesOfAMeasuredDevice_areNearThePublishedOnes() {
        double sum = 0;
        int rows = 0;
        for (Outcome row : run(87)) {
            Claim claim = row.claim().orElseThrow();
            if (claim.id().matches("87-B200-\\d+-(bf16|ideal|mxfp4|nvfp4)")) {
                sum += Math.abs(row.prediction().value() / claim.reported() - 1);
                rows++;
            }
        }
        assertEquals(44, rows);
        assertTrue(sum / rows < 0.15, "mean error " + sum / rows);
    }

    @Test
    void blockFormats_storedBits_areExact() {
        for (String claim : List.of("26-7a", "26-7b", "26-7c", "26-7d")) {
            assertEquals(Verdict.REPRODUCED, row(26, claim).verdict());
        }
        assertEquals(Verdict.REPRODUCED, row(70, "70-1a").verdict());
    }

    @Test
    void fp8_addedInSinglePrecision_costsMoreThanTwiceInt8() {
        assertTrue(prediction(43, "43-3").low() > 100);
    }

    private static Prediction prediction(int paper, String claim) {
        return row(paper, claim).prediction();
    }

    private static Outcome row(int paper, String claim) {
        return run(paper).stream()
                .filter(row -> row.claim().orElseThrow().id().equals(claim))
                .findFirst()
                .orElseThrow();
    }

    private static List<Outcome> run(int paper) {
        return Reproductions.packed().run(Set.of(paper), Optional.empty());
    }
}
