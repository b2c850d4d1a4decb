package org.motleysim.hardware.collective;

import java.util.Arrays;
import java.util.List;
import org.motleysim.core.engine.SimTime;
import org.motleysim.hardware.network.LevelledNetwork;

/**
 * A collective in which all ranks do the same, over a network that is the same for all: one rank stands for them all, so that a step costs
 * the same work for 8 ranks or 131,072.
 *
 * <p>When every port of a level carries the same k transfers of the same bytes, max-min fairness gives each 1/k of a port, and all end at
 * once; the next step begins everywhere at the same instant. So the time of a step is that of rank 0. Times are rounded as a run with every
 * transfer rounds them. Ranks are the endpoints 0, 1, ... of a full network.
 */
public final class SymmetricRun {
    private SymmetricRun() {}

    /**
     * Returns whether all ranks of a collective that spans the network do the same in every step.
     *
     * @throws IllegalArgumentException if the algorithm refuses
     */
    public static boolean applies(CollectiveAlgorithm algorithm, Collective collective, LevelledNetwork network) {
        return algorithm.schedule(collective, network.room()).symmetric(sizes(network));
    }

    /**
     * Returns the time of a collective over all endpoints of a network, in nanoseconds.
     *
     * @param reduceBytesPerSecond at which a rank adds up, more than zero; infinite if it costs nothing
     * @throws IllegalArgumentException if the algorithm refuses, or not all ranks do the same
     */
    public static long nanos(
            CollectiveAlgorithm algorithm,
            Collective collective,
            LevelledNetwork network,
            double reduceBytesPerSecond) {
        CollectiveSchedule schedule = algorithm.schedule(collective, network.room());
        if (!schedule.symmetric(sizes(network))) {
            throw new IllegalArgumentException(
                    "algorithm (" + algorithm.name() + ") must have all ranks do the same on "
                            + network.levels().size() + " levels\nMaybe a hierarchical one; or run it on the network.");
        }
        List<LevelledNetwork.Level> levels = network.levels();
        int[] transfers = new int[levels.size()];
        long[] bytes = new long[levels.size()];
        Step step = new Step();
        long now = 0;
        for (int at = 0; at < schedule.steps(); at++) {
            step.clear();
            schedule.step(0, at, step);
            Arrays.fill(transfers, 0);
            Arrays.fill(bytes, 0);
            for (int i = 0; i < step.sends(); i++) {
                int level = network.meeting(0, step.to(i));
                transfers[level]++;
                bytes[level] = Math.max(bytes[level], step.bytes(i));
            }
            long longest = 0;
            for (int level = 0; level < transfers.length; level++) {
                if (transfers[level] > 0) {
                    longest = Math.max(longest, nanos(levels.get(level), transfers[level], bytes[level]));
                }
            }
            now = Math.addExact(now, longest);
            if (step.reduced() > 0 && reduceBytesPerSecond < Double.POSITIVE_INFINITY) {
                now = Math.addExact(now, SimTime.nanos(step.reduced() / reduceBytesPerSecond));
            }
        }
        return now;
    }

    /** So many equal transfers that share a port. */
    private static long nanos(LevelledNetwork.Level level, int transfers, long bytes) {
        double share = level.bandwidth().bytesPerSecond() / transfers;
        return Math.addExact(level.latency().toNanos(), SimTime.nanos(bytes / share));
    }

    private static int[] sizes(LevelledNetwork network) {
        return network.levels().stream().mapToInt(LevelledNetwork.Level::size).toArray();
    }
}
