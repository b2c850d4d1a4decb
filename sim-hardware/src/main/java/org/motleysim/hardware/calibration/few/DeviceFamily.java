package org.motleysim.hardware.calibration.few;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Known devices and what each takes for the same items. Immutable.
 *
 * <p>A new device is taken as a mixture of them, in logarithms: with {@code x_d(i)} the log time of item {@code i} on device {@code d}
 * less the mean over the measured items,
 *
 * <pre>
 * log t(i) = mean of the measured log times + sum_d w_d x_d(i)
 * w        = 1/n + argmin ( |residual at the measured items|^2 + ridge |w - 1/n|^2 )
 * </pre>
 *
 * <p>So with no measurement but one the family's mean shape is scaled to it, and each further one moves the weights. This is the posterior
 * mean of a Gaussian process whose covariance is that of the family. The ridge is chosen on the family alone: each group of it in turn
 * plays the new device, as in the leave-one-out protocol of few-shot predictors (HELP, Lee et al., NeurIPS 2021). The model card is
 * docs/models/few-samples.md.
 *
 * <pre>{@code
 * var family = DeviceFamily.of(List.of(
 *     new DeviceFamily.Known("pixel-3", "pixel", secondsOnPixel3),
 *     new DeviceFamily.Known("xeon", "xeon", secondsOnXeon)));
 * int[] ten = family.references(10);
 * double[] seconds = family.calibrate(ten, measured).seconds();
 * }</pre>
 */
public final class DeviceFamily {
    /** What most families choose; used where nothing is left to choose by. */
    private static final double USUAL_RIDGE = 0.1;

    private static final double[] RIDGES = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};

    private final List<Known> devices;
    private final int items;

    private DeviceFamily(List<Known> devices) {
        this.devices = List.copyOf(devices);
        this.items = devices.get(0).logs.length;
    }

    /** A device of the family. */
    public static final class Known {
        private final String name;
        private final String group;
        private final boolean real;
        private final double[] logs;

        private Known(String name, String group, boolean real, double[] values) {
            this.name = name;
            this.group = group;
            this.real = real;
            this.logs = logs(values);
        }

        /**
         * @param name for people
         * @param group devices of one group play the new device together, such as one machine at several batch sizes
         * @param seconds of each item, in the order of the family, more than zero, in any unit
         * @throws IllegalArgumentException if a time is not a finite number, more than zero
         */
        public Known(String name, String group, double[] seconds) {
            this(name, group, true, seconds);
        }

        /**
         * Returns an imaginary device whose time is something that can be counted of each item, such as its multiply-accumulates or its
         * kernels. It stands for what no known device is bound by, and never plays the new device.
         *
         * @param amounts of each item, in the order of the family, more than zero
         * @throws IllegalArgumentException if an amount is not a finite number, more than zero
         */
        public static Known counted(String name, double[] amounts) {
            return new Known(name, name, false, amounts);
        }

        /** Returns the name. */
        public String name() {
            return name;
        }

        /** Returns the group. */
        public String group() {
            return group;
        }
    }

    /**
     * Returns a family.
     *
     * @throws IllegalArgumentException if it has no device, or they have not the same number of items, one or more
     */
    public static DeviceFamily of(List<Known> devices) {
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("devices (0) must be at least 1");
        }
        for (Known device : devices) {
            if (device.logs.length == 0 || device.logs.length != devices.get(0).logs.length) {
                throw new IllegalArgumentException("items of " + device.name + " (" + device.logs.length
                        + ") must be as many as those of " + devices.get(0).name + ", one or more");
            }
        }
        return new DeviceFamily(devices);
    }

    /** Returns how many items the devices were measured on. */
    public int items() {
        return items;
    }

    /** Returns the devices. */
    public List<Known> devices() {
        return devices;
    }

    /**
     * Chooses items to measure on a new device: those by which the family can be told apart best. The first is the item where its devices
     * differ most; each next one is where they still differ most once the chosen ones are known (pivoted Cholesky factorisation of the
     * family's covariance).
     *
     * @param count 1 up to the number of items
     * @return indices of items, in the order of their worth; fewer than asked for only when the rest tells nothing
     */
    public int[] references(int count) {
        if (count < 1 || count > items) {
            throw new IllegalArgumentException("count (" + count + ") must be 1 to " + items);
        }
        int n = devices.size();
        var columns = new double[n][];
        for (int d = 0; d < n; d++) {
            columns[d] = less(devices.get(d).logs, mean(devices.get(d).logs));
        }
        var left = new double[items];
        for (int i = 0; i < items; i++) {
            for (double[] column : columns) {
                left[i] += column[i] * column[i];
            }
        }
        var rows = new ArrayList<double[]>();
        var chosen = new int[count];
        double first = Arrays.stream(left).max().orElseThrow();
        for (int k = 0; k < count; k++) {
            int pivot = largest(left);
            if (left[pivot] <= 1e-12 * first) {
                return Arrays.copyOf(chosen, k);
            }
            chosen[k] = pivot;
            var row = new double[items];
            double root = Math.sqrt(left[pivot]);
            for (int i = 0; i < items; i++) {
                double value = 0;
                for (double[] column : columns) {
                    value += column[i] * column[pivot];
                }
                for (double[] before : rows) {
                    value -= before[i] * before[pivot];
                }
                row[i] = value / root;
                left[i] = Math.max(0, left[i] - row[i] * row[i]);
            }
            left[pivot] = 0;
            rows.add(row);
        }
        return chosen;
    }

    /**
     * Adapts the family to a new device.
     *
     * @param measured indices of the items that were measured, each once
     * @param seconds what they took, in the unit of your choice
     * @throws IllegalArgumentException if nothing was measured, an index is not that of an item, or a time is not more than zero
     */
    public FewSampleFit calibrate(int[] measured, double[] seconds) {
        return calibrate(measured, seconds, ridge(measured));
    }

    /**
     * The same with a ridge of the user's choice.
     *
     * @param ridge more than zero; large ones keep to the family's mean
     */
    public FewSampleFit calibrate(int[] measured, double[] seconds, double ridge) {
        check(measured);
        if (seconds.length != measured.length) {
            throw new IllegalArgumentException(
                    "seconds (" + seconds.length + ") must be as many as items measured, " + measured.length);
        }
        if (!(ridge > 0) || ridge == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("ridge (" + ridge + ") must be a finite number, more than zero");
        }
        return fit(devices, measured, logs(seconds), ridge);
    }

    /** Chooses the ridge by which the groups of the family predict each other's other items best from the same measured ones. */
    public double ridge(int[] measured) {
        check(measured);
        List<Known> players = devices.stream().filter(device -> device.real).toList();
        Set<String> groups = new LinkedHashSet<>();
        players.forEach(device -> groups.add(device.group));
        if (groups.size() < 2 || measured.length == items) {
            return USUAL_RIDGE;
        }
        var seen = new boolean[items];
        for (int index : measured) {
            seen[index] = true;
        }
        double best = RIDGES[0];
        double least = Double.POSITIVE_INFINITY;
        for (double ridge : RIDGES) {
            double error = 0;
            for (Known device : players) {
                List<Known> others = devices.stream()
                        .filter(other -> !other.group.equals(device.group))
                        .toList();
                var samples = new double[measured.length];
                for (int k = 0; k < samples.length; k++) {
                    samples[k] = device.logs[measured[k]];
                }
                error += medianError(fit(others, measured, samples, ridge), device.logs, seen);
            }
            if (error < least) {
                least = error;
                best = ridge;
            }
        }
        return best;
    }

    private FewSampleFit fit(List<Known> of, int[] measured, double[] samples, double ridge) {
        int n = of.size();
        int k = measured.length;
        var at = new double[k][n];
        var base = new double[n];
        for (int d = 0; d < n; d++) {
            for (int index : measured) {
                base[d] += of.get(d).logs[index] / k;
            }
            for (int r = 0; r < k; r++) {
                at[r][d] = of.get(d).logs[measured[r]] - base[d];
            }
        }
        double mean = mean(samples);
        var residual = new double[k];
        var gram = new double[k][k];
        for (int r = 0; r < k; r++) {
            residual[r] = samples[r] - mean - Arrays.stream(at[r]).sum() / n;
            for (int c = 0; c < k; c++) {
                for (int d = 0; d < n; d++) {
                    gram[r][c] += at[r][d] * at[c][d];
                }
            }
            gram[r][r] += ridge;
        }
        double[] solved = Cholesky.solve(gram, residual);
        var weights = new double[n];
        double offset = mean;
        for (int d = 0; d < n; d++) {
            weights[d] = 1.0 / n;
            for (int r = 0; r < k; r++) {
                weights[d] += at[r][d] * solved[r];
            }
            offset -= weights[d] * base[d];
        }
        var logs = new double[items];
        for (int i = 0; i < items; i++) {
            logs[i] = offset;
            for (int d = 0; d < n; d++) {
                logs[i] += weights[d] * of.get(d).logs[i];
            }
        }
        return new FewSampleFit(of.stream().map(Known::name).toList(), weights, offset, ridge, logs);
    }

    private static double medianError(FewSampleFit fit, double[] truth, boolean[] seen) {
        double[] predicted = fit.logSeconds();
        double[] errors = IntStream.range(0, truth.length)
                .filter(i -> !seen[i])
                .mapToDouble(i -> Math.abs(predicted[i] - truth[i]))
                .sorted()
                .toArray();
        return errors[errors.length / 2];
    }

    private void check(int[] measured) {
        if (measured.length == 0) {
            throw new IllegalArgumentException("measured (0) must be at least 1 item");
        }
        var seen = new boolean[items];
        for (int index : measured) {
            if (index < 0 || index >= items || seen[index]) {
                throw new IllegalArgumentException(
                        "measured (" + index + ") must be the index of an item, 0 to " + (items - 1) + ", once");
            }
            seen[index] = true;
        }
    }

    private static double[] logs(double[] seconds) {
        return Arrays.stream(seconds)
                .map(value -> {
                    if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
                        throw new IllegalArgumentException("seconds (" + value
                                + ") must be a finite number, more than zero\nMaybe leave out what did not run.");
                    }
                    return StrictMath.log(value);
                })
                .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double[] less(double[] values, double by) {
        return Arrays.stream(values).map(value -> value - by).toArray();
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[largest]) {
                largest = i;
            }
        }
        return largest;
    }
}
