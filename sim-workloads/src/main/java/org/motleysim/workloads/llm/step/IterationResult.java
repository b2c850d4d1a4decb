package org.motleysim.workloads.llm.step;

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

    /** Overwrites the result. */
    public void set(double seconds, double dynamicJoules, double flops, double bytes) {
        this.seconds = seconds;
        this.dynamicJoules = dynamicJoules;
        this.flops = flops;
        this.bytes = bytes;
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
