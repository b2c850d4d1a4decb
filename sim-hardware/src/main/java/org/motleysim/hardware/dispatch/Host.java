package org.motleysim.hardware.dispatch;

import java.time.Duration;
import org.motleysim.core.quantity.Durations;

/**
 * The thread that launches kernels, and the way to the device.
 *
 * <pre>{@code
 * Host eager = Host.of(Duration.ofNanos(2_375)).perKernel(Duration.ofNanos(10_000));
 * Host graph = eager.launching(LaunchMode.GRAPH);
 * }</pre>
 *
 * @param name such as {@code "xeon-8468v-h100-pcie"}
 * @param launchLatency from the call to the start of the kernel on an idle device, zero or more
 * @param perKernel time of the thread per kernel: what the framework does for an operator, the call included, zero or more. A device cannot
 *     be fed faster
 * @param perGraph time of the thread per captured graph, zero or more
 * @param queueDepth kernels that may be launched and not yet finished; the thread waits when there are as many, 1 or more
 * @param mode how kernels are launched
 */
public record Host(
        String name, Duration launchLatency, Duration perKernel, Duration perGraph, int queueDepth, LaunchMode mode) {
    /**
     * Kernels that the CUDA driver takes before a call waits: "approximately 1,000" as NVIDIA staff say for current drivers; the number is
     * not documented and hardly matters, since results depend on it only when the host runs as far ahead.
     */
    public static final int USUAL_DEPTH = 1_024;

    /** @throws IllegalArgumentException if a time is negative or the depth less than one */
    public Host {
        notNegative("launchLatency", launchLatency);
        notNegative("perKernel", perKernel);
        notNegative("perGraph", perGraph);
        if (queueDepth < 1) {
            throw new IllegalArgumentException("queueDepth (" + queueDepth + ") must be at least 1");
        }
    }

    /** A host that does nothing but call: the thread is busy for the whole launch latency, which is the most it can be. */
    public static Host of(Duration launchLatency) {
        return new Host("host", launchLatency, launchLatency, launchLatency, USUAL_DEPTH, LaunchMode.EAGER);
    }

    /** Returns this host under another name. */
    public Host named(String name) {
        return new Host(name, launchLatency, perKernel, perGraph, queueDepth, mode);
    }

    /** Returns this host with a framework that takes so long per kernel, calls included. */
    public Host perKernel(Duration time) {
        return new Host(name, launchLatency, time, perGraph, queueDepth, mode);
    }

    /** Returns this host with so much time per captured graph. */
    public Host perGraph(Duration time) {
        return new Host(name, launchLatency, perKernel, time, queueDepth, mode);
    }

    /** Returns this host with another depth of the queue. */
    public Host queueDepth(int kernels) {
        return new Host(name, launchLatency, perKernel, perGraph, kernels, mode);
    }

    /** Returns this host launching otherwise. */
    public Host launching(LaunchMode mode) {
        return new Host(name, launchLatency, perKernel, perGraph, queueDepth, mode);
    }

    /** Returns this host with a thread that is {@code factor} times as fast; the way to the device stays. */
    public Host threadSpeed(double factor) {
        if (!(factor > 0) || factor == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("factor (" + factor + ") must be a finite number, more than zero");
        }
        return perKernel(scaled(perKernel, factor)).perGraph(scaled(perGraph, factor));
    }

    double latencySeconds() {
        return Durations.seconds(launchLatency);
    }

    double kernelSeconds() {
        return Durations.seconds(perKernel);
    }

    double graphSeconds() {
        return Durations.seconds(perGraph);
    }

    private static Duration scaled(Duration time, double factor) {
        return Duration.ofNanos((long) Math.rint(time.toNanos() / factor));
    }

    private static void notNegative(String name, Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException(name + " (" + time + ") must be zero or more");
        }
    }
}
