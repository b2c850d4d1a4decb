package org.motleysim.workloads.soc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.motleysim.core.engine.SimTime;
import org.motleysim.workloads.graph.TaskLog;

/**
 * The energy of tasks on a chip, worked out from when and where they ran: measured power of a cluster by frequency and active cores, split
 * among those cores, with leakage by temperature. The frequencies are fixed, so that power has no influence on when tasks run.
 *
 * <p>As DS3 counts it (Arda et al., IEEE TC 69(8), 2020): power is looked up when a task starts and at each sample until it ends. With n
 * cores active the cluster draws its measured power; what four cores leak is taken off, the rest scales with f V^2 and is split by n, and
 * each active core is charged with its share and its leakage. Idle cores are charged to nobody.
 */
public final class SocPower {
    private final List<SocCluster> clusters;
    private final Map<String, Integer> megahertz;
    private final ChipThermals thermals;
    private final long sampleNanos;
    private final long thermalNanos;

    /**
     * Describes the power of a chip.
     *
     * @param clusters of the chip
     * @param megahertz by cluster; the highest where it is not told
     * @param thermals of the chip
     * @param sample time between two looks at the power
     * @param thermalStep time between two steps of the temperature, a whole number of samples
     * @throws IllegalArgumentException if a time is not positive, or the step not a whole number of samples
     */
    public SocPower(
            List<SocCluster> clusters,
            Map<String, Integer> megahertz,
            ChipThermals thermals,
            Duration sample,
            Duration thermalStep) {
        this.clusters = List.copyOf(clusters);
        this.megahertz = Map.copyOf(megahertz);
        this.thermals = thermals;
        this.sampleNanos = sample.toNanos();
        this.thermalNanos = thermalStep.toNanos();
        if (sampleNanos <= 0 || thermalNanos < sampleNanos || thermalNanos % sampleNanos != 0) {
            throw new IllegalArgumentException("thermal step (" + thermalStep + ") must be a whole number of samples ("
                    + sample + "), which must be more than zero");
        }
    }

    /** What tasks took, and how warm the chip was at the end. */
    public static final class Energy {
        private final double[] joules;
        private final double hottestCelsius;

        private Energy(double[] joules, double hottestCelsius) {
            this.joules = joules;
            this.hottestCelsius = hottestCelsius;
        }

        /** Returns the energy of a task of the log, in joules; 0 of one that did not end. */
        public double joules(int task) {
            return joules[task];
        }

        /** Returns the energy of all tasks, in joules. */
        public double total() {
            return Arrays.stream(joules).sum();
        }

        /** Returns the highest temperature of all hotspots after the last task, in degrees Celsius. */
        public double hottestCelsius() {
            return hottestCelsius;
        }
    }

    /** Returns the energy of the tasks of a run; of those that did not end nothing. */
    public Energy of(TaskLog log) {
        return new Walk(log).energy();
    }

    /** One walk through the run, from start to start and from sample to sample. */
    private final class Walk {
        private final TaskLog log;
        private final int[] clusterOf; // by device
        private final List<List<Integer>> active = new ArrayList<>(); // tasks, by cluster
        private final double[] clusterWatts;
        private final double[] joules;
        private double[] celsius = thermals.start();

        Walk(TaskLog log) {
            this.log = log;
            this.joules = new double[log.size()];
            this.clusterWatts = new double[clusters.size()];
            clusters.forEach(cluster -> active.add(new ArrayList<>()));
            this.clusterOf = new int[log.devices()];
            for (int device = 0; device < clusterOf.length; device++) {
                clusterOf[device] = clusterNumber(log.deviceName(device));
            }
        }

        private int clusterNumber(String device) {
            for (int i = 0; i < clusters.size(); i++) {
                if (device.startsWith(clusters.get(i).name() + "-")) {
                    return i;
                }
            }
            throw new IllegalArgumentException("device (" + device + ") must be of a cluster of the chip: " + clusters);
        }

        Energy energy() {
            int[] starts = IntStream.range(0, log.size())
                    .filter(task -> log.finishNanos(task) > log.startNanos(task))
                    .boxed()
                    .sorted(Comparator.comparingLong(log::startNanos).thenComparingInt(log::device))
                    .mapToInt(Integer::intValue)
                    .toArray();
            long sample = 0;
            for (int task : starts) {
                for (; sample <= log.startNanos(task); sample += sampleNanos) {
                    sampleAt(sample);
                }
                long now = log.startNanos(task);
                retire(now);
                active.get(clusterOf[log.device(task)]).add(task);
                charge(task, now);
            }
            while (active.stream().anyMatch(tasks -> !tasks.isEmpty())) {
                sampleAt(sample);
                sample += sampleNanos;
            }
            return new Energy(joules, hottest());
        }

        private void retire(long now) {
            active.forEach(tasks -> tasks.removeIf(task -> log.finishNanos(task) <= now));
        }

        private void sampleAt(long now) {
            retire(now);
            for (int i = 0; i < clusterWatts.length; i++) {
                if (active.get(i).isEmpty()) {
                    SocCluster cluster = clusters.get(i);
                    clusterWatts[i] = leakage(cluster) * cluster.cores() + thermals.baseWatts();
                }
            }
            if (now % thermalNanos == 0) {
                celsius = thermals.next(celsius, wattsOf("LTL"), wattsOf("BIG"));
            }
            for (List<Integer> tasks : active) {
                tasks.forEach(task -> charge(task, now));
            }
        }

        private double wattsOf(String type) {
            double sum = 0;
            for (int i = 0; i < clusterWatts.length; i++) {
                sum += clusters.get(i).type().equals(type) ? clusterWatts[i] : 0;
            }
            return sum;
        }

        /** Until the next sample or the end. */
        private void charge(int task, long now) {
            int number = clusterOf[log.device(task)];
            SocCluster cluster = clusters.get(number);
            int count = Math.min(active.get(number).size(), cluster.cores());
            int frequency = frequency(cluster);
            var profile = cluster.watts().ceilingEntry(frequency);
            if (profile == null) {
                throw new IllegalArgumentException(
                        "power of cluster " + cluster.name() + " must be told at " + frequency + " MHz or above");
            }
            double leakage = leakage(cluster);
            double dynamic = (profile.getValue().get(count - 1)
                            - leakage * profile.getValue().size())
                    / count;
            double atVolts = cluster.volts(profile.getKey());
            double volts = cluster.volts(frequency);
            double scaled = dynamic * frequency / profile.getKey() * (volts * volts) / (atVolts * atVolts);
            long until = Math.min(log.finishNanos(task), (now / sampleNanos + 1) * sampleNanos);
            joules[task] += (scaled + leakage) * SimTime.seconds(until - now);
            clusterWatts[number] = scaled * count + leakage * cluster.cores();
        }

        private int frequency(SocCluster cluster) {
            return megahertz.getOrDefault(cluster.name(), cluster.highestMegahertz());
        }

        private double leakage(SocCluster cluster) {
            return thermals.leakageWatts(cluster.volts(frequency(cluster)), hottest(), cluster.isLittle());
        }

        private double hottest() {
            return Arrays.stream(celsius).max().orElse(thermals.ambientCelsius());
        }
    }
}
