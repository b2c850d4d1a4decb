package org.motleysim.workloads.collective;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.motleysim.core.quantity.Bandwidth;
import org.motleysim.core.quantity.Bytes;
import org.motleysim.core.random.Distribution;
import org.motleysim.hardware.cluster.Cluster;
import org.motleysim.hardware.cluster.DeviceGroup;
import org.motleysim.hardware.cluster.Disturbance;
import org.motleysim.hardware.collective.AlgorithmChoice;
import org.motleysim.hardware.collective.Collective;
import org.motleysim.hardware.collective.CollectiveAlgorithm;
import org.motleysim.hardware.collective.SymmetricRun;
import org.motleysim.hardware.device.NumberFormat;
import org.motleysim.hardware.network.LevelledNetwork;
import org.motleysim.workloads.BoundWorkload;
import org.motleysim.workloads.OccupiedGroups;
import org.motleysim.workloads.Problem;
import org.motleysim.workloads.RunContext;
import org.motleysim.workloads.Workload;

/**
 * One collective over the devices of a cluster, by each of some algorithms and in each of some sizes, one after another.
 *
 * <pre>{@code
 * CollectiveJob job = CollectiveJob.of(new Collective.AllReduce(0))
 *         .algorithm(Algorithms.named("ring"))
 *         .sizes(Bytes.mebibytes(1), Bytes.gibibytes(1))
 *         .build();
 * RunResult result = Scenario.of(cluster, job).build().run();
 * }</pre>
 *
 * <p>Rank i is the i-th device that takes part. With several teams the devices are dealt out in equal parts of neighbours, and all teams do
 * the collective at once. What is modelled and what is not: docs/models/collectives.md. Immutable, with value equality.
 */
public final class CollectiveJob implements Workload {
    private record Parts(
            String name,
            Collective collective,
            List<AlgorithmChoice> algorithms,
            List<Bytes> sizes,
            Optional<NumberFormat> sentAs,
            int repetitions,
            int teams,
            int sendsAhead,
            Optional<Bandwidth> reduceRate,
            Optional<Distribution> lateness,
            Optional<Computing> beside,
            Optional<Strided> layout,
            Optional<LibraryFit> library,
            boolean oneRankForAll,
            Set<String> groups) {}

    private final Parts parts;

    private CollectiveJob(Parts parts) {
        this.parts = parts;
    }

    /** Starts the description of a collective, whose own size does not matter. */
    public static Builder of(Collective collective) {
        return new Builder(collective);
    }

    @Override
    public String kind() {
        return "collective";
    }

    @Override
    public String name() {
        return parts.name;
    }

    /** Returns the collective, of no bytes. */
    public Collective collective() {
        return parts.collective;
    }

    /** Returns the algorithms. */
    public List<AlgorithmChoice> algorithms() {
        return parts.algorithms;
    }

    /** Returns the sizes, as in {@link Collective#bytes} or, for {@link #sentAs}, in bytes of 32-bit numbers. */
    public List<Bytes> sizes() {
        return parts.sizes;
    }

    /** Returns the format to which 32-bit numbers are quantised on the way; empty when bytes are sent as they are. */
    public Optional<NumberFormat> sentAs() {
        return parts.sentAs;
    }

    /** Returns how often each is done. */
    public int repetitions() {
        return parts.repetitions;
    }

    /** Returns how many teams do it at once. */
    public int teams() {
        return parts.teams;
    }

    /** Returns of how many steps a device's sends may be under way. */
    public int sendsAhead() {
        return parts.sendsAhead;
    }

    /** Returns at which rate a device adds up, in bytes of one operand; empty when that costs nothing. */
    public Optional<Bandwidth> reduceRate() {
        return parts.reduceRate;
    }

    /** Returns how late a device comes, in seconds; empty when all come at once. */
    public Optional<Distribution> lateness() {
        return parts.lateness;
    }

    /** Returns what the devices compute meanwhile. */
    public Optional<Computing> beside() {
        return parts.beside;
    }

    /** Returns how buffers lie in memory; empty when in one piece. */
    public Optional<Strided> layout() {
        return parts.layout;
    }

    /** Returns the fitted library to compare with. */
    public Optional<LibraryFit> library() {
        return parts.library;
    }

    /** Returns whether one rank stands for all, instead of a transfer for each. */
    public boolean oneRankForAll() {
        return parts.oneRankForAll;
    }

    /** Returns the names of the device groups that take part; empty when all. */
    public Set<String> ownGroups() {
        return parts.groups;
    }

    /** Returns the collective of a size, as it goes over the network. */
    Collective sent(Bytes size) {
        long bytes =
                parts.sentAs.map(format -> format.bytes((size.value() + 3) / 4)).orElse(size.value());
        return parts.collective.withBytes(bytes);
    }

    @Override
    public Set<String> groups(Cluster cluster) {
        return new OccupiedGroups(parts.groups).names(cluster);
    }

    /** Outages; what slows computing or flips bits does nothing to what only moves bytes. */
    @Override
    public Set<Disturbance> endures() {
        return parts.beside.isPresent()
                ? EnumSet.of(Disturbance.OUTAGES)
                : EnumSet.of(Disturbance.OUTAGES, Disturbance.SLOWDOWN, Disturbance.SOFT_ERRORS);
    }

    @Override
    public List<Problem> problems(Cluster cluster, boolean endless) {
        List<Problem> problems = new ArrayList<>(new OccupiedGroups(parts.groups).problems(cluster));
        if (!problems.isEmpty()) {
            return problems;
        }
        int devices = endpoints(cluster).length;
        if (devices % parts.teams != 0) {
            problems.add(new Problem(
                    "$.teams",
                    "teams (" + parts.teams + ") must divide the number of devices (" + devices + ")",
                    "Maybe 1."));
            return problems;
        }
        int ranks = devices / parts.teams;
        if (parts.library.isPresent() && ranks % parts.library.get().perNode() != 0) {
            problems.add(new Problem(
                    "$.library.perNode",
                    "perNode (" + parts.library.get().perNode() + ") must divide the number of ranks (" + ranks + ")",
                    ""));
        }
        if (parts.oneRankForAll && !isWhole(cluster, devices)) {
            problems.add(new Problem(
                    "$.oneRankForAll",
                    "oneRankForAll must have a network of levels that the devices fill, one team, blocking sends and no lateness",
                    "Maybe leave it out."));
            return problems;
        }
        for (int i = 0; i < parts.algorithms.size(); i++) {
            AlgorithmChoice choice = parts.algorithms.get(i);
            for (Bytes size : parts.sizes) {
                Optional<String> refusal = refusal(choice, sent(size), ranks, cluster);
                if (refusal.isPresent()) {
                    String[] lines = refusal.get().split("\n", 2);
                    problems.add(new Problem("$.algorithms[" + i + "]", lines[0], lines.length > 1 ? lines[1] : ""));
                    break;
                }
            }
        }
        return problems;
    }

    private Optional<String> refusal(AlgorithmChoice choice, Collective collective, int ranks, Cluster cluster) {
        try {
            CollectiveAlgorithm algorithm = choice.choose(collective, ranks);
            algorithm.schedule(collective, ranks);
            boolean same = !parts.oneRankForAll
                    || SymmetricRun.applies(algorithm, collective, (LevelledNetwork) cluster.network());
            return same
                    ? Optional.empty()
                    : Optional.of("algorithm (" + algorithm
                            + ") must have all ranks do the same for oneRankForAll\nMaybe a hierarchical one.");
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private boolean isWhole(Cluster cluster, int devices) {
        return parts.teams == 1
                && parts.sendsAhead == 1
                && parts.lateness.isEmpty()
                && cluster.network() instanceof LevelledNetwork levels
                && levels.room() == devices;
    }

    @Override
    public BoundWorkload bind(RunContext context) {
        return new CollectiveJobRun(this, context);
    }

    /** The endpoints of the devices that take part. */
    int[] endpoints(Cluster cluster) {
        IntStream.Builder endpoints = IntStream.builder();
        int next = 0;
        for (DeviceGroup group : cluster.groups()) {
            boolean mine = parts.groups.isEmpty() || parts.groups.contains(group.name());
            for (int i = 0; i < group.count(); i++, next++) {
                if (mine) {
                    endpoints.add(next);
                }
            }
        }
        return endpoints.build().toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CollectiveJob job && parts.equals(job.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return "CollectiveJob[" + parts.collective.name() + ", " + parts.algorithms + "]";
    }

    /** Collects the parts of a job. */
    public static final class Builder {
        private final Collective collective;
        private String name;
        private final List<AlgorithmChoice> algorithms = new ArrayList<>();
        private List<Bytes> sizes = List.of();
        private Optional<NumberFormat> sentAs = Optional.empty();
        private int repetitions = 1;
        private int teams = 1;
        private int sendsAhead = 1;
        private Optional<Bandwidth> reduceRate = Optional.empty();
        private Optional<Distribution> lateness = Optional.empty();
        private Optional<Computing> beside = Optional.empty();
        private Optional<Strided> layout = Optional.empty();
        private Optional<LibraryFit> library = Optional.empty();
        private boolean oneRankForAll;
        private Set<String> groups = Set.of();

        private Builder(Collective collective) {
            this.collective = Objects.requireNonNull(collective, "collective").withBytes(0);
            this.name = collective.name();
        }

        /** Sets its name in the scenario; that of the collective unless told. */
        public Builder name(String text) {
            this.name = text;
            return this;
        }

        /** Adds an algorithm. */
        public Builder algorithm(CollectiveAlgorithm algorithm) {
            return algorithm(AlgorithmChoice.always(algorithm));
        }

        /** Adds what picks an algorithm by size. */
        public Builder algorithm(AlgorithmChoice choice) {
            algorithms.add(choice);
            return this;
        }

        /** Sets the sizes; a barrier needs none. */
        public Builder sizes(Bytes... each) {
            this.sizes = List.of(each);
            return this;
        }

        /** Quantises 32-bit numbers to a format on the way; sizes are those before. */
        public Builder sentAs(NumberFormat format) {
            this.sentAs = Optional.of(format);
            return this;
        }

        /** Sets how often each is done; once unless told. */
        public Builder repetitions(int count) {
            this.repetitions = atLeastOne("repetitions", count);
            return this;
        }

        /** Sets how many teams do it at once; one unless told. */
        public Builder teams(int count) {
            this.teams = atLeastOne("teams", count);
            return this;
        }

        /** Sets of how many steps a device's sends may be under way; one, a blocking send, unless told. */
        public Builder sendsAhead(int steps) {
            this.sendsAhead = atLeastOne("sendsAhead", steps);
            return this;
        }

        /** Sets at which rate a device adds up, in bytes of one operand; free unless told. */
        public Builder reduceRate(Bandwidth rate) {
            if (rate.bytesPerSecond() == 0) {
                throw new IllegalArgumentException("reduceRate (" + rate + ") must be more than zero");
            }
            this.reduceRate = Optional.of(rate);
            return this;
        }

        /**
         * Sets how late each device comes, in seconds, drawn for each device and time; all come at once unless told.
         *
         * @throws IllegalArgumentException if a device can come early
         */
        public Builder lateness(Distribution seconds) {
            if (!(seconds.quantile(0) >= 0)) {
                throw new IllegalArgumentException("lateness (" + seconds
                        + ") must not be negative\nMaybe a log-normal or truncated distribution.");
            }
            this.lateness = Optional.of(seconds);
            return this;
        }

        /** Sets what the devices compute meanwhile; nothing unless told. */
        public Builder beside(Computing computing) {
            this.beside = Optional.of(computing);
            return this;
        }

        /** Sets how buffers lie in memory; in one piece unless told. */
        public Builder layout(Strided blocks) {
            this.layout = Optional.of(blocks);
            return this;
        }

        /** Sets a fitted library to compare with. */
        public Builder library(LibraryFit fit) {
            this.library = Optional.of(fit);
            return this;
        }

        /**
         * Lets one rank stand for all ({@link SymmetricRun}): the cost does not grow with the devices. The network must be one of levels that
         * the devices fill, and no other workload is felt.
         */
        public Builder oneRankForAll() {
            this.oneRankForAll = true;
            return this;
        }

        /** Sets the device groups that take part; all unless told. */
        public Builder groups(String... names) {
            this.groups = Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
            return this;
        }

        /**
         * Returns the description.
         *
         * @throws IllegalArgumentException if there is no algorithm, or no size
         */
        public CollectiveJob build() {
            boolean barrier = collective instanceof Collective.Barrier;
            if (algorithms.isEmpty() || (sizes.isEmpty() && !barrier)) {
                throw new IllegalArgumentException(
                        "algorithms (" + algorithms.size() + ") and sizes (" + sizes.size() + ") must be one or more");
            }
            return new CollectiveJob(new Parts(
                    name,
                    collective,
                    List.copyOf(algorithms),
                    barrier ? List.of(Bytes.ZERO) : sizes,
                    sentAs,
                    repetitions,
                    teams,
                    sendsAhead,
                    reduceRate,
                    lateness,
                    beside,
                    layout,
                    library,
                    oneRankForAll,
                    groups));
        }

        private static int atLeastOne(String what, int count) {
            if (count < 1) {
                throw new IllegalArgumentException(what + " (" + count + ") must be one or more");
            }
            return count;
        }
    }
}
