package org.motleysim.hardware.fitted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * The normal equations of a linear part and bumps, with centres chosen by pivoted Cholesky decomposition of the kernel matrix (Fine and
 * Scheinberg, JMLR 2, 2001): each next centre is the sample that those before explain least.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Regression(double[][] normal, double[] right, double[][] centres, double width, int size, int rows) {
    private static final double NUGGET = 1e-8;

    /** Coefficients. */
    record Solution(double[] linear, double[][] centres, double[] weights, double width) {
        static Solution of(FittedRecord record) {
            return new Solution(record.linear(), record.centres(), record.weights(), record.width());
        }

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
     */
    static Regression of(Samples samples, double[] offset, int[] rows, double width, int most) {
        double[][] centres = centres(samples, rows, width, most);
        int size = samples.mean().length;
        int columns = 1 + size + centres.length;
        double[][] normal = new double[columns][columns];
        double[] right = new double[columns];
        double[] basis = new double[columns];
        for (int row : rows) {
            double[] x = samples.x(row);
            basis[0] = 1;
            System.arraycopy(x, 0, basis, 1, size);
            for (int c = 0; c < centres.length; c++) {
                basis[1 + size + c] = bump(x, centres[c], width);
            }
            double y = samples.y()[row] - offset[row];
            for (int i = 0; i < columns; i++) {
                double factor = basis[i];
                double[] into = normal[i];
                for (int j = 0; j <= i; j++) {
                    into[j] += factor * basis[j];
                }
                right[i] += factor * y;
            }
        }
        return new Regression(normal, right, centres, width, size, rows.length);
    }

    /**
     * Solves the equations.
     *
     * @param strength of the regularisation of bumps
     * @param linearStrength of that of the linear part, for each row
     */
    Solution solve(double strength, double linearStrength) {
        int columns = right.length;
        double[][] full = new double[columns][columns];
        for (int i = 0; i < columns; i++) {
            System.arraycopy(normal[i], 0, full[i], 0, i + 1);
            full[i][i] += NUGGET * rows + (i > 0 && i <= size ? linearStrength * rows : 0);
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
        double[] solution = new CholeskyDecomposition(new Array2DRowRealMatrix(full, false), 1e-9, 0)
                .getSolver()
                .solve(new ArrayRealVector(right, false))
                .toArray();
        double[] linear = Rounding.to(Arrays.copyOfRange(solution, 0, 1 + size), 1e5);
        double[] weights = Rounding.to(Arrays.copyOfRange(solution, 1 + size, columns), 1e5);
        return new Solution(linear, centres, weights, width);
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
                double value = bump(samples.x(rows[i]), centre, width);
                for (int before = 0; before < c; before++) {
                    value -= columns[before][i] * columns[before][pivot];
                }
                column[i] = value / root;
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
