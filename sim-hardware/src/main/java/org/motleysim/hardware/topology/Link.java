package org.motleysim.hardware.topology;

/**
 * One direction of a cable.
 *
 * @param name {@code from->to}, with {@code #n} behind it for the n-th of several beside each other, from 2
 * @param from index of a vertex
 * @param to index of a vertex
 * @param cable what it is a direction of
 * @param forward whether it is the way of {@link LinkSpec#bandwidth}, not of {@link LinkSpec#back}
 */
public record Link(String name, int from, int to, LinkSpec cable, boolean forward) {
    /** Returns its capacity. */
    public double bytesPerSecond() {
        return (forward ? cable.bandwidth() : cable.back()).bytesPerSecond();
    }

    /** Returns its latency. */
    public long latencyNanos() {
        return cable.latency().toNanos();
    }

    /** Returns what a byte costs that crosses it, in joules. */
    public double joulesPerByte() {
        return cable.picojoulesPerBit() * 8e-12;
    }
}
