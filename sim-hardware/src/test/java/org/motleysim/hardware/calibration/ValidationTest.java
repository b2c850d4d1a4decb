package org.motleysim.hardware.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.cost.CalibratedCostModel;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.cost.RooflineCostModel;
import org.motleysim.hardware.fitted.ErrorSummary;
import org.motleysim.hardware.fitted.FittedKernels;
import org.motleysim.hardware.fitted.FittedRecord;

class ValidationTest {
    @TempDir
    private Path folder;

    /** Products on an A100 that take 5 us and then 80% of the peak of arithmetic or bandwidth. */
    private Path table(String name, int first) throws IOException {
        StringBuilder text = new StringBuilder("system,framework,version,dtype,m,n,k,latency_ms\n");
        for (int n = 256 + first; n <= 4096; n += 512) {
            for (int k = 256; k <= 4096; k += 768) {
                for (int m = 16; m <= 4096; m *= 4) {
                    double seconds = 5e-6
                            + Math.max(
                                            2.0 * m * n * k / 312e12,
                                            2.0 * ((double) m * k + (double) n * k + (double) m * n) / 2.039e12)
                                    / 0.8;
                    text.append(String.format(
                            Locale.ROOT, "a100_sxm,vllm,1,bfloat16,%d,%d,%d,%.6f%n", m, n, k, 1e3 * seconds));
                }
            }
        }
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return file;
    }

    private static List<FittedRecord> fit(Path table) {
        return new CatalogFit(SystemNames.in(Catalog.builtIn()), "2026-11-23")
                .fits(MeasuredKernels.readTable(table), device -> true);
    }

    @Test
    void scores_ofAFitOfALaw_areSmallOnRowsItHasNotSeen() throws IOException {
        FittedKernels fits = FittedKernels.of(fit(table("seen.csv", 0)));
        CostModel model = CalibratedCostModel.builtIn().with(fits);

        List<Score> scores = Validation.of(model).scores(MeasuredKernels.readTable(table("unseen.csv", 128)));

        assertEquals(
                List.of("gemm", "gemm-held-out", "gemm-peak-roofline"),
                scores.stream().map(Score::suite).toList());
        assertTrue(scores.get(0).errors().mape() < 0.05, "error " + scores.get(0));
        assertTrue(scores.get(1).errors().mape() < 0.05, "error " + scores.get(1));
        // The peak roofline knows of neither the launch nor the 80%.
        assertTrue(scores.get(2).errors().mape() > 0.2, "error " + scores.get(2));
        assertTrue(scores.get(0).ok() && scores.get(2).goal().isEmpty());
    }

    @Test
    void scores_ofThePeakRoofline_areThoseOfItsOwnSuite() throws IOException {
        List<Score> scores =
                Validation.of(RooflineCostModel.peak()).scores(MeasuredKernels.readTable(table("t.csv", 0)));

        assertEquals(scores.get(0).errors(), scores.get(1).errors());
        assertFalse(scores.get(0).ok());
    }

    @Test
    void fits_ofEqualTables_areEqualToTheByte() throws IOException {
        String one = FittedKernels.write(fit(table("one.csv", 0)));
        String two = FittedKernels.write(fit(table("two.csv", 0)));

        assertEquals(one, two);
        assertTrue(one.contains("2026-11-23"));
    }

    @Test
    void errorSummary_ofKnownErrors_isByHand() {
        ErrorSummary summary = ErrorSummary.of(new double[] {0.4, 0.1, 0.2, 0.3, 1.0});

        assertEquals(new ErrorSummary(5, 0.4, 0.3, 1.0, 1.0), summary);
    }

    @Test
    void shippedFits_onTheirOwnTables_beatThePeakRooflineEverywhereAndMeetTheGoalsOfGemm() {
        Path data = DataFolder.orSkip();

        List<Score> scores = Validation.of(CostModel.builtIn()).scores(MeasuredKernels.read(data));

        for (int i = 0; i < scores.size(); i++) {
            Score score = scores.get(i);
            if (score.suite().endsWith(Validation.HELD_OUT)) {
                double roofline = scores.get(i + 1).errors().mape();
                assertTrue(score.errors().mape() < roofline, score + " against the roofline's " + roofline);
            }
            if (score.suite().equals("gemm")) {
                assertTrue(score.ok(), score.toString());
            }
        }
    }
}
