package org.motleysim.hardware.fitted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * Regularised least deviations of a linear part and bumps, absolute or squared. Libraries choose kernels by rules that jump, which leaves
 * outliers; squares bend the whole curve towards them, and are steadier where rows are few. Absolute ones are solved by reweighted least squares (Schlossmacher, JASA 68, 1973): each row weighs the
 * inverse of its last deviation, of the median one at least.
 *
 * <p>Centres of the bumps are chosen by pivoted Cholesky decomposition of the kernel matrix (Fine and Scheinberg, JMLR 2, 2001): each next
 * one is the sample that those before explain least.
 */
final class Regression {
    private static final double NUGGET = 1e-8;
    private static final int REWEIGHTINGS = 3;
    private static final double LEAST_DEVIATION = 1e-3;

    /** Regularisation while weights are found. */
    private static final double STRENGTH = 0.01;

    private static final double LINEAR_STRENGTH = 1e-6;

    private final double[][] centres;
    private final double width;
    private final int size;
    private final double[][] basis;
    private final double[] y;
    private final double[] weights;
    private final double[][] normal;
    private final double[] right;

    private Regression(double[][] centres, double width, int size, double[][] basis, double[] y) {
        this.centres = centres;
        this.width = width;
        this.size = size;
        this.basis = basis;
        this.y = y;
        this.weights = new double[y.length];
        int columns = 1 + size + centres.length;
        this.normal = new double[columns][columns];
        this.right = new double[columns];
    }

    /** Coefficients. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Solution(double[] linear, double[][] centres, double[] weights, double width) {
        double value(double[] at) {
            double sum = linear[0];
            for (int d = 0; d < at.length; d++) {
                sum += linear[d + 1] * at[d];
            }
            for (int c = 0; c < centres.length; c++) {
                sum += weights[c] * bump(at, centres[c], width);
            }
            return sum;
        }

        /** Returns the sum of both, which must have one width and one way of standardising. */
        Solution plus(Solution other) {
            double[] sum = linear.clone();
            for (int d = 0; d < sum.length; d++) {
                sum[d] = Rounding.to(sum[d] + other.linear[d], 1e5);
            }
            List<double[]> allCentres = new ArrayList<>(Arrays.asList(other.centres));
            allCentres.addAll(Arrays.asList(centres));
            double[] allWeights = Arrays.copyOf(other.weights, allCentres.size());
            System.arraycopy(weights, 0, allWeights, other.weights.length, weights.length);
            return new Solution(sum, allCentres.toArray(new double[0][]), allWeights, width);
        }
    }

    /**
     * Sets up the equations.
     *
     * @param offset taken off {@link Samples#y} first
     * @param rows that are seen
     * @param most centres
     * @param absolute whether absolute deviations are made least, or squares
     */
    static Regression of(Samples samples, double[] offset, int[] rows, double width, int most, boolean absolute) {
        double[][] centres = centres(samples, rows, width, most);
        int size = samples.mean().length;
        double[][] basis = new double[rows.length][1 + size + centres.length];
        double[] y = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double[] x = samples.x(rows[i]);
            basis[i][0] = 1;
            System.arraycopy(x, 0, basis[i], 1, size);
            for (int c = 0; c < centres.length; c++) {
                basis[i][1 + size + c] = bump(x, centres[c], width);
            }
            y[i] = samples.y()[rows[i]] - offset[rows[i]];
        }
        Regression regression = new Regression(centres, width, size, basis, y);
        regression.weigh(absolute ? REWEIGHTINGS : 0);
        return regression;
    }

    private void weigh(int times) {
        Arrays.fill(weights, 1);
        accumulate();
        for (int i = 0; i < times; i++) {
            double[] coefficients = coefficients(STRENGTH, LINEAR_STRENGTH);
            double[] deviations = new double[y.length];
            for (int row = 0; row < y.length; row++) {
                double value = 0;
                double[] factors = basis[row];
                for (int c = 0; c < coefficients.length; c++) {
                    value += coefficients[c] * factors[c];
                }
                deviations[row] = Math.abs(y[row] - value);
            }
            double[] sorted = deviations.clone();
            Arrays.sort(sorted);
            double least = sorted[sorted.length / 2] + LEAST_DEVIATION;
            double sum = 0;
            for (int row = 0; row < y.length; row++) {
                weights[row] = 1 / Math.max(deviations[row], least);
                sum += weights[row];
            }
            for (int row = 0; row < y.length; row++) {
                weights[row] *= y.length / sum;
            }
            accumulate();
        }
    }

    private void accumulate() {
        for (double[] row : normal) {
            Arrays.fill(row, 0);
        }
        Arrays.fill(right, 0);
        for (int row = 0; row < y.length; row++) {
            double[] factors = basis[row];
            double weight = weights[row];
            for (int i = 0; i < right.length; i++) {
                double factor = factors[i] * weight;
                double[] into = normal[i];
                for (int j = 0; j <= i; j++) {
                    into[j] += factor * factors[j];
                }
                right[i] += factor * y[row];
            }
        }
    }

    /**
     * Solves the equations.
     *
     * @param strength of the regularisation of bumps
     * @param linearStrength of that of the linear part, for each row
     */
    Solution solve(double strength, double linearStrength) {
        double[] solution = coefficients(strength, linearStrength);
        double[] linear = Rounding.to(Arrays.copyOfRange(solution, 0, 1 + size), 1e5);
        double[] bumps = Rounding.to(Arrays.copyOfRange(solution, 1 + size, solution.length), 1e5);
        return new Solution(linear, centres, bumps, width);
    }

    private double[] coefficients(double strength, double linearStrength) {
        int columns = right.length;
        double[][] full = new double[columns][columns];
        for (int i = 0; i < columns; i++) {
            System.arraycopy(normal[i], 0, full[i], 0, i + 1);
            full[i][i] += NUGGET * y.length + (i > 0 && i <= size ? linearStrength * y.length : 0);
        }
        for (int i = 0; i < centres.length; i++) {
            for (int j = 0; j <= i; j++) {
                full[1 + size + i][1 + size + j] += strength * bump(centres[i], centres[j], width);
            }
        }
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < i; j++) {
                full[j][i] = full[i][j];
            }
        }
        return new CholeskyDecomposition(new Array2DRowRealMatrix(full, false), 1e-9, 0)
                .getSolver()
                .solve(new ArrayRealVector(right, false))
                .toArray();
    }

    private static double[][] centres(Samples samples, int[] rows, double width, int most) {
        int count = Math.min(most, rows.length * 4 / 5);
        double[] left = new double[rows.length];
        Arrays.fill(left, 1);
        double[][] columns = new double[count][];
        List<double[]> centres = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            int pivot = 0;
            for (int i = 1; i < left.length; i++) {
                if (left[i] > left[pivot]) {
                    pivot = i;
                }
            }
            if (left[pivot] < 1e-9) {
                break;
            }
            double root = Math.sqrt(left[pivot]);
            double[] centre = samples.x(rows[pivot]);
            double[] column = new double[rows.length];
            for (int i = 0; i < column.length; i++) {
                column[i] = bump(samples.x(rows[i]), centre, width);
            }
            for (int before = 0; before < c; before++) {
                double[] other = columns[before];
                double factor = other[pivot];
                for (int i = 0; i < column.length; i++) {
                    column[i] -= other[i] * factor;
                }
            }
            for (int i = 0; i < column.length; i++) {
                column[i] /= root;
                left[i] = Math.max(0, left[i] - column[i] * column[i]);
            }
            left[pivot] = 0;
            columns[c] = column;
            centres.add(Rounding.to(centre, 1e3));
        }
        return centres.toArray(new double[0][]);
    }

    private static double bump(double[] a, double[] b, double width) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            double difference = a[d] - b[d];
            sum += difference * difference;
        }
        return 1 / (1 + sum / (width * width));
    }
}
