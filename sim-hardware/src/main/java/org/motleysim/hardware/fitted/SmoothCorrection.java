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
        int dimensions = mean.length;
        for (int d = 0; d < dimensions; d++) {
            double z = Range.clip((x[d] - mean[d]) / scale[d], low[d], high[d]);
            sum += linear[d + 1] * z;
            double at = z * inverseWidth;
            square += at * at;
            x[d] = at;
        }
        int count = weights.length;
        System.arraycopy(squares, 0, scratch, 0, count);
        int d = 0;
        for (; d + 3 < dimensions; d += 4) {
            addFour(scratch, d, x, count);
        }
        for (; d < dimensions; d++) {
            add(scratch, byDimension[d], (float) x[d], count);
        }
        invert(scratch, (float) square, count);
        return Range.clip(sum + weighted(scratch, count), least, most);
    }

    private static void add(float[] into, float[] column, float factor, int count) {
        for (int c = 0; c < count; c++) {
            into[c] += column[c] * factor;
        }
    }

    /** Four dimensions in one pass, which spares three of four passes over the sums. */
    private void addFour(float[] into, int first, double[] x, int count) {
        float[] one = byDimension[first];
        float[] two = byDimension[first + 1];
        float[] three = byDimension[first + 2];
        float[] four = byDimension[first + 3];
        float a = (float) x[first];
        float b = (float) x[first + 1];
        float c = (float) x[first + 2];
        float d = (float) x[first + 3];
        for (int i = 0; i < count; i++) {
            into[i] += one[i] * a + two[i] * b + (three[i] * c + four[i] * d);
        }
    }

    /** Four sums side by side: an addition need not wait for the one before. */
    private double weighted(float[] bumps, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            a += weights[i] * bumps[i];
            b += weights[i + 1] * bumps[i + 1];
            c += weights[i + 2] * bumps[i + 2];
            d += weights[i + 3] * bumps[i + 3];
        }
        for (; i < count; i++) {
            a += weights[i] * bumps[i];
        }
        return a + b + (c + d);
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
