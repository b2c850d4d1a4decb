package org.motleysim.workloads.graph;

/**
 * How many tasks a device runs at once, and how they share it. A task that has the device to itself makes use of a part of it, its occupancy.
 * While the parts of k tasks fit, each runs as fast as alone; beyond, the device is full and each runs at {@code 1 / (k occupancy)} of its
 * speed alone (processor sharing). With an occupancy of 1 that is 1/k: streams then change the order of work, not its amount.
 *
 * <p>What two kernels on one device do to each other's caches and bandwidth is not modelled; the occupancy is an input, to be measured.
 *
 * @param count one or more
 * @param occupancy more than 0, at most 1; the same for all tasks
 */
public record DeviceStreams(int count, double occupancy) {
    /** One task at a time. */
    public static final DeviceStreams ONE = new DeviceStreams(1, 1);

    private static final int MOST = 1_024;

    /** @throws IllegalArgumentException if a number is out of its range */
    public DeviceStreams {
        if (count < 1 || count > MOST || !(occupancy > 0 && occupancy <= 1)) {
            throw new IllegalArgumentException("count (" + count + ") of streams must be from 1 to " + MOST
                    + ", and occupancy (" + occupancy + ") more than 0 and at most 1");
        }
    }

    /** Returns as many streams, each of whose tasks takes the whole device if it can. */
    public static DeviceStreams of(int count) {
        return new DeviceStreams(count, 1);
    }

    /** Returns how fast each of so many tasks runs, as a share of its speed alone. */
    double speed(int tasks) {
        double parts = tasks * occupancy;
        return parts <= 1 ? 1 : 1 / parts;
    }

    /** Returns the work that is done in a unit of time when all streams are taken, in units of one task's work alone. */
    double throughput() {
        return count * speed(count);
    }
}
