package org.motleysim.hardware.device;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.motleysim.core.quantity.Bandwidth;

/**
 * A port of a device.
 *
 * @param name such as {@code "NVLink 4"}
 * @param role what is at the other end
 * @param bandwidth per direction, all lanes of the port together, more than zero
 * @param knownLatency one way, without any transfer time; empty when nobody published it
 */
public record LinkSpec(String name, Role role, Bandwidth bandwidth, Optional<Duration> knownLatency) {
    /** What a port leads to. */
    public enum Role {
        /** Other devices of the same node. */
        PEER,
        /** The host processor. */
        HOST,
        /** A network between nodes. */
        NETWORK;

        /** Returns the name used in files, such as {@code "peer"}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if the name is blank, the bandwidth zero or the latency negative */
    public LinkSpec {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name of a link (\"" + name + "\") must not be blank");
        }
        if (bandwidth.bytesPerSecond() == 0) {
            throw new IllegalArgumentException(
                    "bandwidth of link " + name + " (" + bandwidth + ") must be more than zero");
        }
        if (knownLatency.isPresent() && knownLatency.get().isNegative()) {
            throw new IllegalArgumentException(
                    "latency of link " + name + " (" + knownLatency.get() + ") must be zero or more");
        }
    }

    /** A port whose latency is known. */
    public LinkSpec(String name, Role role, Bandwidth bandwidth, Duration latency) {
        this(name, role, bandwidth, Optional.of(latency));
    }

    /** A link between devices of one node. */
    public LinkSpec(String name, Bandwidth bandwidth, Duration latency) {
        this(name, Role.PEER, bandwidth, latency);
    }

    /**
     * Returns the time of the first byte, one way.
     *
     * @throws IllegalArgumentException if nobody published it; {@link DeviceSpec#linkLatency} also names the device
     */
    public Duration latency() {
        return knownLatency.orElseThrow(() -> new IllegalArgumentException(
                "link (" + name + ") has no latency\nMaybe add it in your own device file."));
    }
}
