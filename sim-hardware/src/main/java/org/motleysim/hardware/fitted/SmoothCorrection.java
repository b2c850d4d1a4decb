package org.motleysim.hardware.fitted;

import java.util.Arrays;

/**
 * A smooth function of some numbers: a linear part and a sum of bumps {@code w / (1 + (distance / width)^2)} around centres, all on
 * standardised numbers. Outside the range of what it was fitted on, the value at the edge holds.
 *
 * <p>The rational bump instead of a Gaussian spares an exponential per centre. The inner loops run over centres, so that they are
 * vectorised without changing the order of any sum.
 */
final class SmoothCorrection {
    private final double[] mean;
    private final double[] scale;
    private final double[] low;
    private final double[] high;
    private final double[] linear;
    private final float[][] byDimension;
    private final float[] squares;
    private final double[] weights;
    private final double least;
    private final double most;

    SmoothCorrection(FittedRecord record) {
        this.mean = record.mean();
        this.scale = record.scale();
        this.low = record.low();
        this.high = record.high();
        this.linear = record.linear();
        this.weights = record.weights();
        this.least = record.least();
        this.most = record.most();
        double[][] centres = record.centres();
        int dimensions = mean.length;
        byDimension = new float[dimensions][centres.length];
        squares = new float[centres.length];
        for (int c = 0; c < centres.length; c++) {
            double sum = 0;
            for (int d = 0; d < dimensions; d++) {
                // Minus two and the width are multiplied in here, once.
                double at = centres[c][d] / record.width();
                byDimension[d][c] = (float) (-2 * at);
                sum += at * at;
            }
            squares[c] = (float) (1 + sum);
        }
        this.inverseWidth = 1 / record.width();
    }

    private final double inverseWidth;

    int centres() {
        return weights.length;
    }

    /** Whether the numbers are within what was fitted on. */
    boolean covers(double[] x) {
        for (int d = 0; d < mean.length; d++) {
            double z = (x[d] - mean[d]) / scale[d];
            if (z < low[d] - MARGIN || z > high[d] + MARGIN) {
                return false;
            }
        }
        return true;
    }

    private static final double MARGIN = 1e-3;

    /**
     * Returns the value.
     *
     * @param x the numbers; overwritten
     * @param scratch room for one number per centre
     */
    double value(double[] x, float[] scratch) {
        double sum = linear[0];
        double square = 0;
        int count = weights.length;
        System.arraycopy(squares, 0, scratch, 0, count);
        for (int d = 0; d < mean.length; d++) {
            double z = Range.clip((x[d] - mean[d]) / scale[d], low[d], high[d]);
            sum += linear[d + 1] * z;
            double at = z * inverseWidth;
            square += at * at;
            add(scratch, byDimension[d], (float) at, count);
        }
        invert(scratch, (float) square, count);
        for (int c = 0; c < count; c++) {
            sum += weights[c] * scratch[c];
        }
        return Range.clip(sum, least, most);
    }

    private static void add(float[] into, float[] column, float factor, int count) {
        for (int c = 0; c < count; c++) {
            into[c] += column[c] * factor;
        }
    }

    private static void invert(float[] distances, float square, int count) {
        for (int c = 0; c < count; c++) {
            // Rounding may take a distance of nothing below nothing.
            distances[c] = 1f / Math.max(1f, distances[c] + square);
        }
    }

    @Override
    public String toString() {
        return weights.length + " centres, linear " + Arrays.toString(linear);
    }
}
