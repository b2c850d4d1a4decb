package org.motleysim.bench.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Fits launch + max(computeRamp + c / compute, bandwidthRamp + b / bandwidth) to samples, c and b being their times at the peaks.
 *
 * <p>The launch time is the first percentile of the measured times: the smallest kernels do nothing else. The other four numbers
 * minimise the mean absolute error of the logarithm, found by a pattern search (Hooke and Jeeves 1961, with pair directions) over their
 * logarithms from two fixed starts. Deterministic.
 */
final class RooflineFit {
    private static final int FOLDS = 5;
    private static final double SMALLEST_STEP = 1e-3;
    private static final double[] FAST_START = {-0.5, -0.3, -13, -13};
    private static final double[] SLOW_START = {-1, -1, -12, -12};
    private static final int[][] DIRECTIONS = directions();

    private final double launch;
    private final double[] logs; // of compute, bandwidth, computeRamp, bandwidthRamp

    private RooflineFit(double launch, double[] logs) {
        this.launch = launch;
        this.logs = logs;
    }

    static RooflineFit of(List<Sample> samples) {
        double[] times =
                samples.stream().mapToDouble(Sample::measuredSeconds).sorted().toArray();
        double launch = times[times.length / 100];
        double[] one = search(samples, launch, FAST_START);
        double[] other = search(samples, launch, SLOW_START);
        double[] best = loss(samples, launch, one) <= loss(samples, launch, other) ? one : other;
        return new RooflineFit(launch, best);
    }

    /** Returns the mean absolute relative error on whole shapes that the fit did not see, five times a fifth of them. */
    static double heldOutError(List<Sample> samples) {
        double sum = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            int out = fold;
            sum += heldOutSum(samples, shape -> Math.floorMod(shape, FOLDS) == out);
        }
        return sum / samples.size();
    }

    /** Returns the same with the shapes of one group held out at a time, such as the samples of one device. */
    static double heldOutGroupError(List<List<Sample>> groups) {
        double sum = 0;
        int count = 0;
        for (List<Sample> out : groups) {
            List<Sample> seen = groups.stream()
                    .filter(group -> group != out)
                    .flatMap(List::stream)
                    .toList();
            RooflineFit fit = of(seen);
            sum += out.stream().mapToDouble(fit::relativeError).sum();
            count += out.size();
        }
        return sum / count;
    }

    double launchSeconds() {
        return launch;
    }

    double compute() {
        return StrictMath.exp(logs[0]);
    }

    double bandwidth() {
        return StrictMath.exp(logs[1]);
    }

    double computeRampSeconds() {
        return StrictMath.exp(logs[2]);
    }

    double bandwidthRampSeconds() {
        return StrictMath.exp(logs[3]);
    }

    double relativeError(Sample sample) {
        double predicted =
                predict(sample, launch, 1 / compute(), 1 / bandwidth(), computeRampSeconds(), bandwidthRampSeconds());
        return Math.abs(predicted / sample.measuredSeconds() - 1);
    }

    private static double heldOutSum(List<Sample> samples, IntPredicate isOut) {
        List<Sample> seen =
                samples.stream().filter(sample -> !isOut.test(sample.shape())).toList();
        RooflineFit fit = of(seen);
        return samples.stream()
                .filter(sample -> isOut.test(sample.shape()))
                .mapToDouble(fit::relativeError)
                .sum();
    }

    private static double[] search(List<Sample> samples, double launch, double[] start) {
        double[] at = start.clone();
        double loss = loss(samples, launch, at);
        for (double step = 1; step > SMALLEST_STEP; ) {
            boolean better = false;
            for (int[] direction : DIRECTIONS) {
                double[] next = at.clone();
                for (int i = 0; i < next.length; i++) {
                    next[i] += step * direction[i];
                }
                clamp(next);
                double nextLoss = loss(samples, launch, next);
                if (nextLoss < loss) {
                    at = next;
                    loss = nextLoss;
                    better = true;
                }
            }
            if (!better) {
                step /= 2;
            }
        }
        return at;
    }

    /** Fractions stay in (0.01, 1], ramps between a nanosecond and a millisecond. */
    private static void clamp(double[] logs) {
        for (int i = 0; i < 2; i++) {
            logs[i] = Math.max(-4.6, Math.min(0, logs[i]));
        }
        for (int i = 2; i < 4; i++) {
            logs[i] = Math.max(-20.7, Math.min(-6.9, logs[i]));
        }
    }

    private static double loss(List<Sample> samples, double launch, double[] logs) {
        double perCompute = StrictMath.exp(-logs[0]);
        double perTraffic = StrictMath.exp(-logs[1]);
        double computeRamp = StrictMath.exp(logs[2]);
        double bandwidthRamp = StrictMath.exp(logs[3]);
        double sum = 0;
        for (Sample sample : samples) {
            double predicted = predict(sample, launch, perCompute, perTraffic, computeRamp, bandwidthRamp);
            // |log ratio|.
            double ratio = predicted > sample.measuredSeconds()
                    ? predicted / sample.measuredSeconds()
                    : sample.measuredSeconds() / predicted;
            sum += StrictMath.log(ratio);
        }
        return sum / samples.size();
    }

    private static double predict(
            Sample sample,
            double launch,
            double perCompute,
            double perTraffic,
            double computeRamp,
            double bandwidthRamp) {
        double compute = sample.peakComputeSeconds() > 0 ? computeRamp + sample.peakComputeSeconds() * perCompute : 0;
        double traffic = sample.peakTrafficSeconds() > 0 ? bandwidthRamp + sample.peakTrafficSeconds() * perTraffic : 0;
        return launch + sample.fixedSeconds() + Math.max(compute, traffic);
    }

    /** Every axis and every pair of axes, both ways. */
    private static int[][] directions() {
        int[][] all = new int[32][];
        int count = 0;
        for (int i = 0; i < 4; i++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                all[count] = new int[4];
                all[count++][i] = sign;
                for (int j = i + 1; j < 4; j++) {
                    for (int other = -1; other <= 1; other += 2) {
                        all[count] = new int[4];
                        all[count][i] = sign;
                        all[count++][j] = other;
                    }
                }
            }
        }
        return Arrays.copyOf(all, count);
    }
}
