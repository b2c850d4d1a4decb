package org.motleysim.hardware.network;

import java.time.Duration;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.quantity.Bandwidth;

/** The rule both simple networks share for what a link may be. */
final class AccessLink {
    private AccessLink() {}

    static double secondsAlone(Bandwidth bandwidth, Duration latency, int from, int to, double bytes) {
        return from == to ? 0 : SimTime.seconds(latency.toNanos()) + bytes / bandwidth.bytesPerSecond();
    }

    static void check(Bandwidth bandwidth, Duration latency) {
        if (bandwidth.bytesPerSecond() == 0) {
            throw new IllegalArgumentException("bandwidth (" + bandwidth + ") must be more than zero");
        }
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency (" + latency + ") must be zero or more");
        }
    }
}
