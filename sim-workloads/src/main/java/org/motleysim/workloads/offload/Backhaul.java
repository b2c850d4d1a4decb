package org.motleysim.workloads.offload;

import java.time.Duration;
import org.motleysim.core.quantity.Bandwidth;

/**
 * A wired link, shared equally by the transfers on it.
 *
 * @param bandwidth of each direction; zero for a link that is cut
 * @param latency one way
 * @param nanojoulesPerBit that all equipment of the link spends on a bit, zero or more
 */
public record Backhaul(Bandwidth bandwidth, Duration latency, double nanojoulesPerBit) {
    /** @throws IllegalArgumentException if a number is negative */
    public Backhaul {
        if (latency.isNegative() || !(nanojoulesPerBit >= 0 && nanojoulesPerBit < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "latency (" + latency + ") and nanojoules per bit (" + nanojoulesPerBit + ") must be zero or more");
        }
    }

    /** Returns a link whose energy is not counted. */
    public static Backhaul of(Bandwidth bandwidth, Duration latency) {
        return new Backhaul(bandwidth, latency, 0);
    }
}
