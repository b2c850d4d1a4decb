package org.motleysim.core.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.motleysim.core.name.NearestName;
import org.motleysim.core.random.RandomStreams;

/**
 * Variants of a system, each run many times with different seeds.
 *
 * <pre>{@code
 * ExperimentResult result = Experiment.named("does routing matter")
 *     .variant(Variant.of("round-robin", seed -> scenario(roundRobin).withSeed(seed).run().metrics()))
 *     .variant(Variant.of("least-work", seed -> scenario(leastWork).withSeed(seed).run().metrics()))
 *     .stop(StoppingRule.replications(20))
 *     .build()
 *     .run();
 * System.out.println(result.difference("round-robin", "least-work", "ttft.p99").sentence());
 * }</pre>
 *
 * <p>A run uses one thread, the experiment as many as there are processors. Seeds depend on the seed of the experiment, the replication
 * and, with {@link Seeding#INDEPENDENT}, the variant; results are reduced in the order of the runs. So the answer is the same on any
 * number of threads. A run that fails is reported and the others go on. Immutable.
 */
public final class Experiment {

    /** Is told of each run in order, such as to show how far the experiment is. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * A run has ended, or was found in the folder of a study that goes on.
         *
         * @param run the run
         * @param of how many runs there will be at most
         */
        void ended(RunRecord run, long of);
    }

    private static final int RING = 1_024;

    private final String name;
    private final List<Variant> variants;
    private final StoppingRule rule;
    private final Seeding seeding;
    private final long seed;
    private final int firstReplication;
    private final int threads;
    private final Watcher watcher;
    private final Set<String> wanted = new LinkedHashSet<>();

    private Experiment(Builder builder) {
        this.name = builder.name;
        this.variants = List.copyOf(builder.variants);
        this.rule = builder.rule;
        this.seeding = builder.seeding;
        this.seed = builder.seed;
        this.firstReplication = builder.firstReplication;
        this.threads = builder.threads;
        this.watcher = builder.watcher;
        wanted.addAll(builder.wanted);
        rule.metric().ifPresent(wanted::add);
    }

    /** Starts an experiment: 10 replications, common random numbers, seed 1, a thread for each processor. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** The variants in order. */
    public List<Variant> variants() {
        return variants;
    }

    /** The seed of one run. */
    public long seed(int variant, int replication) {
        return seeding.seed(RandomStreams.of(seed), variant, firstReplication + replication);
    }

    /**
     * Runs everything and keeps only what the answers need.
     *
     * @throws IllegalArgumentException if no run of the first replication measured a metric that is wanted, or that the stopping rule waits for;
     *     told as soon as that replication has ended
     */
    public ExperimentResult run() {
        try {
            return run(Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException("the experiment broke off", e);
        }
    }

    /**
     * Runs what the store does not have yet, and puts it there. The store stays open.
     *
     * @throws IllegalArgumentException as {@link #run()}
     * @throws IOException when the store cannot be read or written
     */
    public ExperimentResult run(ResultStore store) throws IOException {
        return run(Optional.of(store));
    }

    private ExperimentResult run(Optional<ResultStore> store) throws IOException {
        var tally = new Tally(variants.size(), seeding);
        var progress = new Progress(tally, store);
        long end = (long) rule.most() * variants.size();
        Map<Long, RunRecord> early = Map.of();
        if (store.isPresent()) {
            early = store.get().replay(progress::replayed);
        }
        progress.early = early;
        progress.lastEarly = early.keySet().stream().mapToLong(run -> run).max().orElse(-1);
        // A misspelt metric must not cost a study: the first run tells the names, and only where it lacks one the first
        // of each variant.
        if (!wanted.isEmpty()) {
            go(progress, 1);
            if (!progress.missing().isEmpty()) {
                go(progress, variants.size());
            }
        }
        go(progress, end);
        if (progress.refusal.isPresent()) {
            throw new IllegalArgumentException(progress.refusal.get());
        }
        if (store.isPresent()) {
            store.get().complete();
        }
        return new ExperimentResult(name, variants, seeding, tally);
    }

    private void go(Progress progress, long end) throws IOException {
        if (!progress.finished && progress.next < end) {
            // A rule may end the experiment at any replication: what is begun ahead of that is lost.
            int ahead = rule.metric().isPresent() ? Math.max(16, 4 * threads) : Math.max(RING, 4 * threads);
            new RunPool<>(progress, progress.next, end, ahead).run(threads);
        }
    }

    /** Turns job numbers into runs and takes their outcomes. */
    private final class Progress implements RunPool.Jobs<RunRecord> {
        private final RandomStreams streams = RandomStreams.of(seed);
        private final Tally tally;
        private final Optional<ResultStore> store;
        private final long started = System.nanoTime();
        private Map<Long, RunRecord> early = Map.of();
        private long lastEarly = -1;
        private long next;
        private boolean finished;
        private Optional<String> refusal = Optional.empty();

        Progress(Tally tally, Optional<ResultStore> store) {
            this.tally = tally;
            this.store = store;
        }

        void replayed(RunRecord run) {
            if (run.run() != next || finished) {
                throw new IllegalArgumentException("run (" + run.run() + ") must be " + next
                        + ": the folder holds lines that this study does not make\nMaybe another folder.");
            }
            count(run);
        }

        @Override
        public RunRecord run(long job) {
            RunRecord known = early.get(job);
            if (known != null) {
                return known;
            }
            int index = (int) (job % variants.size());
            int replication = (int) (job / variants.size());
            Variant variant = variants.get(index);
            long own = seeding.seed(streams, index, firstReplication + replication);
            try {
                var metrics = Objects.requireNonNull(variant.trial().run(own), "the trial's metrics");
                return new RunRecord(
                        job, index, variant.name(), replication, own, Optional.of(metrics), Optional.empty());
            } catch (OutOfMemoryError e) {
                throw e; // how much memory there is depends on what else runs: no result of this run
            } catch (Exception | Error e) {
                return new RunRecord(
                        job,
                        index,
                        variant.name(),
                        replication,
                        own,
                        Optional.empty(),
                        Optional.of(TrialFailure.reason(e)));
            }
        }

        @Override
        public void early(RunRecord run) throws IOException {
            if (store.isPresent() && !early.containsKey(run.run())) {
                store.get().keep(run);
            }
        }

        @Override
        public boolean take(RunRecord run) throws IOException {
            if (store.isPresent()) {
                store.get().append(run);
            }
            count(run);
            return !finished;
        }

        @Override
        public void settled() throws IOException {
            if (store.isPresent() && next > lastEarly) {
                store.get().forget();
            }
        }

        @Override
        public boolean mayBegin(long job) {
            boolean replicationBegins = job % ((long) variants.size() * seeding.group()) == 0;
            boolean enough = job >= (long) rule.fewest() * variants.size();
            return !(replicationBegins
                    && enough
                    && rule.budget().isPresent()
                    && System.nanoTime() - started > rule.budget().get().toNanos());
        }

        /** The wanted metrics that no run has measured yet. */
        private List<String> missing() {
            return wanted.stream()
                    .filter(metric -> tally.unit(metric).isEmpty())
                    .toList();
        }

        /** Stops when no run of the first replication has measured what is wanted; unless all have failed, which is another matter. */
        private void checkWanted() {
            List<String> missing = missing();
            if (missing.isEmpty() || tally.metrics().isEmpty()) {
                return;
            }
            finished = true;
            refusal = Optional.of(missing.stream()
                    .map(metric ->
                            "metric (\"" + metric + "\") must be measured, and no run of the first replication has it"
                                    + NearestName.of(metric, tally.metrics())
                                            .map(near -> "\nMaybe \"" + near + "\".")
                                            .orElse(""))
                    .collect(Collectors.joining("\n")));
        }

        private void count(RunRecord run) {
            tally.add(run);
            next++;
            watcher.ended(run, (long) rule.most() * variants.size());
            if (next == variants.size()) {
                checkWanted();
            }
            if (!finished && next % ((long) variants.size() * seeding.group()) == 0) {
                finished = rule.reached(tally, variants.size(), (int) (next / variants.size()));
            }
        }
    }

    /** Collects the parts of an experiment. */
    public static final class Builder {
        private final String name;
        private final List<Variant> variants = new ArrayList<>();
        private StoppingRule rule = StoppingRule.replications(10);
        private Seeding seeding = Seeding.COMMON;
        private long seed = 1;
        private int firstReplication;
        private int threads = Runtime.getRuntime().availableProcessors();
        private Watcher watcher = (run, of) -> {};
        private final Set<String> wanted = new LinkedHashSet<>();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Adds a variant. */
        public Builder variant(Variant variant) {
            variants.add(variant);
            return this;
        }

        /** Adds variants. */
        public Builder variants(List<Variant> more) {
            variants.addAll(more);
            return this;
        }

        /** When there are enough replications; 10 unless told. */
        public Builder stop(StoppingRule when) {
            this.rule = when;
            return this;
        }

        /** How runs get their seeds; common random numbers unless told. With antithetic ones replications must be even. */
        public Builder seeding(Seeding how) {
            this.seeding = how;
            return this;
        }

        /** The seed all others derive from; 1 unless told. */
        public Builder seed(long number) {
            this.seed = number;
            return this;
        }

        /** Begins with a later replication, to add to an earlier experiment with the same seed; 0 unless told. */
        public Builder firstReplication(int number) {
            if (number < 0) {
                throw new IllegalArgumentException("first replication (" + number + ") must be zero or more");
            }
            this.firstReplication = number;
            return this;
        }

        /** How many runs at the same time, 1 or more; as many as processors unless told. */
        public Builder threads(int number) {
            if (number < 1) {
                throw new IllegalArgumentException("threads (" + number + ") must be 1 or more");
            }
            this.threads = number;
            return this;
        }

        /**
         * Metrics that runs must measure, that of the stopping rule being one without being told. The first run begins alone; when it has not
         * measured all of them, one run of each other variant; when these have not either, the experiment stops and says so.
         */
        public Builder wanted(Collection<String> metrics) {
            wanted.addAll(metrics);
            return this;
        }

        /** Who is told of each run. */
        public Builder watcher(Watcher who) {
            this.watcher = who;
            return this;
        }

        /**
         * Makes the experiment.
         *
         * @throws IllegalArgumentException if there are no variants, or two have the same name, or the numbers of replications of an antithetic
         *     experiment are odd
         */
        public Experiment build() {
            if (variants.isEmpty()) {
                throw new IllegalArgumentException("variants ([]) must not be empty");
            }
            if ((rule.most() | firstReplication) % seeding.group() != 0) {
                throw new IllegalArgumentException("replications (" + firstReplication + " to " + rule.most()
                        + ") must be even: antithetic ones come in pairs");
            }
            Set<String> names = new HashSet<>();
            for (Variant variant : variants) {
                if (!names.add(variant.name())) {
                    throw new IllegalArgumentException(
                            "variant name (" + variant.name() + ") must be given to one variant only");
                }
            }
            return new Experiment(this);
        }
    }
}
