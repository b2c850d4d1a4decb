package org.motleysim.workloads.split;

import java.time.Duration;
import java.util.List;
import org.motleysim.core.engine.SimTime;
import org.motleysim.core.quantity.Bytes;

/**
 * One way to answer a frame: stages on the device, of which each may end some frames early; for the others bytes over the link and a tail
 * on the server.
 *
 * <ul>
 *   <li>All on the device: one stage that ends all frames.
 *   <li>All on the server: no stage.
 *   <li>Split: a head with a bottleneck as one stage, the tail on the server (Matsubara et al., BottleFit).
 *   <li>Early exit: stages that end the share of frames of which they are sure (Teerapittayanon et al., BranchyNet).
 *   <li>Filter: a first stage that drops frames without anything in them.
 * </ul>
 *
 * @param name one of a kind within a job
 * @param stages on the device, in order; none if the input is sent
 * @param upload bytes that cross
 * @param server time of the tail on a server of its own
 * @param download bytes of the result
 * @param load time to load it when another variant ran before; zero for slimmable networks, whose widths share their weights
 */
public record Variant(String name, List<Stage> stages, Bytes upload, Duration server, Bytes download, Duration load) {
    /**
     * A part of the network on the device.
     *
     * @param name for metrics
     * @param time that it takes
     * @param exitShare of the frames that reach it, those which end with it, 0 to 1
     */
    public record Stage(String name, Duration time, double exitShare) {
        /** @throws IllegalArgumentException if the time is negative, or the share not from 0 to 1 */
        public Stage {
            if (time.isNegative() || !(exitShare >= 0 && exitShare <= 1)) {
                throw new IllegalArgumentException("stage " + name + " (" + time + ", " + exitShare
                        + ") must have a time of zero or more, and an exit share from 0 to 1");
            }
        }
    }

    /** @throws IllegalArgumentException if a time is negative */
    public Variant {
        stages = List.copyOf(stages);
        if (server.isNegative() || load.isNegative()) {
            throw new IllegalArgumentException(
                    "times of variant " + name + " (" + server + ", " + load + ") must be zero or more");
        }
    }

    /** Returns the variant that runs all of a network on the device. */
    public static Variant local(String name, double seconds) {
        return new Variant(
                name,
                List.of(new Stage("all", nanos(seconds), 1)),
                Bytes.of(0),
                Duration.ZERO,
                Bytes.of(0),
                Duration.ZERO);
    }

    /** Returns the variant that sends the input. */
    public static Variant offloaded(String name, Bytes input, double serverSeconds) {
        return new Variant(name, List.of(), input, nanos(serverSeconds), Bytes.of(0), Duration.ZERO);
    }

    /** Returns the variant that cuts a network. */
    public static Variant split(String name, double headSeconds, Bytes crossing, double tailSeconds) {
        return new Variant(
                name,
                List.of(new Stage("head", nanos(headSeconds), 0)),
                crossing,
                nanos(tailSeconds),
                Bytes.of(0),
                Duration.ZERO);
    }

    private static Duration nanos(double seconds) {
        return Duration.ofNanos(SimTime.nanos(seconds));
    }

    /** Returns the same variant with a time to load it. */
    public Variant loading(Duration time) {
        return new Variant(name, stages, upload, server, download, time);
    }

    /** Returns the share of frames that cross the link. */
    public double crossingShare() {
        double share = 1;
        for (Stage stage : stages) {
            share *= 1 - stage.exitShare();
        }
        return share;
    }

    /** Returns the mean time on the device, in seconds. */
    public double deviceSeconds() {
        double share = 1;
        double seconds = 0;
        for (Stage stage : stages) {
            seconds += share * stage.time().toNanos() * 1e-9;
            share *= 1 - stage.exitShare();
        }
        return seconds;
    }

    /**
     * Returns the mean time of a frame on a link that does not change and a server that is free, in seconds.
     *
     * @param bytesPerSecond of the link, both ways
     * @param latencySeconds of one way
     */
    public double seconds(double bytesPerSecond, double latencySeconds) {
        double share = crossingShare();
        if (share == 0) {
            return deviceSeconds();
        }
        return deviceSeconds()
                + share
                        * (2 * latencySeconds
                                + (upload.value() + download.value()) / bytesPerSecond
                                + server.toNanos() * 1e-9);
    }
}
