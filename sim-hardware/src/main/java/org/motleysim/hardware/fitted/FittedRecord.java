package org.motleysim.hardware.fitted;

import java.util.List;

/**
 * The coefficients of one fit, as they stand in a file: {@code seconds = estimate * exp(correction)}. Lists are as long as there are
 * features; numbers are rounded before the last coefficients are found, so that the file loses nothing.
 *
 * @param devices names of the devices it answers for, or {@code "class:gpu"} for devices never measured
 * @param key what kernels it answers for
 * @param rows measurements that it was fitted on
 * @param heldOut errors when whole shapes were held out, in five parts
 * @param unseen errors on each device when all of its rows were held out; only in fits of a class
 * @param source the table of measurements
 * @param date when the table was made, or the fit if the table does not say
 * @param physics choices in the estimate
 * @param mean of each feature
 * @param scale standard deviation of each feature
 * @param low least value of each feature, standardised: the fitted range
 * @param high largest value
 * @param linear a constant and a factor for each feature
 * @param width of the bumps, in standard deviations
 * @param centres of the bumps, standardised
 * @param weights of the bumps
 * @param least the smallest correction that was seen
 * @param most the largest
 */
@SuppressWarnings("ArrayRecordComponent") // coefficients: read once, never compared
public record FittedRecord(
        List<String> devices,
        FitKey key,
        int rows,
        ErrorSummary heldOut,
        List<Unseen> unseen,
        String source,
        String date,
        Physics physics,
        double[] mean,
        double[] scale,
        double[] low,
        double[] high,
        double[] linear,
        double width,
        double[][] centres,
        double[] weights,
        double least,
        double most) {
    /** @throws IllegalArgumentException if lists do not fit together or a number is not finite */
    public FittedRecord {
        int size = mean.length;
        check("scale", scale, size);
        check("low", low, size);
        check("high", high, size);
        check("mean", mean, size);
        check("linear", linear, size + 1);
        check("weights", weights, centres.length);
        for (double[] centre : centres) {
            check("centres", centre, size);
        }
        if (!(width > 0)) {
            throw new IllegalArgumentException("width (" + width + ") must be more than zero");
        }
        if (!(least <= most)) {
            throw new IllegalArgumentException("least (" + least + ") must not exceed most (" + most + ")");
        }
        for (double s : scale) {
            if (!(s > 0)) {
                throw new IllegalArgumentException("scale (" + s + ") must be more than zero");
            }
        }
        if (devices.isEmpty()) {
            throw new IllegalArgumentException("devices must name at least one");
        }
        devices = List.copyOf(devices);
        unseen = List.copyOf(unseen);
    }

    /** Errors of a class's fit on a device that it had not seen. */
    public record Unseen(String device, ErrorSummary errors) {}

    /** Returns the mean absolute relative error on shapes held out. */
    public double heldOutError() {
        return heldOut.mape();
    }

    private static void check(String name, double[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(
                    name + " (" + values.length + " numbers) must have " + length + ", one for each feature");
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(name + " (" + value + ") must be finite");
            }
        }
    }
}
