package org.motleysim.workloads.split;

import java.util.Optional;
import org.motleysim.core.engine.SimTime;

/** What a policy sees when a frame is taken: the link as it is now, and what each variant would take on it. */
public final class SplitView {
    private final SplitRun run;
    private int device;

    SplitView(SplitRun run) {
        this.run = run;
    }

    SplitView of(int number) {
        device = number;
        return this;
    }

    /** Returns the simulated time in seconds. */
    public double nowSeconds() {
        return SimTime.seconds(run.now());
    }

    /** Returns the bandwidth of this moment, in bytes per second. */
    public double bytesPerSecond() {
        return run.bytesPerSecond(device);
    }

    /** Returns how many variants there are. */
    public int variants() {
        return run.job.variants().size();
    }

    /** Returns a variant. */
    public Variant variant(int number) {
        return run.job.variants().get(number);
    }

    /** Returns the variant that ran last on this device. */
    public int current() {
        return run.current(device);
    }

    /** Returns the deadline of a frame in seconds. */
    public Optional<Double> deadlineSeconds() {
        return run.job.deadline().map(deadline -> deadline.toNanos() * 1e-9);
    }

    /** Returns how many frames of all devices are at the server. */
    public int atServer() {
        return run.atServer();
    }

    /**
     * Returns the expected time of a frame with this variant, in seconds: loading it, its exits by their shares, the link at the bandwidth
     * of this moment, and the server shared with those who are there.
     */
    public double expectedSeconds(int number) {
        Variant variant = variant(number);
        double slowdown = Math.max(1, (run.atServer() + 1.0) / run.job.serverCores());
        double more =
                variant.crossingShare() * (slowdown - 1) * variant.server().toNanos() * 1e-9;
        return (number == current() ? 0 : variant.load().toNanos() * 1e-9)
                + run.job.sensing().toNanos() * 1e-9
                + run.job.acting().toNanos() * 1e-9
                + variant.seconds(bytesPerSecond(), run.job.latency().toNanos() * 1e-9)
                + more;
    }

    /** Returns what the device is expected to spend on a frame with this variant, in joules above idle. */
    public double expectedJoules(int number) {
        Variant variant = variant(number);
        double share = variant.crossingShare();
        double onAir = (variant.upload().value() + variant.download().value()) / bytesPerSecond();
        double computing = variant.deviceSeconds()
                + (number == current() ? 0 : variant.load().toNanos() * 1e-9);
        return run.computeWatts() * computing
                + (share == 0
                        ? 0
                        : share
                                * (run.job
                                                .radio()
                                                .joules(
                                                        (double)
                                                                variant.upload().value(),
                                                        (double) variant.download()
                                                                .value(),
                                                        onAir)
                                        + run.job.radio().tail().watts()
                                                * run.job.radio().tailTime().toNanos()
                                                * 1e-9));
    }
}
