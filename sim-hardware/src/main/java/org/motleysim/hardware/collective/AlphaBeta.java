package org.motleysim.hardware.collective;

import java.time.Duration;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.hardware.network.NetworkModel;

/**
 * A network in which every rank has one port that sends and receives at once, and nothing else is ever full: a transfer of m bytes that has
 * its ports to itself takes alpha + m beta (Hockney 1994), k that share a port take alpha + k m beta, and adding up m bytes takes m gamma.
 *
 * @param alpha seconds before the first byte, zero or more
 * @param beta seconds a byte on a port, more than zero
 * @param gamma seconds a byte to add up, zero or more
 */
public record AlphaBeta(double alpha, double beta, double gamma) {
    /** @throws IllegalArgumentException if a number is out of its range */
    public AlphaBeta {
        if (!(alpha >= 0 && beta > 0 && gamma >= 0) || alpha + beta + gamma == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("alpha (" + alpha + ") and gamma (" + gamma
                    + ") must be zero or more, beta (" + beta + ") more than zero, and all finite");
        }
    }

    /** Returns ports of a bandwidth and latency, with sums that cost nothing. */
    public static AlphaBeta of(Bandwidth bandwidth, Duration latency) {
        return new AlphaBeta(SimTime.seconds(latency.toNanos()), 1 / bandwidth.bytesPerSecond(), 0);
    }

    /**
     * Returns what a network gives a transfer that it has to itself: alpha from one of no bytes, beta from one of a gigabyte more.
     *
     * @param endpoints how many there are
     */
    public static AlphaBeta between(NetworkModel network, int endpoints, int from, int to) {
        double alpha = network.secondsAlone(endpoints, from, to, 0);
        return new AlphaBeta(alpha, (network.secondsAlone(endpoints, from, to, 1e9) - alpha) / 1e9, 0);
    }

    /** Returns the same with sums at a rate, in bytes of one operand a second. */
    public AlphaBeta reducingAt(Bandwidth rate) {
        return new AlphaBeta(alpha, beta, 1 / rate.bytesPerSecond());
    }

    /** So many steps that move so many bytes in all and add up so many. */
    double time(double steps, double bytes, double reduced) {
        return steps * alpha + bytes * beta + reduced * gamma;
    }
}
