package org.motleysim.hardware.catalog;

import java.util.OptionalDouble;

/**
 * How much of a device's peaks the kernels of one family and format reach, as a function of their size.
 *
 * <p>The achieved fraction saturates: {@code fraction(x) = max * x / (x + half)}. Then {@code x / (peak * fraction(x)) = ramp + x / (peak
 * * max)} with {@code ramp = half / (peak * max)}, so a ramp time says the same as the half size and carries over to devices of other
 * speed. This record holds {@code max} and {@code ramp}.
 *
 * @param launchSeconds from the launch of a kernel to the start of its work, inside a captured graph, zero or more
 * @param compute largest achieved fraction of the peak rate, in (0, 1]
 * @param computeRampSeconds ramp of the compute curve, zero or more
 * @param bandwidth largest achieved fraction of the peak bandwidth, in (0, 1]
 * @param bandwidthRampSeconds ramp of the bandwidth curve, zero or more
 * @param origin where the numbers come from
 */
public record Efficiency(
        double launchSeconds,
        double compute,
        double computeRampSeconds,
        double bandwidth,
        double bandwidthRampSeconds,
        Origin origin) {

    /** Peaks reached from the first byte and no launch time: the plain roofline, a lower bound of time. */
    public static final Efficiency PERFECT = new Efficiency(
            0, 1, 0, 1, 0, new Origin("peak", "the plain roofline: nothing measured", 0, OptionalDouble.empty()));

    /** @throws IllegalArgumentException if a fraction is not in (0, 1] or a time is negative or infinite */
    public Efficiency {
        fraction("compute", compute);
        fraction("bandwidth", bandwidth);
        time("launchSeconds", launchSeconds);
        time("computeRampSeconds", computeRampSeconds);
        time("bandwidthRampSeconds", bandwidthRampSeconds);
    }

    /**
     * Where an efficiency comes from.
     *
     * @param fittedOn the device or class it was fitted on, or {@code "peak"}
     * @param source the table, and how it was fitted
     * @param rows measurements it was fitted on
     * @param heldOutError mean absolute relative error on shapes that the fit had not seen, such as 0.14
     */
    public record Origin(String fittedOn, String source, int rows, OptionalDouble heldOutError) {}

    /** Returns the achieved fraction of {@code peakPerSecond} for work of size {@code x}. */
    public double computeFraction(double flops, double peakPerSecond) {
        return saturating(flops, peakPerSecond, compute, computeRampSeconds);
    }

    /** Returns the achieved fraction of {@code peakPerSecond} for traffic of size {@code bytes}. */
    public double bandwidthFraction(double bytes, double peakPerSecond) {
        return saturating(bytes, peakPerSecond, bandwidth, bandwidthRampSeconds);
    }

    private static double saturating(double x, double peak, double max, double ramp) {
        return x == 0 ? 0 : max * x / (x + ramp * peak * max);
    }

    private static void fraction(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " (" + value + ") must be a fraction in (0, 1]");
        }
    }

    private static void time(String name, double seconds) {
        if (!(seconds >= 0 && seconds < 1)) {
            throw new IllegalArgumentException(name + " (" + seconds + " s) must be at least 0 and below 1 s");
        }
    }
}
