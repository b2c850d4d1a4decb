package org.motleysim.hardware.topology;

import java.time.Duration;
import org.motleysim.core.quantity.Bandwidth;

/**
 * One cable: a link each way.
 *
 * @param bandwidth away from the endpoint, or from the first end named; more than zero
 * @param back the other way; more than zero
 * @param latency one way, zero or more
 * @param picojoulesPerBit what a bit costs that crosses it, at both ends together; zero or more
 * @param usd what the cable costs, zero or more
 */
public record LinkSpec(Bandwidth bandwidth, Bandwidth back, Duration latency, double picojoulesPerBit, double usd) {
    /** @throws IllegalArgumentException if a bandwidth is zero, or another number negative or not finite */
    public LinkSpec {
        notZero("bandwidth", bandwidth);
        notZero("back", back);
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency (" + latency + ") must be zero or more");
        }
        notNegative("picojoulesPerBit", picojoulesPerBit);
        notNegative("usd", usd);
    }

    /** Returns a cable with the same bandwidth each way, whose bits and price are not counted. */
    public static LinkSpec of(Bandwidth bandwidth, Duration latency) {
        return new LinkSpec(bandwidth, bandwidth, latency, 0, 0);
    }

    private static void notZero(String name, Bandwidth bandwidth) {
        if (bandwidth.bytesPerSecond() == 0) {
            throw new IllegalArgumentException(
                    name + " (" + bandwidth + ") must be more than zero\nMaybe leave out a link that carries nothing.");
        }
    }

    private static void notNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " (" + value + ") must be zero or more, and finite");
        }
    }
}
