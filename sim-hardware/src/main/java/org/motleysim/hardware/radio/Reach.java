package org.motleysim.hardware.radio;

import java.util.List;
import org.motleysim.core.quantity.Bandwidth;

/** The rate of a station that is alone in its cell, by its distance from the antenna. */
public sealed interface Reach {
    /**
     * Returns the rate in bytes per second; zero where there is no coverage.
     *
     * @param metres zero or more
     * @param snrFactor what fading multiplies the ratio of signal to noise with, 1 for no fading
     */
    double bytesPerSecond(double metres, double snrFactor);

    /** Returns whether each transfer fades. */
    default boolean fades() {
        return false;
    }

    /**
     * Rates in rings, as standards with a few modulations have them. There is no coverage beyond the last.
     *
     * @param rings nearest first
     */
    record Rings(List<Ring> rings) implements Reach {
        /**
         * One ring.
         *
         * @param upToMetres its outer edge, more than zero
         * @param bandwidth the rate in it, more than zero
         */
        public record Ring(double upToMetres, Bandwidth bandwidth) {}

        /** @throws IllegalArgumentException if there is no ring, edges do not grow, or a rate is zero */
        public Rings {
            rings = List.copyOf(rings);
            if (rings.isEmpty()) {
                throw new IllegalArgumentException("rings must be one or more");
            }
            double last = 0;
            for (Ring ring : rings) {
                if (!(ring.upToMetres > last && ring.upToMetres < Double.POSITIVE_INFINITY)
                        || ring.bandwidth.bytesPerSecond() == 0) {
                    throw new IllegalArgumentException("ring (" + ring + ") must reach further than the one before ("
                            + last + " m) and have a rate above zero");
                }
                last = ring.upToMetres;
            }
        }

        @Override
        public double bytesPerSecond(double metres, double snrFactor) {
            for (Ring ring : rings) {
                if (metres <= ring.upToMetres) {
                    return ring.bandwidth.bytesPerSecond();
                }
            }
            return 0;
        }
    }

    /**
     * Shannon's formula with log-distance path loss (Rappaport, Wireless Communications, 2nd ed., section 4.9): {@code hertz log2(1 + snr
     * (reference / metres)^exponent)}; nearer than the reference the ratio is that at the reference.
     *
     * @param hertz width of the channel, more than zero
     * @param snrAtReference ratio of signal to noise at the reference distance, not in decibels, more than zero
     * @param referenceMetres more than zero
     * @param exponent of the path loss, more than zero: 2 in free space, 2.7 to 5 in cities
     * @param rayleigh whether the ratio of each transfer is multiplied with an exponential factor of mean 1: block fading without line of sight
     */
    record LogDistance(double hertz, double snrAtReference, double referenceMetres, double exponent, boolean rayleigh)
            implements Reach {
        private static final double LN2 = StrictMath.log(2);

        /** @throws IllegalArgumentException if a number is not above zero, or infinite */
        public LogDistance {
            for (double number : new double[] {hertz, snrAtReference, referenceMetres, exponent}) {
                if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException("hertz (" + hertz + "), snrAtReference (" + snrAtReference
                            + "), referenceMetres (" + referenceMetres + ") and exponent (" + exponent
                            + ") must be above zero, and finite");
                }
            }
        }

        @Override
        public double bytesPerSecond(double metres, double snrFactor) {
            double loss = metres <= referenceMetres ? 1 : StrictMath.pow(referenceMetres / metres, exponent);
            return hertz * StrictMath.log1p(snrAtReference * snrFactor * loss) / LN2 / 8;
        }

        @Override
        public boolean fades() {
            return rayleigh;
        }
    }
}
