package org.motleysim.hardware.fitted;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.motleysim.hardware.device.Kernel;

/** Measured kernels as numbers: their features, {@code log(measured / estimate)}, and which are held out together. */
final class Samples {
    private static final double LEAST_DEVIATION = 0.01;

    /** A feature in units so large is always nothing. */
    private static final double LEFT_OUT = 1e9;

    private final Kernel kernel;
    private final Physics physics;
    private final double[][] x;
    private final double[] y;
    private final int[] part;
    private final double[] mean;
    private final double[] scale;

    private Samples(
            Kernel kernel, Physics physics, double[][] x, double[] y, int[] part, double[] mean, double[] scale) {
        this.kernel = kernel;
        this.physics = physics;
        this.x = x;
        this.y = y;
        this.part = part;
        this.mean = mean;
        this.scale = scale;
    }

    /** Returns the features under a choice of physics, not yet standardised. */
    static Samples of(List<Fitting.Sample> measured, int parts, Physics physics) {
        double[][] x = new double[measured.size()][];
        double[] y = new double[measured.size()];
        int[] part = new int[measured.size()];
        List<String> shapes =
                measured.stream().map(Fitting.Sample::shape).distinct().toList();
        for (int i = 0; i < x.length; i++) {
            Fitting.Sample sample = measured.get(i);
            Features features = FittedKernel.features(sample.kernel(), sample.spec(), physics)
                    .orElseThrow(() -> new IllegalArgumentException("no model fits " + sample));
            x[i] = new double[features.size()];
            y[i] = StrictMath.log(sample.seconds() / features.fill(sample.kernel(), x[i]));
            String shape = sample.shape();
            part[i] = shapes.size() <= parts ? shapes.indexOf(shape) : Math.floorMod(mixed(shape), parts);
        }
        return new Samples(measured.get(0).kernel(), physics, x, y, part, new double[0], new double[0]);
    }

    /** Neighbouring sizes hash alike; this spreads them. */
    private static int mixed(String shape) {
        long hash = shape.hashCode() * 0x9E37_79B9_7F4A_7C15L;
        return (int) (hash >>> 33);
    }

    /**
     * Returns the same with features of mean 0.
     *
     * @param weighted whether the deviation of each is its {@link Relevance}, or 1
     * @param ofClass whether devices are held out
     */
    Samples standardised(boolean weighted, boolean ofClass) {
        int features = x[0].length;
        double[] relevance = weighted ? Relevance.of(kernel, features, ofClass) : Relevance.equal(features);
        double[] means = new double[features];
        double[] deviations = new double[features];
        for (int d = 0; d < features; d++) {
            final int feature = d;
            means[d] = Rounding.to(mean(row -> row[feature]), 1e4);
            double centre = means[d];
            double deviation =
                    Rounding.to(Math.sqrt(mean(row -> (row[feature] - centre) * (row[feature] - centre))), 1e4);
            double scale = deviation > LEAST_DEVIATION ? deviation : 1;
            deviations[d] = relevance[d] > 0 ? Rounding.to(scale / relevance[d], 1e4) : LEFT_OUT;
        }
        return standardised(means, deviations);
    }

    /** Returns the same, less some means, in units of some deviations. */
    Samples standardised(double[] means, double[] deviations) {
        double[][] z = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
        for (double[] row : z) {
            for (int d = 0; d < row.length; d++) {
                row[d] = (row[d] - means[d]) / deviations[d];
            }
        }
        return new Samples(kernel, physics, z, y, part, means.clone(), deviations.clone());
    }

    private double mean(ToDoubleFunction<double[]> of) {
        return Arrays.stream(x).mapToDouble(of).average().orElseThrow();
    }

    double[] values(Regression.Solution solution) {
        return Arrays.stream(x).mapToDouble(solution::value).toArray();
    }

    int size() {
        return x.length;
    }

    Physics physics() {
        return physics;
    }

    double[] x(int row) {
        return x[row];
    }

    double[] y() {
        return y;
    }

    int part(int row) {
        return part[row];
    }

    double[] mean() {
        return mean;
    }

    double[] scale() {
        return scale;
    }

    int[] rows(IntPredicate wanted) {
        return IntStream.range(0, x.length).filter(wanted).toArray();
    }

    /** The least of each feature among some samples. */
    double[] low(int[] of) {
        return extreme(of, Math::min);
    }

    /** The largest. */
    double[] high(int[] of) {
        return extreme(of, Math::max);
    }

    /** The smallest correction among some samples. */
    double least(int[] of) {
        return Arrays.stream(of).mapToDouble(row -> y[row]).min().orElseThrow();
    }

    /** The largest. */
    double most(int[] of) {
        return Arrays.stream(of).mapToDouble(row -> y[row]).max().orElseThrow();
    }

    private double[] extreme(int[] of, DoubleBinaryOperator which) {
        return IntStream.range(0, mean.length)
                .mapToDouble(d -> Rounding.to(
                        Arrays.stream(of)
                                .mapToDouble(row -> x[row][d])
                                .reduce(which)
                                .orElseThrow(),
                        1e4))
                .toArray();
    }
}
