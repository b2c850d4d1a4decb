package org.motleysim.workloads.split;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.motleysim.core.quantity.Energy;
import org.motleysim.core.quantity.Power;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.power.CarbonIntensity;
import org.motleysim.hardware.radio.RadioPower;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.Workload;

/**
 * Devices that take frames at a rhythm and answer each with a variant of a network, alone or together with a server behind a link that
 * changes: sensing, computing, sending, acting, within a deadline. A frame that comes while its device is busy is dropped, or waits. It
 * brings its own machines, and leaves those of the cluster alone.
 *
 * @param name of the workload
 * @param devices how many, each with the link from another point of its trace on
 * @param period between frames of a device, more than zero
 * @param deadline from the frame to the end of the action; absent for none
 * @param sensing time before the device computes
 * @param acting time after the result is there
 * @param busy what becomes of a frame that comes while its device is busy
 * @param variants one or more
 * @param policy which variant answers a frame
 * @param link between each device and the server
 * @param latency of the link, one way
 * @param serverCores frames that the server works on at full speed at a time, all sharing it exactly
 * @param idle power of a device
 * @param computing power of a device while it computes, at least idle
 * @param radio what the radio of a device draws
 * @param battery full at the start, for the days it would last; absent for none
 * @param carbon what a kilowatt-hour emits; absent when not counted
 */
public record SplitJob(
        String name,
        int devices,
        Duration period,
        Optional<Duration> deadline,
        Duration sensing,
        Duration acting,
        Busy busy,
        List<Variant> variants,
        SplitPolicy policy,
        LinkTrace link,
        Duration latency,
        int serverCores,
        Power idle,
        Power computing,
        RadioPower radio,
        Optional<Energy> battery,
        Optional<CarbonIntensity> carbon)
        implements Workload {
    /** What becomes of a frame that comes while its device is busy. */
    public enum Busy {
        /** It is dropped: the next action belongs to a later frame. */
        DROP,
        /** It waits for its turn. */
        WAIT
    }

    /** @throws IllegalArgumentException if a number is out of range, there is no variant, or two have one name */
    public SplitJob {
        variants = List.copyOf(variants);
        if (devices < 1 || serverCores < 1) {
            throw new IllegalArgumentException(
                    "devices (" + devices + ") and server cores (" + serverCores + ") must be 1 or more");
        }
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period (" + period + ") must be above zero");
        }
        if (sensing.isNegative() || acting.isNegative() || latency.isNegative()) {
            throw new IllegalArgumentException("sensing (" + sensing + "), acting (" + acting + ") and latency ("
                    + latency + ") must be zero or more");
        }
        if (deadline.isPresent()
                && (deadline.get().isNegative() || deadline.get().isZero())) {
            throw new IllegalArgumentException("deadline (" + deadline.get() + ") must be above zero");
        }
        if (computing.watts() < idle.watts()) {
            throw new IllegalArgumentException("computing (" + computing + ") must be at least idle (" + idle + ")");
        }
        if (battery.isPresent() && !(battery.get().joules() > 0)) {
            throw new IllegalArgumentException("battery (" + battery.get() + ") must hold something");
        }
        if (variants.isEmpty()) {
            throw new IllegalArgumentException("variants must be one or more");
        }
        Set<String> names = new HashSet<>();
        for (Variant variant : variants) {
            if (!names.add(variant.name())) {
                throw new IllegalArgumentException(
                        "variants (two named \"" + variant.name() + "\") must have names of their own");
            }
        }
        if (policy instanceof SplitPolicy.Fixed fixed && (fixed.variant() < 0 || fixed.variant() >= variants.size())) {
            throw new IllegalArgumentException(
                    "variant (" + fixed.variant() + ") of the policy must be from 0 to " + (variants.size() - 1));
        }
    }

    /** Returns a job of one device with a deadline of one period, that drops what it cannot take, on a link without latency. */
    public static SplitJob of(
            String name,
            Duration period,
            List<Variant> variants,
            SplitPolicy policy,
            LinkTrace link,
            RadioPower radio) {
        return new SplitJob(
                name,
                1,
                period,
                Optional.of(period),
                Duration.ZERO,
                Duration.ZERO,
                Busy.DROP,
                variants,
                policy,
                link,
                Duration.ZERO,
                1,
                Power.ZERO,
                Power.ZERO,
                radio,
                Optional.empty(),
                Optional.empty());
    }

    /** Returns the same job with other powers of the device. */
    public SplitJob powered(Power resting, Power working) {
        return new SplitJob(
                name,
                devices,
                period,
                deadline,
                sensing,
                acting,
                busy,
                variants,
                policy,
                link,
                latency,
                serverCores,
                resting,
                working,
                radio,
                battery,
                carbon);
    }

    /** Returns the same job under another policy. */
    public SplitJob under(SplitPolicy other) {
        return new SplitJob(
                name,
                devices,
                period,
                deadline,
                sensing,
                acting,
                busy,
                variants,
                other,
                link,
                latency,
                serverCores,
                idle,
                computing,
                radio,
                battery,
                carbon);
    }

    /** Returns the same job with other frames for a busy device. */
    public SplitJob busy(Busy other) {
        return new SplitJob(
                name,
                devices,
                period,
                deadline,
                sensing,
                acting,
                other,
                variants,
                policy,
                link,
                latency,
                serverCores,
                idle,
                computing,
                radio,
                battery,
                carbon);
    }

    /** Returns the same job with so many devices. */
    public SplitJob devices(int count) {
        return new SplitJob(
                name,
                count,
                period,
                deadline,
                sensing,
                acting,
                busy,
                variants,
                policy,
                link,
                latency,
                serverCores,
                idle,
                computing,
                radio,
                battery,
                carbon);
    }

    @Override
    public String kind() {
        return "split-inference";
    }

    @Override
    public Set<String> groups(Cluster cluster) {
        return Set.of();
    }

    @Override
    public List<Problem> problems(Cluster cluster, boolean endless) {
        List<Problem> problems = new ArrayList<>();
        if (endless) {
            problems.add(new Problem(
                    "$", "frames must have a horizon: they never stop coming", "Maybe \"horizon\": \"10 min\"."));
        }
        return problems;
    }

    @Override
    public BoundWorkload bind(RunContext context) {
        return new SplitRun(this, context);
    }
}
