package org.motleysim.hardware.fitted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.motleysim.hardware.catalog.Catalog;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.NumberFormat;

class FittingTest {
    private static final DeviceSpec A100 = Catalog.builtIn().device("nvidia-a100-sxm-80gb");
    private static final FitKey KEY = new FitKey("gemm", "bf16", "bf16", "made-up", "");

    /** A machine that reaches 60% of its arithmetic and 80% of its bandwidth, with waves of 128 x 128 tiles and 5 us to launch. */
    private static double law(long m, long n, long k) {
        double tiles = Math.ceil(m / 128.0) * Math.ceil(n / 128.0);
        double waves = Math.ceil(tiles / 108) * 108 / tiles;
        double compute = 2.0 * m * n * k / (0.6 * 312e12) * waves;
        double traffic = 2.0 * ((double) m * k + (double) n * k + (double) m * n) / (0.8 * 2.039e12);
        return 5e-6 + Math.max(compute, traffic);
    }

    private static List<Fitting.Sample> samples(int from) {
        List<Fitting.Sample> samples = new ArrayList<>();
        long[] sides = {256, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192};
        for (int a = from; a < sides.length; a += 2) {
            for (long k : sides) {
                for (long m = 16; m <= 8192; m *= 2) {
                    samples.add(new Fitting.Sample(
                            A100,
                            Kernel.gemm(m, sides[a], k, NumberFormat.BF16),
                            law(m, sides[a], k),
                            sides[a] + "x" + k));
                }
            }
        }
        return samples;
    }

    private static Fitting.Task task(List<Fitting.Sample> samples) {
        return new Fitting.Task(List.of(A100.name()), KEY, samples, "a law", "2026-11-23");
    }

    @Test
    void fit_ofAKnownLaw_predictsShapesItHasNotSeen() {
        FittedRecord record = Fitting.fit(task(samples(0)), 120).record();

        double[] errors = Fitting.errors(record, samples(1));
        double sum = 0;
        for (double error : errors) {
            sum += error;
        }
        assertTrue(sum / errors.length < 0.08, "error on unseen shapes " + sum / errors.length);
        assertTrue(record.heldOutError() < 0.08, "held out " + record.heldOutError());
    }

    @Test
    void fit_twice_isEqualToTheByte() {
        FittedRecord one = Fitting.fit(task(samples(0)), 40).record();
        FittedRecord two = Fitting.fit(task(samples(0)), 40).record();

        assertEquals(FittedKernels.write(List.of(one)), FittedKernels.write(List.of(two)));
    }

    @Test
    void write_thenRead_answersTheSame() {
        FittedRecord record = Fitting.fit(task(samples(0)), 40).record();
        String text = FittedKernels.write(List.of(record));

        List<FittedRecord> read =
                FittedKernels.read("text", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

        assertEquals(text, FittedKernels.write(read));
        Kernel kernel = Kernel.gemm(100, 3000, 3000, NumberFormat.BF16);
        double before = kernel(List.of(record), kernel).seconds(kernel);
        assertEquals(before, kernel(read, kernel).seconds(kernel));
    }

    @Test
    void covers_shapesBeyondTheFit_isFalseAndTheCorrectionStaysBounded() {
        FittedRecord record = Fitting.fit(task(samples(0)), 40).record();
        Kernel inside = Kernel.gemm(512, 2048, 2048, NumberFormat.BF16);
        Kernel huge = Kernel.gemm(1 << 20, 1 << 16, 1 << 16, NumberFormat.BF16);

        assertTrue(kernel(List.of(record), inside).covers(inside));
        assertFalse(kernel(List.of(record), huge).covers(huge));
        double seconds = kernel(List.of(record), huge).seconds(huge);
        double peak = huge.flops() / 312e12;
        assertTrue(seconds > 0.9 * peak && seconds < 3 * peak, seconds + " against " + peak);
    }

    @Test
    void fit_ofTooFewSamples_saysHowMany() {
        var error = assertThrows(
                IllegalArgumentException.class, () -> task(samples(0).subList(0, 5)));

        assertTrue(String.valueOf(error.getMessage()).contains("(5) must be at least 12"), String.valueOf(error));
    }

    @Test
    void fit_ofOneShape_saysThatItCannotBeJudged() {
        List<Fitting.Sample> one = samples(0).stream()
                .map(sample -> new Fitting.Sample(sample.spec(), sample.kernel(), sample.seconds(), "all"))
                .toList();

        var error = assertThrows(IllegalArgumentException.class, () -> task(one));

        assertTrue(String.valueOf(error.getMessage()).contains("must be at least 2"), String.valueOf(error));
    }

    @Test
    void heldOut_ofAShapeWithNearlyAllRows_countsOnlyRowsThatWereJudged() {
        List<Fitting.Sample> few = samples(0).subList(0, 60);
        List<Fitting.Sample> lopsided = new ArrayList<>();
        for (int i = 0; i < few.size(); i++) {
            Fitting.Sample sample = few.get(i);
            lopsided.add(
                    new Fitting.Sample(sample.spec(), sample.kernel(), sample.seconds(), i < 4 ? "rare" : "frequent"));
        }

        FittedRecord record = Fitting.fit(task(lopsided), 20).record();

        // Without the frequent shape four rows are left, too few to judge it by.
        assertEquals(4, record.heldOut().rows());
        assertEquals(60, record.rows());
    }

    @Test
    void nested_ofAKnownLaw_judgesEveryRowOnce() {
        ErrorSummary nested = Fitting.nested(task(samples(0)), 40);

        assertEquals(samples(0).size(), nested.rows());
        assertTrue(nested.mape() < 0.15, "nested " + nested);
    }

    @Test
    void fit_withAFewWildRows_isNotBentByThem() {
        List<Fitting.Sample> wild = new ArrayList<>();
        List<Fitting.Sample> all = samples(0);
        for (int i = 0; i < all.size(); i++) {
            Fitting.Sample one = all.get(i);
            double factor = i % 29 == 0 ? 10 : 1;
            wild.add(new Fitting.Sample(one.spec(), one.kernel(), factor * one.seconds(), one.shape()));
        }

        FittedRecord record = Fitting.fit(task(wild), 40).record();

        assertTrue(ErrorSummary.of(Fitting.errors(record, all)).median() < 0.08);
    }

    @Test
    void fit_ofFewRowsThatDifferFromRelatives_learnsTheDifference() {
        Fitting.Fit relatives = Fitting.fit(task(samples(0)), 120);
        // The same law, twice as slow, in a few rows.
        List<Fitting.Sample> few = new ArrayList<>();
        List<Fitting.Sample> unseen = new ArrayList<>();
        List<Fitting.Sample> all = samples(1);
        for (int i = 0; i < all.size(); i++) {
            Fitting.Sample one = all.get(i);
            (i % 13 == 0 ? few : unseen)
                    .add(new Fitting.Sample(one.spec(), one.kernel(), 2 * one.seconds(), one.shape()));
        }

        Fitting.Fit alone = Fitting.fit(task(few), 120);
        Fitting.Fit leaning = Fitting.leaning(alone, List.of(relatives));

        double without = ErrorSummary.of(Fitting.errors(alone.record(), unseen)).mape();
        double with = ErrorSummary.of(Fitting.errors(leaning.record(), unseen)).mape();
        assertTrue(with < 0.1 && with < without, with + " with relatives, " + without + " without");
    }

    @Test
    void keySplits_ofFewBlocks_fillsTheUnitsAsPublished() {
        KeySplits splits = new KeySplits(108);

        // One block of 32 key blocks: 32 parts on 108 units are the fullest a wave can be.
        assertEquals(32, splits.parts(1, 32));
        // 87 blocks keep four fifths of 108 units busy.
        assertEquals(1, splits.parts(87, 32));
        // 48 blocks: two parts fill 96 of 108 units, and nothing is within 15% before.
        assertEquals(2, splits.parts(48, 32));
    }

    @Test
    void log2_acrossMagnitudes_isTheLogarithm() {
        for (double x = 1e-12; x < 1e18; x *= 1.37) {
            assertEquals(Math.log(x) / Math.log(2), Log2.of(x), 2e-9, "at " + x);
        }
    }

    @Test
    void waves_oneTileMoreThanUnits_takesTwoWaves() {
        assertEquals(0, Waves.loss(108, 108), 1e-9);
        assertEquals(Math.log(216.0 / 109) / Math.log(2), Waves.loss(109, 108), 1e-8);
    }

    private static FittedKernel kernel(List<FittedRecord> records, Kernel kernel) {
        return FittedKernels.of(records).find(A100, kernel, "made-up", "").orElseThrow();
    }
}
