package org.motleysim.hardware.dispatch;

/**
 * What comes of launching a sequence of kernels on an idle device.
 *
 * <p>Kernel {@code i} of duration {@code d_i}, launched by a thread that takes {@code h} for each, starts and ends at
 *
 * <pre>
 * launched_i = max(launched_(i-1), end_(i-depth)) + h
 * start_i    = max(launched_i - h + latency, launched_i, end_(i-1))
 * end_i      = start_i + d_i
 * </pre>
 *
 * <p>In the steady state of equal kernels one ends every {@code max(h, d)}: the sequence is bound by the host if {@code h > d}.
 *
 * @param kernels how many ran
 * @param seconds from the first call to the end of the last kernel
 * @param hostSeconds the thread was busy, waiting for the queue not counted
 * @param deviceSeconds the device was busy
 * @param queuedSeconds from the call of each kernel to its start, summed over kernels (TKLQT of Vellaisamy et al., ISPASS 2025)
 */
public record LaunchTimes(
        long kernels, double seconds, double hostSeconds, double deviceSeconds, double queuedSeconds) {

    /** Returns the time in which the device waits for the host. */
    public double deviceIdleSeconds() {
        return Math.max(0, seconds - deviceSeconds);
    }

    /** Returns whether the host is what the sequence waits for. */
    public boolean hostBound() {
        return hostSeconds > deviceSeconds;
    }

    /**
     * Works out a sequence exactly.
     *
     * @param host who launches
     * @param kernelSeconds what each kernel takes on the device, in order, zero or more
     * @throws IllegalArgumentException if a duration is negative or not finite
     */
    public static LaunchTimes of(Host host, double[] kernelSeconds) {
        for (double each : kernelSeconds) {
            if (!(each >= 0) || each == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "kernelSeconds (" + each + ") must be a finite number, zero or more");
            }
        }
        return host.mode() == LaunchMode.GRAPH ? captured(host, kernelSeconds) : eager(host, kernelSeconds);
    }

    private static LaunchTimes eager(Host host, double[] durations) {
        double call = host.kernelSeconds();
        double latency = host.latencySeconds();
        int depth = host.queueDepth();
        var ends = new double[durations.length];
        double launched = 0;
        double end = 0;
        double busy = 0;
        double queued = 0;
        for (int i = 0; i < durations.length; i++) {
            double called = i >= depth ? Math.max(launched, ends[i - depth]) : launched;
            launched = called + call;
            double start = Math.max(Math.max(called + latency, launched), end);
            end = start + durations[i];
            ends[i] = end;
            busy += durations[i];
            queued += start - called;
        }
        return new LaunchTimes(durations.length, end, durations.length * call, busy, queued);
    }

    private static LaunchTimes captured(Host host, double[] durations) {
        if (durations.length == 0) {
            return new LaunchTimes(0, 0, 0, 0, 0);
        }
        double start = Math.max(host.latencySeconds(), host.graphSeconds());
        double busy = 0;
        for (double each : durations) {
            busy += each;
        }
        return new LaunchTimes(durations.length, start + busy, host.graphSeconds(), busy, start);
    }

    /**
     * Works out {@code kernels} equal kernels at once, for a queue that is deep enough never to run empty: two are, where launching is
     * faster than running.
     *
     * @param kernels 0 or more
     * @param deviceSeconds of all of them together
     */
    public static LaunchTimes ofEqual(Host host, double kernels, double deviceSeconds) {
        if (kernels == 0) {
            return new LaunchTimes(0, 0, 0, 0, 0);
        }
        double each = deviceSeconds / kernels;
        if (host.mode() == LaunchMode.GRAPH) {
            double start = Math.max(host.latencySeconds(), host.graphSeconds());
            return new LaunchTimes((long) kernels, start + deviceSeconds, host.graphSeconds(), deviceSeconds, start);
        }
        double call = host.kernelSeconds();
        double first = Math.max(host.latencySeconds(), call);
        double seconds = first + (kernels - 1) * Math.max(call, each) + each;
        double grows = Math.max(0, each - call);
        double queued = kernels * first + grows * kernels * (kernels - 1) / 2;
        return new LaunchTimes((long) kernels, seconds, kernels * call, deviceSeconds, queued);
    }
}
