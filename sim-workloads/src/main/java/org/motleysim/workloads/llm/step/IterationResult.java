package org.motleysim.workloads.llm.step;

import org.motleysim.hardware.cost.Bound;

/**
 * What an iteration costs. Made once per replica and overwritten each time, so that costing allocates nothing; not thread-safe.
 *
 * <p>Model flops utilisation is {@code flops / (seconds x peak flop rate of all devices)}, model bandwidth utilisation is {@code bytes /
 * (seconds x memory bandwidth of all devices)}.
 */
public final class IterationResult {
    private double seconds;
    private double dynamicJoules;
    private double flops;
    private double bytes;
    private double computeSeconds;
    private double memorySeconds;
    private double launchSeconds;
    private double linkSeconds;

    /** Overwrites the result; what the seconds are bound by is unknown until {@link #setBounds} tells. */
    public void set(double seconds, double dynamicJoules, double flops, double bytes) {
        this.seconds = seconds;
        this.dynamicJoules = dynamicJoules;
        this.flops = flops;
        this.bytes = bytes;
        setBounds(0, 0, 0, 0);
    }

    /**
     * Tells what the seconds are bound by; those that are not told of are unknown.
     *
     * @param compute seconds of kernels that wait for arithmetic most
     * @param memory for main memory
     * @param launch for their launch, and of devices that wait for the host
     * @param link for links to other devices
     */
    public void setBounds(double compute, double memory, double launch, double link) {
        this.computeSeconds = compute;
        this.memorySeconds = memory;
        this.launchSeconds = launch;
        this.linkSeconds = link;
    }

    /** Makes the iteration last longer, for a reason that lies outside of its kernels: all parts in proportion. */
    public void stretchTo(double longer) {
        double factor = seconds > 0 ? longer / seconds : 0;
        seconds = longer;
        setBounds(computeSeconds * factor, memorySeconds * factor, launchSeconds * factor, linkSeconds * factor);
    }

    /** Seconds that are bound by it; those that are {@link Bound#UNKNOWN} are the rest. */
    public double seconds(Bound bound) {
        return switch (bound) {
            case COMPUTE -> computeSeconds;
            case MEMORY -> memorySeconds;
            case LAUNCH -> launchSeconds;
            case LINK -> linkSeconds;
            case UNKNOWN -> seconds - computeSeconds - memorySeconds - launchSeconds - linkSeconds;
        };
    }

    /** Seconds from the start of the iteration to the start of the next one. */
    public double seconds() {
        return seconds;
    }

    /** Joules on top of idle power, of all devices of the replica together. */
    public double dynamicJoules() {
        return dynamicJoules;
    }

    /**
     * Model flops of all devices: those of matrix products and attention. Normalisations, activations and padding do not count.
     */
    public double flops() {
        return flops;
    }

    /** Model bytes of all devices: weights read, keys and values read and written. Activations do not count. */
    public double bytes() {
        return bytes;
    }
}
