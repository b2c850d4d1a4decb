package org.motleysim.workloads.llm;

import java.util.Optional;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.hardware.device.DeviceSpec;
import org.motleysim.hardware.device.LinkSpec;

/**
 * Host memory for the keys and values of sequences that were preempted, of one replica. They move over the host link of each device, all
 * devices at once, before the iteration in which they left or came back begins; it waits for them, as in vLLM v0.
 */
final class SwapSpace {
    private final long capacity;
    private final double secondsPerToken;
    private long used;
    private long moving;

    /** Sum over the run: tokens that left. */
    long swappedOut;

    private SwapSpace(long capacity, double secondsPerToken) {
        this.capacity = capacity;
        this.secondsPerToken = secondsPerToken;
    }

    /** No room: what is preempted is computed again. */
    static SwapSpace none() {
        return new SwapSpace(0, 0);
    }

    /** So much for each device, whose part of a token's keys and values has so many bytes. */
    static SwapSpace of(Bytes perDevice, long bytesPerToken, DeviceSpec device) {
        double bandwidth = hostLink(device).orElseThrow().bandwidth().bytesPerSecond();
        return new SwapSpace(perDevice.value() / bytesPerToken, bytesPerToken / bandwidth);
    }

    static Optional<LinkSpec> hostLink(DeviceSpec device) {
        return device.links().stream()
                .filter(link -> link.role() == LinkSpec.Role.HOST)
                .findFirst();
    }

    /** Moves so many tokens out; false, with nothing changed, when there is no room for them. */
    boolean moveOut(int tokens) {
        if (tokens == 0 || used + tokens > capacity) {
            return false;
        }
        used += tokens;
        moving += tokens;
        swappedOut += tokens;
        return true;
    }

    /** Moves so many tokens back. */
    void moveIn(int tokens) {
        used -= tokens;
        moving += tokens;
    }

    /** Forgets so many tokens. */
    void drop(int tokens) {
        used -= tokens;
    }

    /** Seconds that the iteration which is about to begin waits. */
    double seconds() {
        return moving * secondsPerToken;
    }

    /** That iteration has begun. */
    void begun() {
        moving = 0;
    }
}
