package org.motleysim.examples.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingValidationTest {
    /** Figures that miss their goals, as docs/validation-serving.md says; all others must meet them. */
    private static final List<String> MISSED_OF_VIDUR =
            List.of("s2_sarathi TTFT mean", "s2_sarathi TTFT p50", "s5_lor4 TTFT p50");

    private static Path serving() {
        String folder = System.getProperty("motley.data", System.getenv("MOTLEY_DATA"));
        assumeTrue(folder != null, "skipped: set MOTLEY_DATA to the folder of measured data");
        return Path.of(Objects.requireNonNull(folder)).resolve("serving");
    }

    @Test
    void vidur_onItsOwnTables_isMatchedButForTheKnownFigures() {
        List<Comparison> rows = new VidurRuns(serving()).comparisons();
        for (Comparison row : rows) {
            boolean known = MISSED_OF_VIDUR.contains(row.run() + " " + row.figure());
            assertTrue(!row.judged() || known || row.met(), row.toString());
        }
        assertEquals(40, rows.stream().filter(Comparison::judged).count());
        // Runs that are kept back are predicted.
        assertEquals(30, rows.stream().filter(row -> !row.judged()).count());
    }

    @Test
    void vllm_withTheHostTimeOfOtherDeployments_isMatchedRequestByRequest() {
        Path serving = serving();
        Duration host = Deployments.read(serving).vllmHost();
        List<Comparison> rows = new EngineRuns(serving, host).comparisons();
        for (Comparison row : rows) {
            assertTrue(!row.judged() || row.met(), row.toString());
        }
        assertEquals(7, rows.stream().filter(Comparison::judged).count());
    }

    @Test
    void deployments_judgedByFitsOfOtherFamilies_areRankedAsMeasured() {
        for (Comparison row : Deployments.read(serving()).comparisons()) {
            if (row.figure().contains("rank")) {
                assertTrue(row.met(), row.toString());
            } else {
                // The goals of 15% and 30% are just missed; what is reached must not get lost.
                assertTrue(row.error() < (row.figure().contains("TPOT") ? 0.18 : 0.35), row.toString());
            }
        }
    }

    @Test
    void run_onAFolderWithoutServing_saysWhatIsMissing(@TempDir Path empty) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> ServingValidation.run(empty))
                .getMessage());
        assertTrue(message.contains("must have a folder \"serving\""), message);
        assertTrue(Files.isDirectory(empty));
    }
}
