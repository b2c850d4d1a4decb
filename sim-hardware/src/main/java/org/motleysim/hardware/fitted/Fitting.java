package org.motleysim.hardware.fitted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.Kernel;

/**
 * Finds the coefficients of a fit: regularised least squares of {@code log(measured / estimate)} on a linear part and bumps, with centres
 * chosen by pivoted Cholesky decomposition of the kernel matrix (Fine and Scheinberg, JMLR 2, 2001): each next centre is the sample that
 * those before explain least. Deterministic.
 *
 * <p>Width of the bumps and strength of the regularisation are those, of a few, with the least error when whole shapes are held out.
 */
public final class Fitting {
    private static final int PARTS = 5;
    private static final double[] WIDTHS = {1.5, 3, 6};
    private static final double[] STRENGTHS = {0.001, 0.01, 0.1, 1};
    private static final double LINEAR_STRENGTH = 1e-6;
    private static final double NUGGET = 1e-8;

    private final double[][] x;
    private final double[] y;
    private final int[] part;
    private final int most;

    private double[] mean = new double[0];
    private double[] scale = new double[0];

    private Fitting(double[][] x, double[] y, int[] part, int most) {
        this.x = x;
        this.y = y;
        this.part = part;
        this.most = most;
    }

    /**
     * One measured kernel.
     *
     * @param spec the device it ran on
     * @param shape what is held out whole; devices if a class is fitted
     */
    public record Sample(DeviceSpec spec, Kernel kernel, double seconds, String shape) {}

    /** What a fit reached on shapes it had not seen. */
    public record HeldOut(double mean, double median) {}

    /**
     * Fits one kind of kernel.
     *
     * @param mostCentres of bumps; fewer if there are few samples
     * @throws IllegalArgumentException if there are fewer than 12 samples, or no model looks at their shape
     */
    public static FittedRecord fit(
            List<String> devices, FitKey key, List<Sample> samples, int mostCentres, String source, String date) {
        if (samples.size() < 12) {
            throw new IllegalArgumentException("samples of " + key + " (" + samples.size() + ") must be at least 12");
        }
        Fitting fitting = of(samples, mostCentres);
        double bestError = Double.POSITIVE_INFINITY;
        double width = WIDTHS[0];
        double strength = STRENGTHS[0];
        double[] errors = new double[0];
        for (double w : WIDTHS) {
            double[][] held = fitting.heldOut(w);
            for (int i = 0; i < STRENGTHS.length; i++) {
                double error = Arrays.stream(held[i]).sum() / held[i].length;
                if (error < bestError) {
                    bestError = error;
                    width = w;
                    strength = STRENGTHS[i];
                    errors = held[i];
                }
            }
        }
        int[] all = fitting.rows(-1);
        Solution solution = fitting.equations(all, width).solve(strength);
        Arrays.sort(errors);
        int size = fitting.mean.length;
        double[] low = new double[size];
        double[] high = new double[size];
        for (int d = 0; d < size; d++) {
            final int dimension = d;
            low[d] = Arrays.stream(fitting.x)
                    .mapToDouble(row -> row[dimension])
                    .min()
                    .orElseThrow();
            high[d] = Arrays.stream(fitting.x)
                    .mapToDouble(row -> row[dimension])
                    .max()
                    .orElseThrow();
        }
        return new FittedRecord(
                devices,
                key,
                samples.size(),
                rounded(bestError, 1e3),
                rounded(errors[errors.length / 2], 1e3),
                source,
                date,
                fitting.mean,
                fitting.scale,
                round(low, 1e4),
                round(high, 1e4),
                solution.linear,
                width,
                solution.centres,
                solution.weights,
                Arrays.stream(fitting.y).min().orElseThrow(),
                Arrays.stream(fitting.y).max().orElseThrow());
    }

    /** Returns the relative errors of samples under a fit of others, for judging whole devices. */
    public static double[] errors(FittedRecord record, List<Sample> samples) {
        double[] errors = new double[samples.size()];
        for (int i = 0; i < errors.length; i++) {
            Sample sample = samples.get(i);
            Features features =
                    FittedKernel.features(sample.kernel(), sample.spec()).orElseThrow();
            FittedKernel fitted = new FittedKernel(record, features, "");
            errors[i] = Math.abs(fitted.seconds(sample.kernel()) / sample.seconds() - 1);
        }
        return errors;
    }

    private static Fitting of(List<Sample> samples, int mostCentres) {
        double[][] x = new double[samples.size()][];
        double[] y = new double[samples.size()];
        int[] part = new int[samples.size()];
        for (int i = 0; i < x.length; i++) {
            Sample sample = samples.get(i);
            Features features = FittedKernel.features(sample.kernel(), sample.spec())
                    .orElseThrow(() -> new IllegalArgumentException("no model fits " + sample));
            x[i] = new double[features.size()];
            y[i] = StrictMath.log(sample.seconds() / features.fill(sample.kernel(), x[i]));
        }
        List<String> shapes = samples.stream().map(Sample::shape).distinct().toList();
        for (int i = 0; i < x.length; i++) {
            String shape = samples.get(i).shape();
            part[i] = shapes.size() <= PARTS ? shapes.indexOf(shape) : Math.floorMod(mixed(shape), PARTS);
        }
        Fitting fitting = new Fitting(x, y, part, mostCentres);
        fitting.standardise();
        return fitting;
    }

    /** Neighbouring sizes hash alike; this spreads them. */
    private static int mixed(String shape) {
        long hash = shape.hashCode() * 0x9E37_79B9_7F4A_7C15L;
        return (int) (hash >>> 33);
    }

    private void standardise() {
        int size = x[0].length;
        mean = new double[size];
        scale = new double[size];
        for (int d = 0; d < size; d++) {
            double sum = 0;
            for (double[] row : x) {
                sum += row[d];
            }
            mean[d] = rounded(sum / x.length, 1e4);
            double squares = 0;
            for (double[] row : x) {
                squares += (row[d] - mean[d]) * (row[d] - mean[d]);
            }
            double deviation = rounded(Math.sqrt(squares / x.length), 1e4);
            scale[d] = deviation > 0.01 ? deviation : 1;
            for (double[] row : x) {
                row[d] = (row[d] - mean[d]) / scale[d];
            }
        }
    }

    /** Rows of one part, or of all but that part; -1 for all rows. */
    private int[] rows(int without) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            if (part[i] != without) {
                rows.add(i);
            }
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns the errors of all samples, each by a fit that did not see its part, for each strength. */
    private double[][] heldOut(double width) {
        double[][] errors = new double[STRENGTHS.length][x.length];
        for (int out = 0; out < PARTS; out++) {
            int[] seen = rows(out);
            if (seen.length == x.length || seen.length < 6) {
                continue;
            }
            Equations equations = equations(seen, width);
            for (int s = 0; s < STRENGTHS.length; s++) {
                Solution solution = equations.solve(STRENGTHS[s]);
                for (int i = 0; i < x.length; i++) {
                    if (part[i] == out) {
                        errors[s][i] = Math.abs(StrictMath.exp(solution.value(x[i]) - y[i]) - 1);
                    }
                }
            }
        }
        return errors;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Solution(double[] linear, double[][] centres, double[] weights, double width) {
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
    }

    /** Least squares without regularisation of the bumps; {@link #solve} adds it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Equations(double[][] normal, double[] right, double[][] centres, double width, int size, int rows) {
        Solution solve(double strength) {
            int columns = right.length;
            double[][] full = new double[columns][columns];
            for (int i = 0; i < columns; i++) {
                System.arraycopy(normal[i], 0, full[i], 0, i + 1);
                full[i][i] += NUGGET * rows + (i > 0 && i <= size ? LINEAR_STRENGTH * rows : 0);
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
            double[] linear = round(Arrays.copyOfRange(solution, 0, 1 + size), 1e5);
            double[] weights = round(Arrays.copyOfRange(solution, 1 + size, columns), 1e5);
            return new Solution(linear, centres, weights, width);
        }
    }

    private Equations equations(int[] rows, double width) {
        double[][] centres = centres(rows, width);
        int size = mean.length;
        int columns = 1 + size + centres.length;
        double[][] normal = new double[columns][columns];
        double[] right = new double[columns];
        double[] basis = new double[columns];
        for (int row : rows) {
            basis[0] = 1;
            System.arraycopy(x[row], 0, basis, 1, size);
            for (int c = 0; c < centres.length; c++) {
                basis[1 + size + c] = bump(x[row], centres[c], width);
            }
            for (int i = 0; i < columns; i++) {
                double factor = basis[i];
                double[] into = normal[i];
                for (int j = 0; j <= i; j++) {
                    into[j] += factor * basis[j];
                }
                right[i] += factor * y[row];
            }
        }
        return new Equations(normal, right, centres, width, size, rows.length);
    }

    private double[][] centres(int[] rows, double width) {
        int count = Math.min(most, rows.length / 2);
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
            double[] column = new double[rows.length];
            for (int i = 0; i < column.length; i++) {
                double value = bump(x[rows[i]], x[rows[pivot]], width);
                for (int before = 0; before < c; before++) {
                    value -= columns[before][i] * columns[before][pivot];
                }
                column[i] = value / root;
                left[i] = Math.max(0, left[i] - column[i] * column[i]);
            }
            left[pivot] = 0;
            columns[c] = column;
            centres.add(round(x[rows[pivot]], 1e3));
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

    private static double[] round(double[] values, double steps) {
        return Arrays.stream(values).map(value -> rounded(value, steps)).toArray();
    }

    private static double rounded(double value, double steps) {
        return Math.rint(value * steps) / steps;
    }
}
