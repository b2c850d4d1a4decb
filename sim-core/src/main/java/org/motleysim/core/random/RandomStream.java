package org.motleysim.core.random;

import org.apache.commons.math3.special.Erf;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A stream of random numbers. Comes from {@link RandomStreams}.
 *
 * <p>The generator is xoshiro256++ (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021;
 * period 2^256 - 1) from Commons RNG. Everything derived from it uses {@code StrictMath} or arithmetic that Java defines to the last
 * bit, so that draws are identical on every JVM. Each method takes exactly one number from the generator, but {@link #nextInt}, which
 * in rare cases takes more. Not thread-safe: one stream belongs to one consumer.
 */
public final class RandomStream {
    private static final double SQRT_2 = 1.4142135623730951;

    private final UniformRandomProvider generator;

    /** All ones for a stream that draws the mirror images, else 0. */
    private final long flip;

    private RandomStream(long[] state, boolean mirrored) {
        generator = RandomSource.XO_SHI_RO_256_PP.create(state);
        flip = mirrored ? -1 : 0;
    }

    static RandomStream ofKey(long key, boolean mirrored) {
        return new RandomStream(Hash.state(key, 4), mirrored);
    }

    static RandomStream ofState(long[] state) {
        return new RandomStream(state, false);
    }

    /** Returns 64 random bits. */
    public long nextLong() {
        return generator.nextLong() ^ flip;
    }

    /**
     * Returns a whole number from 0 to {@code bound - 1}, all equally likely.
     *
     * @throws IllegalArgumentException if the bound is not positive
     */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound (" + bound + ") must be positive");
        }
        int number = generator.nextInt(bound);
        return flip == 0 ? number : bound - 1 - number;
    }

    /** Returns a number from [0, 1), a multiple of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** Returns a number from (0, 1), an odd multiple of 2^-53: safe for logarithms, and symmetric about one half. */
    public double nextOpen() {
        return ((nextLong() >>> 12) + 0.5) * 0x1p-52;
    }

    /**
     * Returns an exponentially distributed number, by inversion.
     *
     * @param mean finite, zero or more; zero gives zero
     * @throws IllegalArgumentException if the mean is out of range
     */
    public double nextExponential(double mean) {
        if (!(mean >= 0 && mean <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("mean (" + mean + ") must be finite and zero or more");
        }
        return -mean * StrictMath.log(nextOpen());
    }

    /** Returns a normally distributed number with mean 0 and variance 1, by inversion: one draw, symmetric, cut off at 8.2 sigma. */
    public double nextGaussian() {
        return standardNormalQuantile(nextOpen());
    }

    /**
     * The inverse of the normal distribution function. Commons Math evaluates it by Giles' approximation in pure Java with its own
     * logarithm, so it is the same on every JVM. For odd multiples of 2^-53, {@code 2p - 1} is exact.
     */
    static double standardNormalQuantile(double p) {
        return SQRT_2 * Erf.erfInv(2 * p - 1);
    }
}
