package org.motleysim.core.experiment;

import java.util.Arrays;
import java.util.OptionalInt;
import org.apache.commons.math3.stat.descriptive.moment.Mean;

/** What one long run says of its steady state: where its warm-up ends, and how well its mean is known. */
public final class SteadyState {
    private static final int BATCH = 5;

    private SteadyState() {}

    /**
     * How many observations at the beginning of a series belong to the warm-up, by MSER-5: of the means of five observations each, leave
     * out as many as make the standard error of the rest smallest (White, "An effective truncation heuristic for bias reduction in
     * simulation output", Simulation 69(6), 1997).
     *
     * @param series observations at equal distances, in order
     * @return a multiple of 5; empty when the rule would cut more than half: the series is then too short to say
     */
    public static OptionalInt warmup(double[] series) {
        int count = series.length / BATCH;
        double[] means = batchMeans(series, count, BATCH);
        double sum = 0;
        double squares = 0;
        double best = Double.POSITIVE_INFINITY;
        int cut = -1;
        double centre = count == 0 ? 0 : means[count - 1]; // against cancellation
        for (int from = count - 1; from >= 0; from--) {
            double value = means[from] - centre;
            sum += value;
            squares += value * value;
            int left = count - from;
            double error = (squares - sum * sum / left) / ((double) left * left);
            // A handful of batches at the end can agree by chance: White's advice is to look at no fewer than five.
            if (left >= BATCH && error <= best) {
                best = error;
                cut = from;
            }
        }
        return cut < 0 || cut > count / 2 ? OptionalInt.empty() : OptionalInt.of(cut * BATCH);
    }

    /**
     * The mean of a series whose observations depend on their neighbours, by batch means: the means of long batches hardly depend on each
     * other. Observations that do not fill the last batch are left out.
     *
     * @param series observations in order, without the warm-up
     * @param batches how many, 2 or more; 20 to 30 are usual
     * @throws IllegalArgumentException if there are fewer observations than batches
     */
    public static Summary batchMeans(String metric, String unit, double[] series, int batches) {
        if (batches < 2 || series.length < batches) {
            throw new IllegalArgumentException(
                    "batches (" + batches + ") must be from 2 to the number of observations (" + series.length + ")");
        }
        return Summary.of(metric, unit, batchMeans(series, batches, series.length / batches), Summary.USUAL_LEVEL);
    }

    private static double[] batchMeans(double[] series, int batches, int length) {
        double[] means = new double[batches];
        var mean = new Mean();
        Arrays.setAll(means, batch -> mean.evaluate(series, batch * length, length));
        return means;
    }
}
