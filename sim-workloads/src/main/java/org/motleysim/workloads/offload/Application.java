package org.motleysim.workloads.offload;

import java.time.Duration;
import java.util.Optional;
import org.motleysim.core.quantity.Bytes;

/**
 * A kind of task that devices make. While a device is active, tasks come as a Poisson process; then it is idle. It begins at a random
 * point of that cycle.
 *
 * @param name for reports
 * @param share of the devices that run it, relative to the other applications, zero or more
 * @param meanGap mean time between tasks of one active device, more than zero
 * @param active length of a spell with tasks, more than zero
 * @param idle length of a spell without, zero or more; zero for devices that are always active
 * @param upload mean size of what goes to a server
 * @param download mean size of what comes back
 * @param work mean work of a task
 * @param sizes how sizes and work vary
 * @param cloudShare share of the tasks that the policy {@code cloud-share} sends to the cloud, 0 to 1
 * @param deadline by which the result is to be there; absent for none
 */
public record Application(
        String name,
        double share,
        Duration meanGap,
        Duration active,
        Duration idle,
        Bytes upload,
        Bytes download,
        Work work,
        Sizes sizes,
        double cloudShare,
        Optional<Duration> deadline) {
    /** How sizes and work of tasks vary. */
    public enum Sizes {
        /** Each task has the mean. */
        FIXED,
        /** Upload, download and work are exponential, each drawn on its own; of an inference only the bytes. */
        EXPONENTIAL
    }

    /** @throws IllegalArgumentException if a number is out of range */
    public Application {
        if (!(share >= 0 && share < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("share (" + share + ") of " + name + " must be zero or more");
        }
        if (meanGap.isZero() || meanGap.isNegative() || active.isZero() || active.isNegative() || idle.isNegative()) {
            throw new IllegalArgumentException("times (gap " + meanGap + ", active " + active + ", idle " + idle
                    + ") of " + name + " must be above zero, idle zero or more");
        }
        if (!(cloudShare >= 0 && cloudShare <= 1)) {
            throw new IllegalArgumentException("cloudShare (" + cloudShare + ") of " + name + " must be from 0 to 1");
        }
        if (deadline.isPresent()
                && (deadline.get().isNegative() || deadline.get().isZero())) {
            throw new IllegalArgumentException("deadline (" + deadline.get() + ") of " + name + " must be above zero");
        }
    }

    /** Returns an application that is always active, with tasks of one size, without a deadline. */
    public static Application steady(String name, Duration meanGap, Bytes upload, Bytes download, Work work) {
        return new Application(
                name,
                1,
                meanGap,
                Duration.ofDays(365),
                Duration.ZERO,
                upload,
                download,
                work,
                Sizes.FIXED,
                0,
                Optional.empty());
    }

    /** Returns the share of time in which a device is active. */
    public double activeShare() {
        return idle.isZero() ? 1 : (double) active.toNanos() / (active.toNanos() + (double) idle.toNanos());
    }
}
