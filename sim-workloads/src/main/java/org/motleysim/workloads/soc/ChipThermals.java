package org.motleysim.workloads.soc;

import java.util.Arrays;

/**
 * Temperatures of a chip's hotspots, advanced in steps of equal length, and what cores leak at them: {@code T' = A (T - ambient) + B P +
 * ambient} with the power of memory, graphics, small and big cores, and {@code I = V (c1 T^2 exp(-c2 / T) + gate)} with T in kelvin
 * (Bhat, Gumussoy and Ogras, "Power and thermal analysis of commercial mobile platforms", DATE 2019).
 */
public final class ChipThermals {
    private static final double KELVIN = 273; // as the fit has it

    private final double[][] a;
    private final double[][] b;
    private final double memoryWatts;
    private final double graphicsWatts;
    private final double ambientCelsius;
    private final Leakage leakage;

    /**
     * What leaks.
     *
     * @param c1 in A/K^2
     * @param c2 in K
     * @param gateAmperes what does not depend on temperature
     */
    public record Leakage(double c1, double c2, double gateAmperes) {}

    /**
     * Makes the model of a chip.
     *
     * @param a by hotspot and hotspot
     * @param b by hotspot, then memory, graphics, small cores, big cores; accelerators are taken not to heat
     * @param memoryWatts of memory, always
     * @param graphicsWatts of graphics, always
     * @param ambientCelsius around the chip, and of the chip at the start
     * @param leakage of a cluster of four big cores
     * @throws IllegalArgumentException if A is not square or B has not as many rows and four columns
     */
    public ChipThermals(
            double[][] a,
            double[][] b,
            double memoryWatts,
            double graphicsWatts,
            double ambientCelsius,
            Leakage leakage) {
        this.a = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
        this.b = Arrays.stream(b).map(double[]::clone).toArray(double[][]::new);
        this.memoryWatts = memoryWatts;
        this.graphicsWatts = graphicsWatts;
        this.ambientCelsius = ambientCelsius;
        this.leakage = leakage;
        int spots = a.length;
        if (spots == 0
                || b.length != spots
                || Arrays.stream(a).anyMatch(row -> row.length != spots)
                || Arrays.stream(b).anyMatch(row -> row.length != 4)) {
            throw new IllegalArgumentException(
                    "thermal model must have a square A (" + spots + " rows) and a B of as many rows and 4 columns");
        }
    }

    /**
     * Returns the fit of the Odroid XU3 (four Cortex-A15, four Cortex-A7) that DS3 comes with (Arda et al., IEEE TC 69(8), 2020), with its
     * default ambient temperature of 42 degrees Celsius.
     */
    public static ChipThermals odroidXu3() {
        return new ChipThermals(
                new double[][] {
                    {0.9928, 0.000566, 0.004281, 0.0003725, 1.34e-5},
                    {0.006084, 0.9909, 0, 0.001016, 8.863e-5},
                    {0, 0.0008608, 0.993, 0, 0.0008842},
                    {0.006844, -0.0005119, 0, 0.9904, 0.0003392},
                    {0.0007488, 0.003932, 8.654e-5, 0.002473, 0.9905}
                },
                new double[][] {
                    {0.07423, 6.898e-7, 0.02399, 0.0471},
                    {0, 0.001971, 0, 0.01265},
                    {0.6708, 2.108e-6, 0.02819, 0.113},
                    {0, 0.01682, 0.007198, 0.01646},
                    {0.01404, 0.03811, 0.03902, 0.01476}
                },
                0.0473,
                0.1201,
                42,
                new Leakage(0.002488, 2660, 0.000519));
    }

    /** What memory and graphics draw, always. */
    double baseWatts() {
        return memoryWatts + graphicsWatts;
    }

    double ambientCelsius() {
        return ambientCelsius;
    }

    /** The temperatures at the start. */
    double[] start() {
        double[] celsius = new double[a.length];
        Arrays.fill(celsius, ambientCelsius);
        return celsius;
    }

    /** The temperatures one step later. */
    double[] next(double[] celsius, double littleWatts, double bigWatts) {
        double[] watts = {memoryWatts, graphicsWatts, littleWatts, bigWatts};
        double[] next = new double[celsius.length];
        for (int i = 0; i < next.length; i++) {
            double sum = 0;
            for (int j = 0; j < next.length; j++) {
                sum += a[i][j] * (celsius[j] - ambientCelsius);
            }
            for (int j = 0; j < watts.length; j++) {
                sum += b[i][j] * watts[j];
            }
            next[i] = sum + ambientCelsius;
        }
        return next;
    }

    /** What one core of four leaks, in watts. */
    double leakageWatts(double volts, double hottestCelsius, boolean little) {
        double kelvin = KELVIN + hottestCelsius;
        double cluster = volts * leakage.c1 * kelvin * kelvin * StrictMath.exp(-leakage.c2 / kelvin)
                + leakage.gateAmperes * volts;
        return cluster / 4 / (little ? 4 : 1);
    }
}
