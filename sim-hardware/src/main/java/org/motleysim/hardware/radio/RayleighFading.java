package org.motleysim.hardware.radio;

import org.motleysim.core.random.RandomStream;

/**
 * Block fading without line of sight: the ratio of signal to noise of a transfer is exponential (Rayleigh amplitude), and its rate is
 * what Shannon's formula allows then, {@code hertz log2(1 + snr)}.
 *
 * @param hertz width of the channel, more than zero
 * @param meanSnr mean ratio of signal to noise, a ratio and not decibels, more than zero
 */
public record RayleighFading(double hertz, double meanSnr) {
    private static final double LN2 = StrictMath.log(2);

    /** @throws IllegalArgumentException if a number is not above zero */
    public RayleighFading {
        if (!(hertz > 0 && hertz < Double.POSITIVE_INFINITY && meanSnr > 0 && meanSnr < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "hertz (" + hertz + ") and meanSnr (" + meanSnr + ") must be above zero, and finite");
        }
    }

    /** Draws the rate of a transfer, in bytes per second. */
    public double bytesPerSecond(RandomStream stream) {
        return hertz * StrictMath.log1p(stream.nextExponential(meanSnr)) / LN2 / 8;
    }

    /** Returns the rate that every other transfer exceeds, in bytes per second. */
    public double medianBytesPerSecond() {
        return hertz * StrictMath.log1p(meanSnr * LN2) / LN2 / 8;
    }
}
