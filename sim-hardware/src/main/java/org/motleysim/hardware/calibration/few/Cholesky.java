package org.motleysim.hardware.calibration.few;

/** Solves symmetric positive definite systems as small as the number of samples. */
final class Cholesky {
    private Cholesky() {}

    /** Returns x of {@code matrix x = right}; the matrix is left alone. */
    static double[] solve(double[][] matrix, double[] right) {
        int n = right.length;
        var factor = new double[n][n];
        var x = right.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(sum) : sum / factor[j][j];
            }
            for (int k = 0; k < i; k++) {
                x[i] -= factor[i][k] * x[k];
            }
            x[i] /= factor[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= factor[k][i] * x[k];
            }
            x[i] /= factor[i][i];
        }
        return x;
    }
}
