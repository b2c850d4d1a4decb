package org.motleysim.hardware.calibration.few;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.FlopRate;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.calibration.Measurement;
import org.motleysim.hardware.calibration.TableKernel;
import org.motleysim.hardware.cost.Cost;
import org.motleysim.hardware.cost.CostModel;
import org.motleysim.hardware.device.DeviceKind;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;
import org.motleysim.hardware.device.KernelFamily;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.power.OperatingPoint;

class DeviceFamilyTest {
    private static final double[] A = {1, 2, 4, 8, 1, 6};
    private static final double[] B = {1, 3, 1, 2, 9, 6};

    private static DeviceFamily family(double[]... seconds) {
        List<DeviceFamily.Known> known = new ArrayList<>();
        for (double[] each : seconds) {
            String name = "device" + known.size();
            known.add(new DeviceFamily.Known(name, name, each));
        }
        return DeviceFamily.of(known);
    }

    @Test
    void calibrate_oneSample_scalesTheGeometricMeanOfTheFamily() {
        FewSampleFit fit = family(A, B).calibrate(new int[] {1}, new double[] {10});
        double[] expected = new double[A.length];
        for (int i = 0; i < A.length; i++) {
            expected[i] = 10 * Math.sqrt(A[i] * B[i] / (A[1] * B[1]));
        }
        assertArrayEquals(expected, fit.seconds(), 1e-9);
    }

    @Test
    void calibrate_mixtureOfKnownDevices_isRecovered() {
        double[] truth = new double[A.length];
        for (int i = 0; i < A.length; i++) {
            truth[i] = 7 * Math.pow(A[i], 0.8) * Math.pow(B[i], 0.2);
        }
        int[] measured = {0, 2, 4};
        double[] samples = Arrays.stream(measured).mapToDouble(i -> truth[i]).toArray();
        FewSampleFit fit = family(A, B).calibrate(measured, samples, 1e-9);
        assertArrayEquals(truth, fit.seconds(), 1e-6);
        assertArrayEquals(new double[] {0.8, 0.2}, fit.weights(), 1e-6);
    }

    @Test
    void calibrate_hugeRidge_keepsToTheMean() {
        FewSampleFit fit = family(A, B).calibrate(new int[] {0, 2, 4}, new double[] {1, 4, 1}, 1e9);
        assertArrayEquals(new double[] {0.5, 0.5}, fit.weights(), 1e-6);
    }

    @Test
    void calibrate_manyDevices_isTheRidgeSolution() {
        // Against the normal equations in the other, wider form: (A'A + ridge) (w - 1/n) = A' r.
        long seed = 7_131;
        var random = new Random(seed);
        var known = new double[5][40];
        for (double[] row : known) {
            Arrays.setAll(row, i -> Math.exp(random.nextGaussian()));
        }
        int[] measured = {3, 9, 11, 27, 31, 38};
        double[] samples = random.doubles(6, 0.5, 2).toArray();
        double ridge = 0.3;
        double[] w = family(known).calibrate(measured, samples, ridge).weights();
        double meanLog = Arrays.stream(samples).map(Math::log).average().orElseThrow();
        var at = new double[6][5];
        for (int d = 0; d < 5; d++) {
            double mean = 0;
            for (int index : measured) {
                mean += Math.log(known[d][index]) / 6;
            }
            for (int r = 0; r < 6; r++) {
                at[r][d] = Math.log(known[d][measured[r]]) - mean;
            }
        }
        for (int d = 0; d < 5; d++) {
            double gradient = ridge * (w[d] - 0.2);
            for (int r = 0; r < 6; r++) {
                double residual = -(Math.log(samples[r]) - meanLog);
                for (int e = 0; e < 5; e++) {
                    residual += at[r][e] * w[e];
                }
                gradient += at[r][d] * residual;
            }
            assertEquals(0, gradient, 1e-9, "seed " + seed);
        }
    }

    @Test
    void references_firstItem_isWhereTheFamilyVariesMost() {
        // The logarithms of the last item are farthest from the means of both devices.
        double[] one = {1, 1, 1, 9};
        double[] two = {1, 2, 1, 8};
        int[] chosen = family(one, two).references(2);
        assertEquals(3, chosen[0]);
        assertEquals(2, Arrays.stream(chosen).distinct().count());
    }

    @Test
    void references_dependentItems_stopEarly() {
        assertEquals(1, family(new double[] {1, 2, 3}).references(3).length);
    }

    @Test
    void ridge_ofUnlikeFamily_isDeterministic() {
        DeviceFamily family = family(A, B, new double[] {2, 2, 3, 3, 4, 4});
        assertEquals(family.ridge(new int[] {0, 2}), family.ridge(new int[] {0, 2}));
    }

    @Test
    void seconds_ofNewItem_isTheSameMixture() {
        FewSampleFit fit = family(A, B).calibrate(new int[] {0, 2, 4}, new double[] {1, 3, 2});
        assertEquals(fit.seconds()[3], fit.seconds(new double[] {A[3], B[3]}), 1e-12);
    }

    @Test
    void calibrate_impossibleSamples_areRefused() {
        DeviceFamily family = family(A, B);
        assertThrows(IllegalArgumentException.class, () -> family.calibrate(new int[] {}, new double[] {}));
        assertThrows(IllegalArgumentException.class, () -> family.calibrate(new int[] {9}, new double[] {1}));
        assertThrows(IllegalArgumentException.class, () -> family.calibrate(new int[] {1, 1}, new double[] {1, 1}));
        assertThrows(IllegalArgumentException.class, () -> family.calibrate(new int[] {1}, new double[] {0}));
        assertThrows(IllegalArgumentException.class, () -> family.calibrate(new int[] {1}, new double[] {1, 2}));
        assertThrows(IllegalArgumentException.class, () -> DeviceFamily.of(List.of()));
        assertThrows(IllegalArgumentException.class, () -> family(A, new double[] {1}));
    }

    @Test
    void ridge_ofOneDeviceAndACount_isTheUsualOne() {
        DeviceFamily family = DeviceFamily.of(
                List.of(new DeviceFamily.Known("a", "a", A), DeviceFamily.Known.counted("multiply-accumulates", B)));

        // A count plays no new device, so there is nobody to choose the ridge by.
        assertEquals(0.1, family.ridge(new int[] {0, 2}));
    }

    @Test
    void calibrate_deviceThatGoesWithACount_isRecovered() {
        DeviceFamily family = DeviceFamily.of(
                List.of(new DeviceFamily.Known("a", "a", A), DeviceFamily.Known.counted("multiply-accumulates", B)));
        double[] samples = {3 * B[0], 3 * B[2], 3 * B[4]};

        double[] seconds = family.calibrate(new int[] {0, 2, 4}, samples, 1e-9).seconds();

        assertArrayEquals(Arrays.stream(B).map(value -> 3 * value).toArray(), seconds, 1e-6);
    }

    @Test
    void scores_ofADeviceTwiceAsSlowAsItsDatasheet_areHalfBeforeAndNothingAfter() {
        DeviceSpec mine = device("new", 100, 1_000);
        List<Measurement> rows = new ArrayList<>();
        for (long m : new long[] {16, 64, 256, 1_024, 4_096}) {
            Kernel kernel = Kernel.gemm(m, 4_096, 4_096, NumberFormat.BF16);
            rows.add(row(
                    m,
                    4_096,
                    4_096,
                    2 * PEAK.cost(kernel, mine, OperatingPoint.nominal()).seconds()));
        }

        FewSampleScore score = FewSampleCostModel.of(mine, rows, List.of(device("known", 200, 2_000)), PEAK)
                .scores()
                .get(0);

        assertEquals(KernelFamily.GEMM, score.kind());
        assertEquals(5, score.rows());
        assertEquals(0.5, score.before(), 1e-9);
        assertEquals(0, score.after().orElseThrow(), 1e-3);
    }

    @Test
    void costModel_familyWithTheDeviceItself_isRefused() {
        DeviceSpec mine = device("new", 100, 1_000);
        List<Measurement> rows = List.of(row(64, 64, 64, 1));

        assertThrows(IllegalArgumentException.class, () -> FewSampleCostModel.of(mine, rows, List.of(mine), PEAK));
    }

    private static DeviceSpec device(String name, double teraflops, double gigabytes) {
        return DeviceSpec.builder(name, DeviceKind.GPU)
                .peak(NumberFormat.BF16, FlopRate.teraflopsPerSecond(teraflops))
                .memory("HBM", Bytes.gibibytes(80), Bandwidth.gigabytesPerSecond(gigabytes))
                .tdp(Power.watts(300))
                .build();
    }

    private static final CostModel PEAK = (kernel, spec, point) -> Cost.of(
            Math.max(
                    kernel.flops() / spec.peak(NumberFormat.BF16).orElseThrow().flopsPerSecond(),
                    kernel.bytes() / spec.mainMemory().bandwidth().bytesPerSecond()),
            Energy.joules(1));

    private static Measurement row(long m, long n, long k, double seconds) {
        Kernel kernel = Kernel.gemm(m, n, k, NumberFormat.BF16);
        return new Measurement("mine", new TableKernel("new", "own", "bf16", "gemm", kernel, n + "x" + k), seconds);
    }

    @Test
    void costModel_newDeviceTwiceAsSlowAsItsDatasheet_isTwiceAsSlowElsewhere() {
        DeviceSpec mine = device("new", 100, 1_000);
        DeviceSpec known = device("known", 200, 2_000);
        List<Measurement> rows = new ArrayList<>();
        for (long m : new long[] {16, 256, 4_096}) {
            Kernel kernel = Kernel.gemm(m, 4_096, 4_096, NumberFormat.BF16);
            rows.add(row(
                    m,
                    4_096,
                    4_096,
                    2 * PEAK.cost(kernel, mine, OperatingPoint.nominal()).seconds()));
        }
        CostModel model = FewSampleCostModel.of(mine, rows, List.of(known), PEAK);
        Kernel other = Kernel.gemm(1_000, 8_192, 2_048, NumberFormat.BF16);
        double datasheet = PEAK.cost(other, mine, OperatingPoint.nominal()).seconds();
        assertEquals(
                2 * datasheet, model.cost(other, mine, OperatingPoint.nominal()).seconds(), 1e-3 * datasheet);
        assertEquals(
                PEAK.cost(other, known, OperatingPoint.nominal()), model.cost(other, known, OperatingPoint.nominal()));
        assertTrue(model.explain(other, mine, OperatingPoint.nominal()).note().startsWith("3 measured rows"));
        Kernel copy = Kernel.copy(1e6);
        assertEquals(KernelFamily.COPY, copy.family());
        assertEquals(PEAK.cost(copy, mine, OperatingPoint.nominal()), model.cost(copy, mine, OperatingPoint.nominal()));
    }
}
